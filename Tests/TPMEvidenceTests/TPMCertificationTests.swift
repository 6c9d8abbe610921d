import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite("Certifications of keys")
struct TPMCertificationTests {
  private static let nonce = Array("made-up nonce".utf8)
  private static let attesting = SoftwareKey(.p256)
  private static let certified = SoftwareKey(.p384)
  private static let area = certified.area(Marshal.boundKey)

  private func evidence(_ certifications: [KeyCertification]) throws -> Evidence {
    var evidence = try Self.attesting.evidence(of: MadeUpLogs.windows().bytes, nonce: Self.nonce)
    evidence.certifiedKeys = certifications
    return evidence
  }

  private func good(as role: DeviceKeyRole? = nil) throws -> KeyCertification {
    try Self.attesting.certification(of: Self.area, as: role, nonce: Self.nonce)
  }

  private func verify(_ certifications: [KeyCertification]) throws -> EvidenceVerification {
    EvidenceVerification(
      try evidence(certifications), nonce: Self.nonce,
      trust: EvidenceTrust(attestationKeyName: Self.attesting.name))
  }

  @Test("a statement is read, with the name of the key and what was signed along")
  func reading() throws {
    let bytes = Marshal.certification(of: [0, 0x0B, 1, 2], nonce: Self.nonce)
    let statement = try TPMCertification(bytes)
    #expect(statement.name == [0, 0x0B, 1, 2] && statement.extraData == Self.nonce)
    #expect(statement.qualifiedName.count == 34 && statement.bytes == bytes)
  }

  @Test("no truncation, nothing behind the end and no length beyond it is read")
  func truncations() throws {
    let bytes = Marshal.certification(of: try TPMPublic(Self.area).name, nonce: Self.nonce)
    for count in bytes.indices {
      #expect(throws: TPMStructureError.self) { try TPMCertification(Array(bytes[..<count])) }
    }
    #expect(throws: TPMStructureError.self) { try TPMCertification(bytes + [0]) }
    for place in bytes.indices {
      var bad = bytes
      bad[place] = 0xFF
      _ = try? TPMCertification(bad)
    }
    let long = [UInt8](repeating: 0xFF, count: TPMAttest.byteLimit + 1)
    #expect(
      throws: TPMStructureError(
        structure: "the statement", offset: 0,
        message: "it has 1025 bytes, more than the 1024 that any has")
    ) { try TPMCertification(long) }
  }

  @Test("certified keys are those of the evidence, in its order, and the quote is read beside them")
  func holds() throws {
    let other = SoftwareKey(.p521)
    let verification = try verify([
      try good(as: .entra),
      try Self.attesting.certification(of: other.area([.sign]), nonce: Self.nonce),
    ])
    #expect(verification.quoteDefect == nil)
    #expect(verification.certifiedKeys.map(\.role) == [.entra, nil])
    #expect(verification.certifiedKeys.map(\.area.bytes) == [Self.area, other.area([.sign])])
    #expect(
      verification.certifiedKeys.map(\.area.residenceDefect) == [nil, "it can be copied out of its TPM"])
    #expect(verification.quote != nil)
  }

  @Test(
    "one that does not hold refuses the evidence, and says which and why",
    arguments: ["signer", "nonce", "key", "magic", "quote", "statement", "signature", "area"])
  func refused(_ what: String) throws {
    var bad = try good(as: .mdm)
    let expected: String
    switch what {
    case "signer":
      bad = try SoftwareKey(.p256).certification(of: Self.area, as: .mdm, nonce: Self.nonce)
      expected = "the attestation key did not sign it: it is not one by the key over these bytes"
    case "nonce":
      bad = try Self.attesting.certification(of: Self.area, as: .mdm, nonce: Array("another one".utf8))
      expected = "it was made over another nonce, \(hexadecimal("another one".utf8))"
    case "key":
      bad.key = Self.certified.area([.sign])
      expected = "but comes with the key \(hexadecimal(try TPMPublic(bad.key).name))"
    case "magic":
      bad = try Self.attesting.certification(of: Self.area, as: .mdm, nonce: Self.nonce, magic: 0xFF54_4348)
      expected = "it does not begin with the mark of what a TPM makes itself"
    case "quote":
      bad = try Self.attesting.certification(of: Self.area, as: .mdm, nonce: Self.nonce, type: 0x8018)
      expected = "it is a statement of type 0x8018, where the certification of a key has 0x8017"
    case "statement":
      bad.statement.removeLast()
      expected = "the statement, at byte "
    case "signature":
      bad.signature.removeLast()
      expected = "the signature, at byte "
    default:
      bad.key.append(0)
      expected = "the public area, at byte "
    }
    let verification = try verify([try good(), bad])
    let reason = try #require(verification.quoteDefect)
    #expect(reason.hasPrefix("the certification of the MDM key does not hold: "), "\(reason)")
    #expect(reason.contains(expected), "\(reason)")
    #expect(verification.certifiedKeys.isEmpty)
    bad.role = nil
    #expect(try verify([bad]).quoteDefect?.hasPrefix("the certification of the key 1 does not hold") == true)
  }

  @Test("not one bit of statement, signature or public area can be changed")
  func flippedBits() throws {
    let good = try good()
    for member in [\KeyCertification.key, \.statement, \.signature] {
      for bit in 0..<good[keyPath: member].count * 8 {
        var bad = good
        bad[keyPath: member][bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(throws: EvidenceVerification.Reason.self, "bit \(bit)") {
          try DeviceKey(bad, by: try TPMPublic(Self.attesting.area), nonce: Self.nonce)
        }
      }
    }
  }

  @Test("a certification is no quote")
  func certificationForQuote() throws {
    var evidence = try evidence([])
    let certification = try good()
    evidence.quote = certification.statement
    evidence.signature = certification.signature
    let verification = EvidenceVerification(
      evidence, nonce: Self.nonce, trust: EvidenceTrust(attestationKeyName: Self.attesting.name))
    #expect(
      verification.quoteDefect?.hasSuffix("it is a statement of type 0x8017, where a quote has 0x8018")
        == true)
  }
}
