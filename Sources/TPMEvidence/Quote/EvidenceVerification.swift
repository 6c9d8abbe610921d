/// What of a device's evidence holds, check by check.
package struct EvidenceVerification: Sendable {
  /// What is checked, in this order.
  package enum Subject: String, Hashable, Sendable, CaseIterable {
    /// The structures of the TPM can be read.
    case structures
    /// The attestation key signs nothing but what its TPM made.
    case attestationKey
    /// The signature is one by the key over the quote.
    case signature
    /// The quote was made over the nonce.
    case nonce
    /// Other keys are certified by the same key over the same nonce.
    case certifiedKeys
    /// There are PCR values of which the quote has the digest.
    case pcrs
    /// The boot log leads to them.
    case bootLog
    /// The attestation key is one of a TPM that is trusted.
    case trust
  }

  /// How a check ended. The texts are plain sentences without a full stop.
  package enum Outcome: Hashable, Sendable {
    case holds(String)
    case fails(String)
    /// It could not be made, since an earlier one failed.
    case skipped
  }

  /// The outcome of every check, in order.
  package private(set) var checks: [(subject: Subject, outcome: Outcome)] = []
  /// The quote, once it is read.
  package private(set) var quote: TPMAttest?
  /// The attestation key, once it is read.
  package private(set) var attestationKey: TPMPublic?
  /// The signature, once it is read.
  package private(set) var signature: TPMSignature?
  /// Why the quote, or the certification of a key, is none of the attestation key over the nonce, so that nothing of the evidence counts; nil when
  /// all are.
  package private(set) var quoteDefect: String?
  /// The boot log beside the quoted values, or why it says nothing.
  package private(set) var bootLog: Result<QuotedLog, Reason> = .failure(Reason("nothing was quoted"))
  /// Whether the attestation key is trusted.
  package private(set) var trust: KeyTrust = .unproven("nothing was quoted")
  /// Whether it is proved that the TPM of the attestation key holds the endorsement key too.
  package private(set) var isEndorsementKeyLinked = false

  /// The keys that are certified to be in the TPM of the attestation key, in the order of the evidence.
  package private(set) var certifiedKeys: [DeviceKey] = []

  private let terms: EvidenceTerms

  /// Why something says nothing: a plain sentence without a full stop.
  package struct Reason: Error, Hashable, Sendable {
    /// The sentence.
    package let text: String

    init(_ text: String) { self.text = text }
  }

  /// Checks evidence.
  ///
  /// - Parameters:
  ///   - nonce: What whoever judges asked the quote to be made over. The evidence's own does not count.
  ///   - trust: What is known of the device.
  ///   - terms: What is asked of algorithms.
  package init(
    _ evidence: Evidence, nonce: [UInt8], trust: EvidenceTrust, terms: EvidenceTerms = EvidenceTerms()
  ) {
    self.terms = terms
    for subject in Subject.allCases {
      guard quoteDefect == nil else {
        checks.append((subject, .skipped))
        continue
      }
      let outcome = check(subject, evidence, nonce, trust)
      checks.append((subject, outcome))
      if case .fails(let reason) = outcome, ![.pcrs, .bootLog, .trust].contains(subject) {
        quoteDefect = reason
      }
    }
  }

  private mutating func check(
    _ subject: Subject, _ evidence: Evidence, _ nonce: [UInt8], _ trust: EvidenceTrust
  ) -> Outcome {
    switch subject {
    case .structures: return readStructures(evidence)
    case .attestationKey:
      return attestationKey?.attestationKeyDefect.map {
        .fails("the key of the quote is no attestation key: \($0)")
      }
        ?? .holds("the key signs nothing but what its TPM made")
    case .signature: return checkSignature()
    case .nonce:
      return quote?.extraData == nonce
        ? .holds("the quote was made over the nonce")
        : .fails("the quote was made over another nonce, \(hexadecimal(quote?.extraData ?? []))")
    case .certifiedKeys: return checkCertifiedKeys(evidence, nonce)
    case .pcrs: return compare(evidence)
    case .bootLog:
      switch bootLog {
      case .failure(let reason): return .fails(reason.text)
      case .success(let log):
        let names = terms.banks.map(\.name).joined(separator: " and ")
        // Which PCRs are needed depends on the fact.
        let quoted = terms.banks.flatMap { log.values.banks[$0].map { Array($0.keys) } ?? [] }
        return log.defect(of: Set(quoted).sorted()).map { .fails($0) }
          ?? .holds("the boot log leads to the quoted PCR values in \(names)")
      }
    case .trust:
      guard let attestationKey else { return .skipped }
      self.trust =
        terms.acceptsWeakSignatures
        ? trust.trust(in: attestationKey, of: evidence)
        : weakness.map { .unproven("\($0); --allow-weak-signatures takes it all the same") }
          ?? trust.trust(in: attestationKey, of: evidence)
      isEndorsementKeyLinked = trust.link(to: attestationKey, of: evidence) == nil
      switch self.trust {
      case .trusted(let how): return .holds("the key is trusted: \(how)")
      case .unproven(let why): return .fails("the key is not trusted: \(why)")
      }
    }
  }

  private mutating func readStructures(_ evidence: Evidence) -> Outcome {
    do throws(TPMStructureError) {
      attestationKey = try TPMPublic(evidence.attestationKey)
      signature = try TPMSignature(evidence.signature)
      quote = try TPMAttest(evidence.quote)
      return .holds("key, signature and quote are as a TPM makes them")
    } catch {
      return .fails("\(error)")
    }
  }

  private func checkSignature() -> Outcome {
    guard let signature, let quote, let attestationKey else { return .skipped }
    if let defect = signature.defect(over: quote.bytes, by: attestationKey) {
      return .fails("the signature of the quote does not hold: \(defect)")
    }
    let text = "the quote is signed by the key \(hexadecimal(attestationKey.name))"
    return .holds(weakness.map { "\(text); \($0)" } ?? text)
  }

  private mutating func checkCertifiedKeys(_ evidence: Evidence, _ nonce: [UInt8]) -> Outcome {
    guard let attestationKey else { return .skipped }
    for (place, certification) in evidence.certifiedKeys.enumerated() {
      do throws(Reason) {
        certifiedKeys.append(try DeviceKey(certification, by: attestationKey, nonce: nonce))
      } catch {
        certifiedKeys = []
        let key = certification.role?.keyName ?? "key \(place + 1)"
        return .fails("the certification of the \(key) does not hold: \(error.text)")
      }
    }
    let names = certifiedKeys.map { hexadecimal($0.area.name) }.joined(separator: ", ")
    return .holds(names.isEmpty ? "no other key is certified" : "the key certified others: \(names)")
  }

  /// Why somebody without the key may have made the signature, or had another text signed, as a plain sentence without a full stop; nil when
  /// key and hash are strong.
  package var weakness: String? {
    if let weakness = attestationKey?.weakness { return weakness }
    return signature?.isWeak == true ? "it signed by way of SHA-1, which is weak" : nil
  }

  /// Finds the quoted values, and holds the boot log against them.
  private mutating func compare(_ evidence: Evidence) -> Outcome {
    guard let quote, let signature else { return .skipped }
    let logs = EvidenceLogs(evidence, quotedBy: quote, signature.hash, banks: terms.banks)
    switch quote.quotedValues(given: evidence.pcrs, log: logs.current, by: signature.hash) {
    case .unknown(let reason):
      bootLog = .failure(Reason(logs.damage ?? reason))
      return .fails(reason)
    case .known(let values):
      if let log = logs.current {
        bootLog = .success(QuotedLog(log, values, banks: terms.banks, after: logs))
      } else {
        bootLog = .failure(Reason(logs.damage ?? "the evidence has no boot log"))
      }
      let banks = values.banks.keys.map(\.name).sorted().joined(separator: ", ")
      return .holds("the quote has the digest of the PCR values in \(banks)")
    }
  }
}
