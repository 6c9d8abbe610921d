import COpenSSL
import TPMEvidence

/// A key of software, of RSA or of an elliptic curve, that signs what a test wants. It calls libcrypto itself, which the tests link.
package final class SigningKey: @unchecked Sendable {
  /// What libcrypto did not do.
  package struct Failure: Error {
    let what: String
  }

  private let key: OpaquePointer
  /// The curve; nil for RSA.
  package let curve: TPMCurve?

  /// A key of RSA with the exponent 65537.
  package init(rsaBits bits: Int) throws {
    key = try Self.made("RSA") { EVP_PKEY_CTX_set_rsa_keygen_bits($0, Int32(bits)) }
    curve = nil
  }

  /// A key of an elliptic curve.
  package init(_ curve: TPMCurve = .p256) {
    let names: [TPMCurve: String] = [.p256: "P-256", .p384: "P-384", .p521: "P-521"]
    do {
      key = try Self.made("EC") { EVP_PKEY_CTX_set_group_name($0, names[curve] ?? "") }
    } catch { fatalError("\(error)") }
    self.curve = curve
  }

  deinit { EVP_PKEY_free(key) }

  private static func made(_ kind: String, _ prepare: (OpaquePointer) -> Int32) throws -> OpaquePointer {
    guard let maker = EVP_PKEY_CTX_new_from_name(nil, kind, nil) else { throw Failure(what: kind) }
    defer { EVP_PKEY_CTX_free(maker) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(maker) == 1, prepare(maker) == 1, EVP_PKEY_generate(maker, &key) == 1,
      let key
    else { throw Failure(what: "making a key of \(kind)") }
    return key
  }

  /// SubjectPublicKeyInfo (RFC 5280, 4.1.2.7).
  package var subjectPublicKeyInfo: [UInt8] { Self.encoded { i2d_PUBKEY(key, $0) } }

  /// The key as the bit string of its SubjectPublicKeyInfo has it.
  private var bits: ArraySlice<UInt8> {
    var outer = DERReader(subjectPublicKeyInfo[...])
    var parts = DERReader(outer.next()?.content ?? [])
    _ = parts.next()
    return parts.next()?.content.dropFirst() ?? []
  }

  /// The modulus of a key of RSA, without zeros before it.
  package var modulus: [UInt8] {
    var outer = DERReader(bits)
    var numbers = DERReader(outer.next()?.content ?? [])
    return Array(numbers.next()?.content.drop { $0 == 0 } ?? [])
  }

  /// Both coordinates of the point of a curve's key, each in full length.
  package var point: [UInt8] { Array(bits.dropFirst()) }

  /// What it is in a TPM.
  package var publicKey: TPMPublic.Key {
    guard let curve else { return .rsa(modulus: modulus, exponent: 65537) }
    let point = point
    return .ecc(
      curve, x: Array(point.prefix(curve.byteCount)), y: Array(point.suffix(curve.byteCount)))
  }

  /// A signature over a message: a number of RSA, by PKCS #1 or PSS with a salt as long as the hash, or ECDSA-Sig-Value in DER.
  package func signature(over message: [UInt8], _ hash: HashAlgorithm = .sha256, pss: Bool = false) throws
    -> [UInt8]
  {
    guard let run = EVP_MD_CTX_new() else { throw Failure(what: "no memory") }
    defer { EVP_MD_CTX_free(run) }
    var options: OpaquePointer?
    guard EVP_DigestSignInit_ex(run, &options, hash.name, nil, nil, key, nil) == 1,
      !pss || EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1,
      !pss || EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) == 1
    else { throw Failure(what: "preparing a signature") }
    var count = 0
    guard EVP_DigestSign(run, nil, &count, message, message.count) == 1 else {
      throw Failure(what: "the size of a signature")
    }
    var signature = [UInt8](repeating: 0, count: count)
    guard EVP_DigestSign(run, &signature, &count, message, message.count) == 1 else {
      throw Failure(what: "signing")
    }
    return Array(signature.prefix(count))
  }

  /// A signature of ECDSA as both of its numbers in full length.
  package func numbers(over message: [UInt8], _ hash: HashAlgorithm = .sha256) throws -> [UInt8] {
    let signature = try signature(over: message, hash)
    let count = curve?.byteCount ?? 0
    var outer = DERReader(signature[...])
    var parts = DERReader(outer.next()?.content ?? [])
    return [parts.next(), parts.next()].flatMap { part in
      let number = Array(part?.content.drop { $0 == 0 } ?? [])
      return [UInt8](repeating: 0, count: count - number.count) + number
    }
  }

  private static func encoded(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32)
    -> [UInt8]
  {
    var buffer: UnsafeMutablePointer<UInt8>?
    let count = write(&buffer)
    guard count > 0, let buffer else { return [] }
    defer { CRYPTO_free(buffer, #fileID, #line) }
    return Array(UnsafeBufferPointer(start: buffer, count: Int(count)))
  }
}
