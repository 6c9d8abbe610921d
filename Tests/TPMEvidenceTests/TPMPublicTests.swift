import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite struct TPMPublicTests {
  private static let modulus = [0xC1] + (1..<256).map { UInt8($0 % 251) | 1 }
  private static let rsa = Marshal.publicArea(.rsa(modulus: modulus, exponent: 65537), .rsassa)
  private static let point = [UInt8](repeating: 7, count: 48)
  private static let ecc = Marshal.publicArea(
    .ecc(.p384, x: point, y: point), .ecdsa, .sha384, policy: [1, 2, 3])

  @Test func `a key of RSA is read, with 65537 for an exponent that is left out`() throws {
    let key = try TPMPublic(Self.rsa)
    #expect(key.key == .rsa(modulus: Self.modulus, exponent: 65537))
    #expect(key.nameAlgorithm == .sha256)
    #expect(key.attributes == Marshal.attestationKey)
    #expect(key.authPolicy.isEmpty)
    #expect(key.symmetric == nil)
    #expect(key.scheme == .init(algorithm: .rsassa, hash: .sha256))
    #expect(key.bytes == Self.rsa)
  }

  @Test func `a key of an elliptic curve is read`() throws {
    let key = try TPMPublic(Self.ecc)
    #expect(key.key == .ecc(.p384, x: Self.point, y: Self.point))
    #expect(key.authPolicy == [1, 2, 3])
    #expect(key.scheme == .init(algorithm: .ecdsa, hash: .sha384))
  }

  @Test func `a coordinate without its leading zeros gets them back`() throws {
    let short = [UInt8](repeating: 9, count: 65)
    let key = try TPMPublic(Marshal.publicArea(.ecc(.p521, x: short, y: short), .ecdsa))
    #expect(key.key == .ecc(.p521, x: [0] + short, y: [0] + short))
  }

  @Test func `the size before a public area may be there, and is no part of its name`() throws {
    let sized = try TPMPublic(Marshal.sized(Self.ecc))
    #expect(sized == (try TPMPublic(Self.ecc)))
    #expect(sized.name == [0, 0x0B] + (HashAlgorithm.sha256.digest(of: Self.ecc) ?? []))
  }

  @Test func `the name is made by the key's own hash`() throws {
    let key = try TPMPublic(
      Marshal.publicArea(.rsa(modulus: Self.modulus, exponent: 3), .rsapss, nameAlgorithm: .sha512))
    #expect(key.key == .rsa(modulus: Self.modulus, exponent: 3))
    #expect(key.name.prefix(2) == [0, 0x0D])
    #expect(key.name.count == 66)
  }

  @Test(arguments: [rsa, ecc]) func `every truncation is refused, and every byte too many`(_ bytes: [UInt8]) {
    for count in 0..<bytes.count {
      #expect(throws: TPMStructureError.self) { try TPMPublic(Array(bytes[..<count])) }
    }
    #expect(throws: TPMStructureError.self) { try TPMPublic(bytes + [0]) }
    #expect(throws: TPMStructureError.self) { try TPMPublic(Marshal.sized(bytes) + [0]) }
  }

  @Test func `an error names the place`() {
    let error = #expect(throws: TPMStructureError.self) { try TPMPublic(Array(Self.rsa[..<100])) }
    #expect(error?.description == "the public area, at byte 24: its modulus takes 256 bytes, and 76 are left")
  }

  @Test(arguments: [
    (0, 0x08, "type algorithm 0x0801"), (3, 0x27, "algorithm 0x0027"),
    (13, 0x99, "scheme is algorithm 0x0099"),
    (17, 0x01, "2049 bits"), (21, 0x02, "exponent is 2"), (279, 0x00, "no odd number"),
    (24, 0x7F, "no odd number"),
  ]) func `what no key has is refused`(_ place: Int, _ value: UInt8, _ message: String) {
    var bytes = Self.rsa
    bytes[place] = value
    let error = #expect(throws: TPMStructureError.self) { try TPMPublic(bytes) }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test func `an attestation key is bound to what a TPM made`() throws {
    #expect(try TPMPublic(Self.rsa).attestationKeyDefect == nil)
    for missing in [.sign, .restricted, .fixedTPM, .fixedParent, .sensitiveDataOrigin]
      as [TPMObjectAttributes]
    {
      let area = Marshal.publicArea(
        .rsa(modulus: Self.modulus, exponent: 3), .rsassa,
        attributes: Marshal.attestationKey.subtracting(missing))
      #expect(try !TPMPublic(area).isAttestationKey)
    }
    let decrypts = Marshal.publicArea(
      .rsa(modulus: Self.modulus, exponent: 3), .rsassa, attributes: Marshal.attestationKey.union(.decrypt))
    #expect(try TPMPublic(decrypts).attestationKeyDefect == "it decrypts as well")
    for scheme in [TPMAlgorithm.null, .ecdsa, .oaep] {
      let area = Marshal.publicArea(.rsa(modulus: Self.modulus, exponent: 3), scheme)
      #expect(try !TPMPublic(area).isAttestationKey)
    }
  }

  @Test(.enabled(if: RecordedLogs.isThere)) func `the attestation key of a Windows machine is read`() throws {
    let folder = "google+go-attestation/attest_testdata_windows_gcp_shielded_vm"
    let key = try TPMPublic(try RecordedLogs.bytes("\(folder).ak_pub.tpmt.bin"))
    #expect(key.isAttestationKey)
    #expect(key.scheme == .init(algorithm: .rsassa, hash: .sha1))
    #expect(key.authPolicy.count == 32)
    guard case .rsa(let modulus, 65537) = key.key else {
      Issue.record("it is no key of RSA: \(key.key)")
      return
    }
    #expect(modulus.count == 256)
  }
}
