import EvidenceSupport
import Testing

@testable import TPMEvidence

/// Rule 11 of docs/boot-evidence.md, with TPMs whose banks hold what an attacker, or the firmware, put there.
@Suite("Which banks count")
struct CountingBankTests {
  private static let nonce = Array("made-up nonce".utf8)
  private static let key = SoftwareKey(.p256)
  private static let windows = [4, 7, 11, 12, 13, 14]

  /// The values that a log leads to in one bank.
  private static func values(_ log: EditableLog, _ bank: HashAlgorithm) throws -> [Int: [UInt8]] {
    let replay = try log.read().replay(bank)
    return Dictionary(uniqueKeysWithValues: SoftwareKey.bootRegisters.map { ($0, replay?[$0] ?? []) })
  }

  private static func zeros(_ bank: HashAlgorithm) -> [Int: [UInt8]] {
    let value = [UInt8](repeating: 0, count: bank.byteCount ?? 0)
    return Dictionary(uniqueKeysWithValues: SoftwareKey.bootRegisters.map { ($0, value) })
  }

  /// A log with these banks and one that its firmware started with Secure Boot off.
  private static func insecure(_ banks: [HashAlgorithm]) throws -> EditableLog {
    var log = MadeUpLogs.windows(banks)
    try log.measureSecureBoot([0])
    return log
  }

  private func quoted(
    _ log: EditableLog, _ values: [HashAlgorithm: [Int: [UInt8]]], counting banks: [HashAlgorithm] = [.sha256]
  ) throws -> QuotedLog {
    let evidence = try Self.key.evidence(of: log.bytes, nonce: Self.nonce, values: PCRValues(values))
    let verification = EvidenceVerification(
      evidence, nonce: Self.nonce, trust: EvidenceTrust(attestationKeyName: Self.key.name),
      terms: EvidenceTerms(banks: banks))
    #expect(verification.quoteDefect == nil)
    return try verification.bootLog.get()
  }

  private func secureBoot(_ quoted: QuotedLog) -> BootFinding<Bool> {
    quoted.evidence(of: [7]).flatMap { $0.secureBoot.isOn }
  }

  @Test("a log of the attacker's in one bank does not speak for a TPM whose other banks say otherwise")
  func leftOut() throws {
    let forged = MadeUpLogs.windows([.sha1])
    let truth = try Self.insecure([.sha256, .sha384])
    let values: [HashAlgorithm: [Int: [UInt8]]] = [
      .sha1: try Self.values(forged, .sha1), .sha256: try Self.values(truth, .sha256),
      .sha384: try Self.values(truth, .sha384),
    ]
    #expect(
      secureBoot(try quoted(forged, values)).reason
        == "the log has no sha256; --banks names the banks that count")
    // Digests in sha256 that lead elsewhere are no better.
    let both = MadeUpLogs.windows([.sha1, .sha256])
    #expect(
      secureBoot(try quoted(both, values)).reason?.hasPrefix(
        "the log does not lead to the quoted values of sha256: PCR 7 in sha256: ") == true)
    // Who lets sha1 count by itself asked for it.
    #expect(secureBoot(try quoted(forged, values, counting: [.sha1])) == .known(true))
    #expect(
      secureBoot(try quoted(forged, values, counting: [.sha1, .sha256])).reason?.hasPrefix("the log has no")
        == true)
  }

  @Test("a bank that firmware leaves alone and an attacker fills counts for nothing unless it is named")
  func notExtended() throws {
    let forged = MadeUpLogs.windows([.sha384])
    let truth = try Self.insecure([.sha1, .sha256])
    let filled = try Self.values(forged, .sha384)
    let alone = try quoted(forged, [.sha384: filled])
    #expect(
      secureBoot(alone).reason == "the quote has no sha256; --banks names the banks that count")
    let beside = try quoted(forged, [.sha256: try Self.values(truth, .sha256), .sha384: filled])
    #expect(secureBoot(beside).reason?.hasPrefix("the log has no sha256") == true)
    // The log of the firmware with what the attacker extended beside it.
    var joined = EditableLog([.sha1, .sha256, .sha384])
    for (honest, other) in zip(truth.events, forged.events) {
      var event = honest
      event.digests += other.digests
      joined.events.append(event)
    }
    let values: [HashAlgorithm: [Int: [UInt8]]] = [
      .sha256: try Self.values(truth, .sha256), .sha384: filled,
    ]
    #expect(secureBoot(try quoted(joined, values)) == .known(false))
    #expect(secureBoot(try quoted(joined, values, counting: [.sha256, .sha384])).value == nil)
  }

  @Test("a bank that is named and that the log lacks leaves the facts unknown")
  func namedAndMissing() throws {
    let log = MadeUpLogs.windows([.sha1, .sha256])
    let values: [HashAlgorithm: [Int: [UInt8]]] = [
      .sha256: try Self.values(log, .sha256), .sha384: Self.zeros(.sha384),
    ]
    #expect(secureBoot(try quoted(log, values)) == .known(true))
    for banks in [[HashAlgorithm.sha384], [.sha256, .sha384], [.sha384, .sha256]] {
      #expect(
        secureBoot(try quoted(log, values, counting: banks)).reason
          == "the log has no sha384; --banks names the banks that count")
    }
    let strong = MadeUpLogs.windows([.sha256, .sha384])
    let both: [HashAlgorithm: [Int: [UInt8]]] = [
      .sha256: try Self.values(strong, .sha256), .sha384: try Self.values(strong, .sha384),
    ]
    for banks in [[HashAlgorithm.sha384], [.sha256, .sha384]] {
      #expect(secureBoot(try quoted(strong, both, counting: banks)) == .known(true))
    }
    #expect(secureBoot(try quoted(strong, both, counting: [])).reason == "no bank counts")
  }

  @Test("each of several banks that count has to be explained, also where another one is")
  func eachOne() throws {
    let log = MadeUpLogs.windows([.sha256, .sha384])
    var values: [HashAlgorithm: [Int: [UInt8]]] = [
      .sha256: try Self.values(log, .sha256), .sha384: try Self.values(log, .sha384),
    ]
    values[.sha384]?[7] = [UInt8](repeating: 7, count: 48)
    for banks in [[HashAlgorithm.sha256, .sha384], [.sha384, .sha256]] {
      #expect(
        secureBoot(try quoted(log, values, counting: banks)).reason?.hasPrefix(
          "the log does not lead to the quoted values of sha384: PCR 7 in sha384: ") == true)
    }
    values[.sha384]?[7] = nil
    #expect(
      secureBoot(try quoted(log, values, counting: [.sha256, .sha384])).reason
        == "PCR 7 was not quoted in sha384")
    #expect(secureBoot(try quoted(log, values)) == .known(true))
  }

  @Test("Windows, which writes its events into one bank, is vouched for by that bank, and the other is named")
  func windowsInOne() throws {
    var log = MadeUpLogs.windows([.sha1, .sha256])
    for index in log.events.indices where log.events[index].register > 7 { log.events[index].digests[0] = [] }
    var sha1 = try Self.values(MadeUpLogs.windows([.sha1]), .sha1)
    for register in 11...14 { sha1[register] = [UInt8](repeating: 5, count: 20) }
    let quoted = try quoted(log, [.sha1: sha1, .sha256: try Self.values(log, .sha256)])
    let evidence = quoted.evidence(of: Self.windows)
    #expect(evidence.value?.windows.acceptsTestSignatures == .known(false))
    #expect(evidence.value?.windows.vsmLaunchType == .known(1))
    #expect(quoted.disagreement(of: [7]) == nil)
    #expect(
      quoted.disagreement(of: Self.windows)
        == "the log leads to other values of sha1 than were quoted in the PCRs 11, 12, 13 and 14")
  }

  @Test("a bank that does not count vetoes nothing, and its disagreement is told")
  func oneAgrees() throws {
    let log = MadeUpLogs.windows([.sha1, .sha256])
    var sha1 = try Self.values(log, .sha1)
    sha1[7] = [UInt8](repeating: 5, count: 20)
    let quoted = try quoted(
      log, [.sha1: sha1, .sha256: try Self.values(log, .sha256), .sha384: Self.zeros(.sha384)])
    #expect(secureBoot(quoted) == .known(true))
    #expect(
      quoted.disagreement(of: [7])
        == "the log leads to other values of sha1 than were quoted in PCR 7; the log has no sha384, which was quoted"
    )
    #expect(quoted.disagreement(of: [4]) == "the log has no sha384, which was quoted")
  }

  @Test("an event without a digest in the bank that counts leaves its PCR unexplained, and only that one")
  func eventWithoutDigest() throws {
    var log = MadeUpLogs.windows([.sha1, .sha256])
    let values = try Self.values(log, .sha256)
    let event = try #require(log.first(12) { $0.type == .eventTag })
    log.events[event].digests[1] = []
    let quoted = try quoted(log, [.sha256: values])
    #expect(quoted.evidence(of: Self.windows).reason?.contains("has no digest for it") == true)
    #expect(secureBoot(quoted) == .known(true))
  }

  @Test(
    "weak keys and signatures by way of SHA-1 are not trusted, unless whoever judges takes them",
    arguments: [(1024, HashAlgorithm.sha256), (1024, .sha1), (1920, .sha256), (2048, .sha1)])
  func weak(_ bits: Int, _ hash: HashAlgorithm) throws {
    let key = try SoftwareKey(rsa: .rsassa, hash, bits: bits)
    let evidence = try key.evidence(of: MadeUpLogs.windows().bytes, nonce: Self.nonce)
    func trust(_ terms: EvidenceTerms) -> KeyTrust {
      EvidenceVerification(
        evidence, nonce: Self.nonce, trust: EvidenceTrust(attestationKeyName: key.name), terms: terms
      ).trust
    }
    guard case .unproven(let reason) = trust(EvidenceTerms()) else {
      Issue.record("it is trusted")
      return
    }
    #expect(reason.contains(bits < 2048 ? "RSA with \(bits) bits" : "SHA-1, which is weak"))
    #expect(reason.contains("--allow-weak-signatures"))
    #expect(
      trust(EvidenceTerms(acceptsWeakSignatures: true)) == .trusted("it is the key that was known before"))
  }
}
