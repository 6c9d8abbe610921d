import PolicyModel
import TPMEvidence

/// The facts that verified evidence gives, each with what it rests on.
struct EvidenceFacts {
  /// Those of the TPM itself, which rest on the quote and not on a boot log.
  static let tpmNames: [String] = [
    "tpm.present", "tpm.version", "tpm.pcr_sha1", "tpm.pcr_sha256", "tpm.pcr_sha384", "tpm.ek_certificate",
    "tpm.trusted",
  ]
  static let names = Set(tpmNames + DeviceKeyFacts.names + BootLogFacts.names)

  private let verification: EvidenceVerification
  private let evidence: Evidence
  private let endorsement: EndorsementFinding
  private let source: String
  private let banks: [HashAlgorithm]
  private let bootFacts: [String: Finding]
  /// Why nothing of the evidence can be believed, though the quote holds; nil when it can.
  let contradiction: String?

  /// What is said of one fact.
  struct Finding {
    let observation: Observation
    /// Whether nothing is said for or against any value, so that another may speak.
    var isSilent = false
  }

  /// Facts of evidence whose quote holds.
  ///
  /// - Parameters:
  ///   - accepted: See ``EvidenceOptions/acceptedAuthorities``.
  ///   - references: See ``EvidenceOptions/references``.
  init(
    _ verification: EvidenceVerification, _ evidence: Evidence, _ endorsement: EndorsementFinding,
    accepting accepted: Set<[UInt8]> = [], references: [ReferenceValues] = [], source: String
  ) {
    self.verification = verification
    self.evidence = evidence
    self.endorsement = endorsement
    self.source = source
    banks = verification.quote?.selections.filter { !$0.registers.isEmpty }.map(\.bank) ?? []
    (bootFacts, contradiction) = Self.bootFacts(
      verification, accepting: accepted, references: references, source: source)
  }

  /// What is said of a fact; nil for nothing at all.
  func finding(_ name: String) -> Finding? {
    switch name {
    case "tpm.present": Finding(observation: vouched(.bool(true)))
    case "tpm.version": Finding(observation: vouched(.version(Version(2, 0, written: 2))))
    case "tpm.pcr_sha1": bank(.sha1)
    case "tpm.pcr_sha256": bank(.sha256)
    case "tpm.pcr_sha384": bank(.sha384)
    case "tpm.ek_certificate":
      evidence.endorsementCertificate.map { _ in
        Finding(observation: Observation(.value(.bool(true)), source: source))
      }
    case "tpm.trusted": Finding(observation: trusted, isSilent: trusted.value == nil)
    default: bootFacts[name]
    }
  }

  private func vouched(_ value: Value) -> Observation {
    Self.vouched(value, verification, source: source)
  }

  /// A bank is there when PCRs of it were quoted. That it is not there nobody says.
  private func bank(_ algorithm: HashAlgorithm) -> Finding? {
    banks.contains(algorithm) ? Finding(observation: vouched(.bool(true))) : nil
  }

  private var trusted: Observation {
    switch endorsement {
    case .verified(let root):
      let certificate = "the endorsement key's certificate leads to \(root)"
      if case .trusted = verification.trust, verification.isEndorsementKeyLinked {
        return Observation(
          .value(.bool(true)), level: .attested, source: source,
          note: "\(certificate), and the TPM answered a challenge for the key that quoted")
      }
      let doubt =
        verification.isEndorsementKeyLinked
        ? verification.weakness.map { "the key that quoted is not trusted: \($0)" } : nil
      return Observation(
        .value(.bool(true)), source: source,
        note: "\(certificate), but "
          + (doubt ?? "no answered challenge shows that it is of the TPM that quoted"))
    case .refused(let reason):
      return Observation(
        .value(.bool(false)), source: source, note: "the endorsement key's certificate is refused: \(reason)")
    case .unread(let reason):
      return Observation(
        .unknown(
          reason:
            "\(reason); check the certificate by other means, such as openssl verify, and name the attestation key with --ak"
        ), source: source)
    case .noCertificate:
      return Observation(
        .unknown(reason: "the evidence has no certificate of an endorsement key"), source: source)
    case .noRoots:
      return Observation(
        .unknown(reason: "nothing verifies the endorsement key's certificate: give --ek-roots"),
        source: source)
    }
  }

  /// A value that the quote vouches for: attested when the key is trusted.
  private static func vouched(
    _ value: Value, _ verification: EvidenceVerification, in log: QuotedLog? = nil, of registers: [Int] = [],
    doubt: String? = nil, remark: String? = nil, source: String
  ) -> Observation {
    let banks = log.map { " in " + $0.banks.map(\.name).joined(separator: " and ") } ?? ""
    let name = hexadecimal(verification.attestationKey?.name ?? []) + banks
    let remarks = log?.disagreement(of: registers).map { ["a bank that does not count: \($0)"] } ?? []
    let tail = ([verification.weakness, remark].compactMap { $0 } + remarks).map { "; \($0)" }.joined()
    switch (verification.trust, doubt) {
    case (.trusted(let how), nil):
      return Observation(
        .value(value), level: .attested, source: source, note: "quoted by the key \(name): \(how)\(tail)")
    case (.trusted, let doubt?):
      return Observation(
        .value(value), source: source,
        note: "the quote by the key \(name) holds, but \(doubt)\(tail)")
    case (.unproven(let why), _):
      return Observation(
        .value(value), source: source,
        note: "the quote by the key \(name) holds, but the key is not trusted: \(why)"
          + (remarks.isEmpty ? "" : "; \(remarks.joined())"))
    }
  }

  /// The facts of the boot log, and what in it cannot be true by the registers that the quote vouches for.
  private static func bootFacts(
    _ verification: EvidenceVerification, accepting accepted: Set<[UInt8]>, references: [ReferenceValues],
    source: String
  ) -> ([String: Finding], contradiction: String?) {
    func miss(_ reason: String, isSilent: Bool = false) -> Finding {
      Finding(observation: Observation(.unknown(reason: reason), source: source), isSilent: isSilent)
    }
    let quoted: QuotedLog
    switch verification.bootLog {
    case .success(let log): quoted = log
    case .failure(let reason):
      return (Dictionary(uniqueKeysWithValues: BootLogFacts.names.map { ($0, miss(reason.text)) }), nil)
    }
    let judgement = ReferenceJudgement(quoted, references, accepting: accepted)
    var findings: [String: Finding] = [:]
    var contradiction: String?
    for basis in BootLogFacts.Basis.allCases {
      let evidence: BootEvidence
      switch quoted.evidence(of: basis.registers) {
      case .known(let found): evidence = found
      case .unknown(let reason):
        for name in basis.facts { findings[name] = miss(reason) }
        continue
      }
      contradiction =
        contradiction ?? evidence.contradictions.first { basis.registers.contains($0.register) }?.reason
      if basis == .windows, let start = quoted.kernelStart() {
        let resumed = Self.resumed(start, source: source)
        findings.merge(resumed) { _, new in new }
        continue
      }
      let doubt: ReferenceJudgement.Doubt? =
        if let judgement {
          basis == .windows ? judgement.windowsDoubt : judgement.bootDoubt
        } else if basis == .windows {
          evidence.loader.signer(accepting: accepted).reason.map { .stranger($0) }
        } else {
          nil
        }
      let all = BootLogFacts.findings(of: evidence)
      for name in basis.facts {
        switch all[name] {
        case .known(let value)?:
          findings[name] = Finding(
            observation: vouched(
              value, verification, in: quoted, of: basis.registers, doubt: doubt?.text,
              remark: doubt == nil ? judgement?.remark : nil, source: source))
        case .unknown(let reason)?: findings[name] = miss(reason, isSilent: true)
        case nil: continue
        }
      }
    }
    return (findings, contradiction)
  }

  /// The facts of Windows where the quoted boot resumed a kernel, by the logs of the starts before, for which nobody vouches.
  private static func resumed(
    _ start: BootFinding<KernelStart>, source: String
  ) -> [String: Finding] {
    let names = BootLogFacts.Basis.windows.facts
    switch start {
    case .unknown(let reason):
      let miss = Finding(
        observation: Observation(.unknown(reason: BootLogFacts.resumeDoubt(reason)), source: source))
      return Dictionary(uniqueKeysWithValues: names.map { ($0, miss) })
    case .known(let start):
      let all = BootLogFacts.findings(of: start)
      let note =
        "by the log of start \(start.counter), whose kernel the quoted boot resumed; no quote vouches for that log, "
        + "since the PCRs of its start are gone"
      var findings: [String: Finding] = [:]
      for name in names {
        switch all[name] {
        case .known(let value)?:
          findings[name] = Finding(observation: Observation(.value(value), source: source, note: note))
        case .unknown(let reason)?:
          findings[name] = Finding(
            observation: Observation(.unknown(reason: reason), source: source), isSilent: true)
        case nil: continue
        }
      }
      return findings
    }
  }
}

extension ReferenceJudgement.Doubt {
  /// What follows the word that the quote holds.
  fileprivate var text: String {
    switch self {
    case .stranger(let reason): "not that it was Windows that measured: \(reason)"
    case .difference(let reason): reason
    }
  }
}
