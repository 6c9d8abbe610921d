import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite("Verification of evidence")
struct EvidenceVerificationTests {
  private static let nonce = Array("made-up nonce".utf8)
  private static let log = MadeUpLogs.windows().bytes
  private static let ecdsa = SoftwareKey(.p256)
  private static let keys: [SoftwareKey] =
    [
      try? SoftwareKey(rsa: .rsassa), try? SoftwareKey(rsa: .rsassa, .sha1),
      try? SoftwareKey(rsa: .rsapss, .sha384),
      ecdsa, SoftwareKey(.p384, .sha384), SoftwareKey(.p521, .sha512), SoftwareKey(.p521, .sha256),
      SoftwareKey(.p256, .sha512),
    ].compactMap { $0 }

  private func verify(
    _ evidence: Evidence, nonce: [UInt8] = nonce, trust: EvidenceTrust? = nil,
    terms: EvidenceTerms = EvidenceTerms()
  ) -> EvidenceVerification {
    EvidenceVerification(
      evidence, nonce: nonce, trust: trust ?? EvidenceTrust(attestationKeyName: Self.ecdsa.name), terms: terms
    )
  }

  private func evidence() throws -> Evidence { try Self.ecdsa.evidence(of: Self.log, nonce: Self.nonce) }

  private func outcome(
    _ subject: EvidenceVerification.Subject, _ verification: EvidenceVerification
  ) -> EvidenceVerification.Outcome? {
    verification.checks.first { $0.subject == subject }?.outcome
  }

  /// The boot log's word on Secure Boot, which rests on PCR 7.
  private func secureBoot(_ verification: EvidenceVerification) -> BootFinding<Bool> {
    switch verification.bootLog {
    case .success(let quoted): quoted.evidence(of: [7]).flatMap { $0.secureBoot.isOn }
    case .failure(let reason): .unknown(reason.text)
    }
  }

  @Test("a quote by every scheme, curve and hash holds", arguments: keys.indices)
  func schemes(_ index: Int) throws {
    let key = Self.keys[index]
    let verification = verify(
      try key.evidence(of: Self.log, nonce: Self.nonce), trust: EvidenceTrust(attestationKeyName: key.name),
      terms: EvidenceTerms(acceptsWeakSignatures: true))
    #expect(verification.quoteDefect == nil)
    for check in verification.checks {
      guard case .holds(let text) = check.outcome else {
        Issue.record("\(check)")
        continue
      }
      if check.subject == .signature { #expect(text.contains("weak") == (key.hash == .sha1)) }
    }
    #expect(secureBoot(verification) == .known(true))
    #expect(verification.trust == .trusted("it is the key that was known before"))
  }

  @Test("no signature by one key is one by another")
  func otherKeys() throws {
    let all = try Self.keys.map { try $0.evidence(of: Self.log, nonce: Self.nonce) }
    for (place, evidence) in all.enumerated() {
      for other in all.indices where other != place {
        var swapped = evidence
        swapped.attestationKey = all[other].attestationKey
        #expect(outcome(.signature, verify(swapped)) != outcome(.signature, verify(evidence)))
        #expect(verify(swapped).quoteDefect != nil)
      }
    }
  }

  @Test("not one bit of key, quote or signature can be changed")
  func flippedBits() throws {
    let good = try evidence()
    for member in [\Evidence.attestationKey, \.quote, \.signature] {
      for bit in 0..<good[keyPath: member].count * 8 {
        var bad = good
        bad[keyPath: member][bit / 8] ^= 1 << UInt8(bit % 8)
        let verification = verify(bad)
        // Another policy or harmless attribute of the key makes another name, and the signature is the same.
        let isRefused = verification.quoteDefect != nil
        if member != \.attestationKey || isRefused {
          #expect(isRefused, "bit \(bit)")
        } else {
          #expect(outcome(.trust, verification) != outcome(.trust, verify(good)))
          guard case .unproven = verification.trust else {
            Issue.record("bit \(bit) of the key")
            continue
          }
        }
      }
    }
  }

  @Test("no truncation and nothing behind the end is accepted")
  func truncations() throws {
    let good = try evidence()
    for member in [\Evidence.attestationKey, \.quote, \.signature] {
      for count in 0..<good[keyPath: member].count {
        var bad = good
        bad[keyPath: member] = Array(good[keyPath: member][..<count])
        guard case .fails? = outcome(.structures, verify(bad)) else {
          Issue.record("\(count) bytes are accepted")
          continue
        }
      }
      var longer = good
      longer[keyPath: member].append(0)
      #expect(verify(longer).quoteDefect != nil)
    }
  }

  @Test("the nonce is the judge's, not the evidence's")
  func nonce() throws {
    for other in [[], Self.nonce + [0], Array(Self.nonce.dropLast()), Array("Made-up nonce".utf8)] {
      let verification = verify(try evidence(), nonce: other)
      #expect(
        verification.quoteDefect
          == "the quote was made over another nonce, \(hexadecimal(Self.nonce))")
      #expect(outcome(.bootLog, verification) == .skipped)
    }
  }

  @Test("a key that signs anything proves nothing")
  func unrestrictedKey() throws {
    var evidence = try evidence()
    evidence.attestationKey = Marshal.publicArea(
      Self.ecdsa.key, .ecdsa, attributes: Marshal.attestationKey.subtracting(.restricted))
    #expect(
      verify(evidence).quoteDefect
        == "the key of the quote is no attestation key: it is not restricted, and signs whatever it is given")
  }

  @Test("what a TPM signed that is no quote, or that it did not make itself, is refused")
  func otherStatements() throws {
    let certified = try Self.ecdsa.evidence(of: Self.log, nonce: Self.nonce, type: 0x8017)
    #expect(verify(certified).quoteDefect?.contains("a statement of type 0x8017") == true)
    var external = try evidence()
    external.quote[0] = 0xFE
    external.signature = try Self.ecdsa.sign(external.quote)
    #expect(verify(external).quoteDefect?.contains("does not begin with the mark") == true)
  }

  @Test("a log that was changed says nothing, and the PCR and its events are named")
  func changedLog() throws {
    var log = MadeUpLogs.windows()
    let event = try #require(log.first(12) { $0.type == .eventTag })
    log.events[event] = log.event(12, .eventTag, MadeUpLogs.loader)
    var evidence = try evidence()
    evidence.bootLog = log.bytes
    let verification = verify(evidence)
    #expect(verification.quoteDefect == nil)
    guard case .fails(let reason)? = outcome(.bootLog, verification) else {
      Issue.record("the log is accepted")
      return
    }
    #expect(reason.contains("PCR 12 in sha256") && reason.contains("it was extended by the events"))
    // PCR 7 is as it was quoted.
    #expect(secureBoot(verification) == .known(true))
    guard case .success(let quoted) = verification.bootLog else { return }
    #expect(quoted.evidence(of: [7, 12]).reason?.contains("PCR 12") == true)
  }

  @Test("a log that leaves the quoted bank out says nothing")
  func otherBank() throws {
    var evidence = try Self.ecdsa.evidence(of: Self.log, nonce: Self.nonce, banks: [.sha256])
    evidence.bootLog = MadeUpLogs.windows([.sha1]).bytes
    #expect(
      secureBoot(verify(evidence)).reason
        == "the log has no sha256; --banks names the banks that count")
    evidence.pcrs = PCRValues()
    #expect(secureBoot(verify(evidence)).reason?.contains("quoted in sha256") == true)
  }

  @Test("a bank that was not quoted does not count, whatever the log has in it")
  func unquotedBank() throws {
    var log = MadeUpLogs.windows()
    let good = try Self.ecdsa.evidence(of: Self.log, nonce: Self.nonce, banks: [.sha256])
    // SHA-1 digests that hide the separator of PCR 7 and everything else.
    for event in log.events.indices { log.events[event].digests[0] = [UInt8](repeating: 0xEE, count: 20) }
    var evidence = good
    evidence.bootLog = log.bytes
    #expect(secureBoot(verify(evidence)) == .known(true))
    #expect(SecureBootEvidence(try log.read()).isOn.value == nil)
  }

  @Test("a PCR that was not quoted vouches for nothing")
  func unquotedRegister() throws {
    let evidence = try Self.ecdsa.evidence(of: Self.log, nonce: Self.nonce, registers: [0, 4, 12])
    #expect(secureBoot(verify(evidence)) == .unknown("PCR 7 was not quoted in sha256"))
  }

  @Test("PCR values that are not the quoted ones are no use, and the log alone may do")
  func otherValues() throws {
    var evidence = try evidence()
    evidence.pcrs.banks[.sha256]?[7] = [UInt8](repeating: 9, count: 32)
    #expect(secureBoot(verify(evidence)) == .known(true))
    evidence.bootLog = MadeUpLogs.linux().bytes
    let reason = secureBoot(verify(evidence)).reason
    #expect(reason == "the PCR values of the evidence are not the quoted ones")
    evidence.pcrs = PCRValues()
    evidence.bootLog = nil
    #expect(
      secureBoot(verify(evidence))
        == .unknown("the evidence has neither a boot log nor the PCR values that were quoted"))
  }

  @Test("PCR values cannot share out their bytes in another way")
  func movedBytes() throws {
    var evidence = try evidence()
    let first = try #require(evidence.pcrs.banks[.sha1]?[0])
    let second = try #require(evidence.pcrs.banks[.sha1]?[1])
    evidence.pcrs.banks[.sha1]?[0] = Array(first.dropLast())
    evidence.pcrs.banks[.sha1]?[1] = [first.last ?? 0] + second
    evidence.bootLog = MadeUpLogs.linux().bytes
    #expect(outcome(.pcrs, verify(evidence)) != outcome(.pcrs, verify(try self.evidence())))
  }

  @Test("a log that goes on after the quote, or is damaged or missing, is told")
  func otherLogs() throws {
    var longer = MadeUpLogs.windows()
    longer.add(7, .separator, MadeUpLogs.separator)
    var evidence = try evidence()
    evidence.bootLog = longer.bytes
    #expect(secureBoot(verify(evidence)).reason?.contains("events too many") == true)
    evidence.bootLog = Array(Self.log.dropLast(3))
    #expect(secureBoot(verify(evidence)).reason?.contains("the boot log is damaged") == true)
    evidence.bootLog = nil
    #expect(secureBoot(verify(evidence)).reason == "the evidence has no boot log")
    #expect(verify(evidence).trust == .trusted("it is the key that was known before"))
  }

  @Test("a key of software is not trusted by the evidence's word")
  func untrusted() throws {
    let verification = verify(try evidence(), trust: EvidenceTrust())
    #expect(verification.quoteDefect == nil)
    guard case .unproven(let reason) = verification.trust else {
      Issue.record("it is trusted")
      return
    }
    #expect(reason.contains("--ak") && reason.contains("--ek-roots"))
  }

  @Test("credential activation links the key to the endorsement key, and nothing else does")
  func activation() throws {
    var evidence = try evidence()
    let endorsementKey = Marshal.publicArea(SoftwareKey(.p384).key, .null)
    let secret = ChallengeSecret(
      secret: Array(0..<32), attestationKeyName: Self.ecdsa.name,
      endorsementKeyName: try TPMPublic(endorsementKey).name)
    evidence.endorsementKey = endorsementKey
    evidence.activation = secret.secret
    func trust(_ evidence: Evidence, _ secret: ChallengeSecret?, _ finding: EndorsementFinding) -> KeyTrust {
      verify(evidence, trust: EvidenceTrust(endorsement: finding, secret: secret)).trust
    }
    let verified = EndorsementFinding.verified("CN=Contoso Root")
    guard case .trusted(let how) = trust(evidence, secret, verified) else {
      Issue.record("it is not trusted: \(trust(evidence, secret, verified))")
      return
    }
    #expect(how.contains("CN=Contoso Root"))

    var others: [(Evidence, ChallengeSecret?, EndorsementFinding, String)] = [
      (evidence, nil, verified, "policyc challenge"), (evidence, secret, .noRoots, "--ek-roots"),
      (evidence, secret, .noCertificate, "no certificate"),
      (evidence, secret, .refused("expired"), "expired"),
    ]
    var other = secret
    other.attestationKeyName[5] ^= 1
    others.append((evidence, other, verified, "another attestation key"))
    other = secret
    other.endorsementKeyName[5] ^= 1
    others.append((evidence, other, verified, "another endorsement key"))
    other = secret
    other.secret[31] ^= 1
    others.append((evidence, other, verified, "wrong"))
    var bare = evidence
    bare.activation = nil
    others.append((bare, secret, verified, "no answer"))
    bare.endorsementKey = nil
    others.append((bare, secret, verified, "no endorsement key"))
    bare.endorsementKey = [1, 2]
    others.append((bare, secret, verified, "damaged"))
    let weak = Marshal.publicArea(try SoftwareKey(rsa: .rsassa, bits: 1024).key, .null)
    bare = evidence
    bare.endorsementKey = weak
    other = secret
    other.endorsementKeyName = try TPMPublic(weak).name
    others.append((bare, other, verified, "RSA with 1024 bits"))
    for (evidence, secret, finding, part) in others {
      guard case .unproven(let reason) = trust(evidence, secret, finding) else {
        Issue.record("trusted without \(part)")
        continue
      }
      #expect(reason.contains(part), "\(reason)")
    }
  }

  @Test("a key that was expected and did not sign is not made up for by a certificate")
  func expectedKey() throws {
    let trust = EvidenceTrust(attestationKeyName: [0, 11, 1], endorsement: .verified("CN=Contoso Root"))
    #expect(
      verify(try evidence(), trust: trust).trust
        == .unproven("it is not the key that was known before, 000b01"))
  }
}
