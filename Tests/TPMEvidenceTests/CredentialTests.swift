import Cryptography
import EvidenceSupport
import Testing

@testable import TPMEvidence

/// A generator whose numbers only count up.
struct CountingGenerator: RandomNumberGenerator {
  private var number: UInt64

  init(from start: UInt64 = 1) { number = start }

  mutating func next() -> UInt64 {
    number &+= 0x0123_4567_89AB_CDEF
    return number
  }
}

/// A public area of an endorsement key after the TCG's default templates (EK Credential Profile 2.5, B.3.3 and B.3.4).
func endorsementArea(_ key: [UInt8], type: UInt8, attributes: [UInt8] = [0, 3, 0, 0xB2]) -> [UInt8] {
  [0, type, 0, 0x0B] + attributes + [0, 0] + [0, 0x06, 0, 128, 0, 0x43, 0, 0x10] + key
}

private let modulus = [UInt8](repeating: 0xC5, count: 256)
private let rsaArea = endorsementArea([8, 0, 0, 0, 0, 0, 1, 0] + modulus, type: 1)
private let keyName = [0, 0x0B] + [UInt8](repeating: 7, count: 32)

@Suite("Credentials")
struct CredentialTests {
  @Test(
    "keys are derived as SP 800-108 and SP 800-56A say", arguments: [HashAlgorithm.sha1, .sha256, .sha384])
  func derivation(algorithm: HashAlgorithm) throws {
    // One block of each, spelled out.
    let size = try #require(algorithm.byteCount)
    let a = TPMKeyDerivation.a(
      algorithm, key: [1, 2, 3], label: "STORAGE", contextU: [4], contextV: [5], byteCount: size)
    let message =
      [0, 0, 0, 1] + Array("STORAGE".utf8) + [0, 4, 5, 0, 0, UInt8(size * 8 / 256), UInt8(size * 8 % 256)]
    #expect(a == TPMKeyDerivation.hmac(algorithm, key: [1, 2, 3], message))
    let e = TPMKeyDerivation.e(
      algorithm, shared: [9], label: "IDENTITY", partyU: [1], partyV: [2], byteCount: 2 * size)
    let blocks = [UInt8(1), 2].map {
      algorithm.digest(of: [0, 0, 0, $0, 9] + Array("IDENTITY".utf8) + [0, 1, 2])
    }
    #expect(e == blocks.compactMap { $0 }.flatMap { $0 })
  }

  @Test("AES in cipher feedback mode gives what openssl gives, for a last piece of a block too")
  func cipher() throws {
    // Of zeros, under the key of FIPS 197, appendix C.1.
    let key = [UInt8](0..<16)
    let library = try #require(LibCrypto.installed)
    let stream = try #require(library.encryptAESCFB([UInt8](repeating: 0, count: 20), key: key))
    #expect(hexadecimal(stream) == "c6a13b37878f5b826f4f8162a1c8d879af9d9926")
    #expect(library.encryptAESCFB([1, 2, 3], key: key) == zip([1, 2, 3], stream).map { $0 ^ $1 })
    #expect(library.encryptAESCFB([1], key: [1]) == nil)
  }

  @Test(
    "a challenge is another one each time, even for the same random numbers, and has the sizes that a TPM reads"
  )
  func random() throws {
    let rsa = try TPMPublic(rsaArea)
    func make(_ key: TPMPublic) throws -> Challenge {
      var random = CountingGenerator()
      return try Credential.make(secret: [UInt8](0..<32), for: keyName, to: key, random: &random)
    }
    // RFC 8017, 7.1: the seed of OAEP is fresh.
    #expect(try make(rsa).encryptedSecret != make(rsa).encryptedSecret)
    #expect(try make(rsa).credential.count == 2 + 32 + 34)
    #expect(try make(rsa).encryptedSecret.count == 256)
    #expect(try make(rsa).endorsementKeyName == rsa.name)
    for curve in TPMCurve.allCases {
      guard case .ecc(_, let x, let y) = SigningKey(curve).publicKey else { continue }
      let size = [0, UInt8(curve.byteCount)]
      let key = try TPMPublic(
        endorsementArea([0, UInt8(curve.rawValue), 0, 0x10] + size + x + size + y, type: 0x23))
      #expect(try make(key).encryptedSecret != make(key).encryptedSecret)
      #expect(try make(key).encryptedSecret.count == 2 * (2 + curve.byteCount))
    }
  }

  @Test("a key that cannot take a challenge is refused with the reason")
  func refusals() throws {
    var random = CountingGenerator()
    func defect(_ area: [UInt8], secret: [UInt8] = [1]) throws -> String? {
      let key = try TPMPublic(area)
      do {
        _ = try Credential.make(secret: secret, for: keyName, to: key, random: &random)
        return nil
      } catch { return error.description }
    }
    #expect(try defect(rsaArea) == nil)
    #expect(
      try defect(rsaArea, secret: []) == "the secret has 0 bytes, where the endorsement key takes 1 to 32")
    #expect(try defect(rsaArea, secret: [UInt8](repeating: 1, count: 33))?.contains("33 bytes") == true)
    let signing = endorsementArea(
      [8, 0, 0, 0, 0, 0, 1, 0] + modulus, type: 1, attributes: [0, 5, 0, 0x72])
    #expect(try defect(signing)?.contains("no restricted key that decrypts") == true)
    let point = [UInt8](repeating: 1, count: 32)
    let offCurve = endorsementArea([0, 3, 0, 0x10, 0, 32] + point + [0, 32] + point, type: 0x23)
    #expect(try defect(offCurve)?.contains("not on the curve") == true)
    let wide = [UInt8](repeating: 1, count: 66)
    let p521 = endorsementArea([0, 5, 0, 0x10, 0, 66] + wide + [0, 66] + wide, type: 0x23)
    #expect(try defect(p521)?.contains("not on the curve P-521") == true)
  }
}
