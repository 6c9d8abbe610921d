import Foundation
import Testing

@testable import TPMEvidence

@Suite("RSA public keys")
struct RSAPublicKeyTests {
  /// A key and signatures over "made-up statement", made once with openssl.
  private static let modulus =
    "ce45fc08bbeac021b49005014e53190a5e1489f905b2718e8cb3ba02b6ebbbcd1ea831b51b8e2eb819c5b90b016af20cdd0140814227baeb7d669228fbca213ae071b51cd6fe331b973b9e75647934f4525423c0d981b382f4176ab7bb600e1871a30c7bbd7e2133a56e8c8fa8e00aa7f6082f420ce65e1533e0438d25c9e50b"
  private static let pkcs1 =
    "3c4b30a8c0c0e82aa3daa0b9c353a71025e5c11113eb42e7d41ec7d243323090613893dfe299f191e61bd0d5ca0e5ec95238d3d9e97e84d4e60b03252a7d4813266f30216197026a4ff6efff70686a708662e6e426130f0611acbfee82da9ef50842aea74f45c3fa7fe0f6e43b5db05fc8b2e5b6fbdefcc783789f747039fdad"
  private static let pss =
    "534f4ed3e428db6c34e84bfb68fec84f9cf4165254e50d77397e2cccfbcfdcd9dfe7af1e686fcb45cb697443e45ba16f090ead2c07549cc352d2248d646c374a2fadbf54db352f8211f0a6e1abb8aab80516e33644d5289cb8a6e5991713efd05bc5980b722393217bd895951c687c287b76572db61a5c358d968a3a5eb43612"

  private let digest = HashAlgorithm.sha256.digest(of: Array("made-up statement".utf8)) ?? []

  private func decoded(_ text: some StringProtocol) throws -> [UInt8] {
    let digits = text.count % 2 == 0 ? String(text) : "0\(text)"
    return try #require(bytes(hexadecimal: digits.utf8))
  }

  private func key() throws -> RSAPublicKey {
    try #require(
      RSAPublicKey(modulus: try decoded(Self.modulus), exponent: 65537))
  }

  @Test("a signature of PKCS #1 v1.5 holds for its digest only")
  func signature() throws {
    let key = try key()
    let signature = try decoded(Self.pkcs1)
    #expect(key.isValidPKCS1(signature, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPSS(signature, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPKCS1(signature, digest: digest.reversed(), algorithm: .sha256))
    #expect(!key.isValidPKCS1(signature, digest: digest, algorithm: .sm3))
    #expect(!key.isValidPKCS1(Array(signature.dropLast()), digest: digest, algorithm: .sha256))
  }

  @Test("a signature of PSS with an odd length of salt holds, and not with any of many bits changed")
  func saltedSignature() throws {
    let key = try key()
    let signature = try decoded(Self.pss)
    #expect(key.isValidPSS(signature, digest: digest, algorithm: .sha256))
    for bit in stride(from: 0, to: signature.count * 8, by: 13) {
      var changed = signature
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!key.isValidPSS(changed, digest: digest, algorithm: .sha256))
    }
  }

  @Test("a signature that is the modulus more than another one is none")
  func range() throws {
    // Both are the same number modulo the modulus; only the one below it is a signature (RFC 8017, 5.2.2).
    let key = try key()
    let signature = try decoded(Self.pkcs1)
    var sum = [UInt8](repeating: 0, count: signature.count)
    var carry = 0
    for index in signature.indices.reversed() {
      carry += Int(signature[index]) + Int(key.modulus[index])
      sum[index] = UInt8(carry & 0xFF)
      carry >>= 8
    }
    #expect(!key.isValidPKCS1(sum, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPKCS1([UInt8(carry)] + sum, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPKCS1([0] + signature, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPKCS1(key.modulus, digest: digest, algorithm: .sha256))
    #expect(!key.isValidPKCS1([], digest: digest, algorithm: .sha256))
    #expect(!key.isValidPSS([UInt8](repeating: 0, count: 128), digest: digest, algorithm: .sha256))
  }

  @Test("what is no RSA key is refused")
  func noKeys() {
    let modulus = [UInt8](repeating: 0xFF, count: 128)
    #expect(RSAPublicKey(modulus: modulus, exponent: 3) != nil)
    #expect(RSAPublicKey(modulus: [0, 0] + modulus, exponent: 3)?.byteCount == 128)
    #expect(RSAPublicKey(modulus: modulus, exponent: 1) == nil)
    #expect(RSAPublicKey(modulus: modulus, exponent: 0) == nil)
    #expect(RSAPublicKey(modulus: modulus, exponent: 4) == nil)
    #expect(RSAPublicKey(modulus: modulus.dropLast() + [0xFE], exponent: 3) == nil)
    #expect(RSAPublicKey(modulus: modulus.prefix(63), exponent: 3) == nil)
    #expect(RSAPublicKey(modulus: [UInt8](repeating: 0xFF, count: 513), exponent: 3) == nil)
    #expect(RSAPublicKey(modulus: [], exponent: 3) == nil)
  }

  static let hasOpenSSL = OtherTools.isInstalled("openssl", "xxd")

  @Test(
    "openssl's signatures hold for every size of key, hash and length of salt, and openssl decrypts what is encrypted",
    .enabled(if: hasOpenSSL), arguments: [1024, 1031, 1033, 2048, 3072, 4096])
  func agreesWithOpenSSL(bits: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "policyc-rsa-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func run(_ line: String) throws -> String {
      let (status, output) = try OtherTools.output("cd '\(folder.path)' && \(line)")
      try #require(status == 0, "\(line)")
      return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    _ = try run("openssl genrsa \(bits) > key.pem && printf 'made-up statement' > message")
    let text = try run("openssl rsa -in key.pem -noout -modulus").dropFirst("Modulus=".count)
    let key = try #require(
      RSAPublicKey(modulus: try decoded(text), exponent: 65537))
    #expect(key.bitCount == bits)

    let statement = Array("made-up statement".utf8)
    for algorithm in [HashAlgorithm.sha1, .sha256, .sha384] {
      let digest = try #require(algorithm.digest(of: statement))
      let sign = "openssl dgst -\(algorithm.name) -sign key.pem"
      for salt in ["0", "digest", "max"] {
        let signature = try run(
          "\(sign) -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:\(salt) message | xxd -p | tr -d '\\n'"
        )
        #expect(
          key.isValidPSS(
            try decoded(signature), digest: digest, algorithm: algorithm),
          "\(algorithm.name), salt \(salt)")
      }
      let signature = try run("\(sign) message | xxd -p | tr -d '\\n'")
      #expect(
        key.isValidPKCS1(
          try decoded(signature), digest: digest, algorithm: algorithm))

      let encrypted = try #require(
        key.encryptOAEP(
          [1, 2, 0, 3], label: Array("LABEL\0".utf8), algorithm: algorithm))
      try Data(encrypted).write(to: folder.appending(path: "encrypted"))
      let decrypted = try run(
        "openssl pkeyutl -decrypt -inkey key.pem -in encrypted -pkeyopt rsa_padding_mode:oaep"
          + " -pkeyopt rsa_oaep_md:\(algorithm.name) -pkeyopt rsa_mgf1_md:\(algorithm.name)"
          + " -pkeyopt rsa_oaep_label:4c4142454c00 | xxd -p")
      #expect(decrypted == "01020003")
    }
  }

  @Test("a message that is too long is not encrypted")
  func encryptionLimits() throws {
    let key = try key()
    func encrypt(_ count: Int) -> [UInt8]? {
      key.encryptOAEP([UInt8](repeating: 1, count: count), label: [], algorithm: .sha256)
    }
    #expect(encrypt(128 - 66)?.count == 128)
    #expect(encrypt(128 - 65) == nil)
  }
}
