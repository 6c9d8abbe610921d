import Foundation
import Testing

@testable import TPMEvidence

/// The quote of a real Windows machine with the boot log and the PCR values that go with it.
@Suite("The recorded quote", .enabled(if: RecordedLogs.isThere))
struct RecordedQuoteTests {
  private static let stem = "google+go-attestation/attest_testdata_windows_gcp_shielded_vm"

  private static func evidence() throws -> Evidence {
    Evidence(
      nonce: [], attestationKey: try RecordedLogs.bytes("\(stem).ak_pub.tpmt.bin"),
      quote: try RecordedLogs.bytes("\(stem).quote.bin"),
      signature: try RecordedLogs.bytes("\(stem).signature.bin"),
      bootLog: try RecordedLogs.bytes("\(stem).eventlog.bin"))
  }

  /// All that the machine has is SHA-1.
  private func verify(
    _ evidence: Evidence, nonce: [UInt8] = [],
    terms: EvidenceTerms = EvidenceTerms(banks: [.sha1], acceptsWeakSignatures: true)
  ) throws -> EvidenceVerification {
    EvidenceVerification(
      evidence, nonce: nonce,
      trust: EvidenceTrust(attestationKeyName: try TPMPublic(evidence.attestationKey).name), terms: terms)
  }

  @Test("it vouches for nothing unless whoever judges lets SHA-1 count")
  func defaultTerms() throws {
    let verification = try verify(try Self.evidence(), terms: EvidenceTerms())
    #expect(verification.quoteDefect == nil)
    #expect(
      try verification.bootLog.get().evidence(of: [7]).reason
        == "the quote has no sha256; --banks names the banks that count")
    guard case .unproven(let reason) = verification.trust else {
      Issue.record("the key is trusted")
      return
    }
    #expect(reason.contains("SHA-1, which is weak"))
  }

  private func allHold(_ verification: EvidenceVerification) -> Bool {
    verification.checks.allSatisfy { check in
      if case .holds = check.outcome { true } else { false }
    }
  }

  @Test("it holds, and vouches for how Windows started")
  func holds() throws {
    let verification = try verify(try Self.evidence())
    #expect(allHold(verification), "\(verification.checks)")
    #expect(verification.signature?.isWeak == true)
    #expect(verification.quote?.selections.map(\.registers) == [Array(0...23)])
    guard case .success(let quoted) = verification.bootLog,
      case .known(let boot) = quoted.evidence(of: Array(0...23))
    else {
      Issue.record("\(verification.bootLog)")
      return
    }
    #expect(boot.secureBoot.isOn == .known(true))
    #expect(boot.windows.isKernelDebugged == .known(false))
    // The machine's db holds Microsoft's root, under which more is signed than Windows.
    #expect(boot.loader.signer.value == nil)
  }

  @Test("not one bit of it can be changed, but in what the digest of the log does not cover")
  func flippedBits() throws {
    let good = try Self.evidence()
    for member in [\Evidence.quote, \.signature] {
      for bit in stride(from: 0, to: good[keyPath: member].count * 8, by: 3) {
        var bad = good
        bad[keyPath: member][bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(try verify(bad).quoteDefect != nil, "bit \(bit)")
      }
    }
    let log = try EventLog(try #require(good.bootLog))
    for event in log.events.indices where log.events[event].isExtended {
      let offset = try #require(log.digest(of: event, bank: 0)?.startIndex)
      var bad = good
      bad.bootLog?[offset + 7] ^= 0x40
      guard case .failure = try verify(bad).bootLog else {
        Issue.record("event \(event) can be changed")
        continue
      }
    }
    #expect(try verify(good, nonce: [1]).quoteDefect != nil)
  }

  @Test("what the same key signed of its own making is no quote")
  func certification() throws {
    struct Recording: Decodable {
      struct Key: Decodable { let CreateAttestation, CreateSignature: Data }
      let AK: Key
    }
    let recording = try JSONDecoder().decode(
      Recording.self, from: Data(try RecordedLogs.bytes("\(Self.stem).json")))
    var evidence = try Self.evidence()
    evidence.quote = Array(recording.AK.CreateAttestation)
    evidence.signature = Array(recording.AK.CreateSignature)
    let signature = try TPMSignature(evidence.signature)
    #expect(signature.defect(over: evidence.quote, by: try TPMPublic(evidence.attestationKey)) == nil)
    #expect(try verify(evidence).quoteDefect?.contains("a statement of type 0x801a") == true)
  }
}
