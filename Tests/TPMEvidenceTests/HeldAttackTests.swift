import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite("Attacks on quotes and keys")
struct HeldAttackTests {
  private static let key = SoftwareKey(.p256)
  private static let nonce = Array("made-up nonce".utf8)
  /// The order of P-256 (FIPS 186-5, SP 800-186).
  private static let order =
    bytes(hexadecimal: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551".utf8) ?? []
  private static let zero = [UInt8](repeating: 0, count: 32)

  private func verify(_ evidence: Evidence, _ known: [UInt8] = key.name) -> EvidenceVerification {
    EvidenceVerification(evidence, nonce: Self.nonce, trust: EvidenceTrust(attestationKeyName: known))
  }

  private func evidence() throws -> Evidence {
    try Self.key.evidence(of: MadeUpLogs.windows([.sha256]).bytes, nonce: Self.nonce)
  }

  @Test(
    "numbers that are no signature of anything are none of the quote",
    arguments: [zero, order, [UInt8](repeating: 0xFF, count: 32)])
  func degenerate(number: [UInt8]) throws {
    var evidence = try evidence()
    let good = evidence.signature
    #expect(verify(evidence).quoteDefect == nil)
    let head = Array(good.prefix(4))
    for numbers in [(number, number), (number, Array(good.suffix(32))), (Array(good[6..<38]), number)] {
      evidence.signature = head + Marshal.sized(numbers.0) + Marshal.sized(numbers.1)
      #expect(verify(evidence).quoteDefect != nil, "\(numbers)")
    }
  }

  @Test("points that are none of the curve are no key")
  func points() throws {
    var evidence = try evidence()
    guard case .ecc(_, let x, let y) = Self.key.key else { return }
    var off = y
    off[31] ^= 1
    for point in [(Self.zero, Self.zero), (x, off), (Self.order, y)] {
      evidence.attestationKey = Marshal.publicArea(.ecc(.p256, x: point.0, y: point.1), .ecdsa)
      #expect(verify(evidence).quoteDefect != nil, "\(point)")
    }
  }

  @Test("a key that signs anything is not the known one when its public area is edited to say otherwise")
  func edited() throws {
    var evidence = try evidence()
    let free = Marshal.publicArea(
      Self.key.key, .ecdsa, attributes: Marshal.attestationKey.subtracting(.restricted))
    let known = try TPMPublic(free).name
    guard case .unproven(let reason) = verify(evidence, known).trust else {
      Issue.record("the edited key is trusted")
      return
    }
    #expect(reason.hasPrefix("it is not the key that was known before"))
    evidence.attestationKey = free
    #expect(verify(evidence, known).quoteDefect?.contains("it is not restricted") == true)
  }

  @Test(
    "events behind padding count as events, so that the log leads elsewhere", arguments: [0, 0xFF] as [UInt8])
  func behindPadding(byte: UInt8) throws {
    var evidence = try evidence()
    var log = MadeUpLogs.windows([.sha256])
    let count = log.bytes.count
    log.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    let event = Array(log.bytes[count...])
    evidence.bootLog = MadeUpLogs.windows([.sha256]).bytes + [UInt8](repeating: byte, count: 64) + event
    switch verify(evidence).bootLog {
    case .success(let log): #expect(log.defect(of: [7]) != nil)
    case .failure(let reason): #expect(reason.text.contains("damaged"))
    }
  }
}
