import Cryptography

/// A signature by a TPM (TPMT_SIGNATURE; TPM 2.0 Library, part 2, 11.3.4).
package struct TPMSignature: Hashable, Sendable {
  /// RSASSA, RSAPSS or ECDSA.
  package let scheme: TPMAlgorithm
  /// The hash of what is signed.
  package let hash: HashAlgorithm
  /// The signature itself.
  package let value: Value

  /// What a signature is made of.
  package enum Value: Hashable, Sendable {
    /// A number below the modulus.
    case rsa([UInt8])
    /// The two numbers of ECDSA, the most significant byte first.
    case ecdsa(r: [UInt8], s: [UInt8])
  }

  /// The hashes that a signature may be made by. SHA-1 is among them, since older machines have nothing else: see ``isWeak``,
  /// and ``EvidenceTerms/acceptsWeakSignatures`` for whether it counts.
  package static let hashes: [HashAlgorithm] = [.sha1, .sha256, .sha384, .sha512]
  /// The most bytes that are read.
  package static let byteLimit = 2100

  /// Reads TPMT_SIGNATURE. Nothing may follow.
  package init(_ bytes: [UInt8]) throws(TPMStructureError) {
    var reader = TPMReader(bytes[...], of: "the signature")
    guard bytes.count <= Self.byteLimit else {
      throw reader.problem(
        "it has \(bytes.count) bytes, more than the \(Self.byteLimit) that any signature has")
    }
    scheme = TPMAlgorithm(rawValue: try reader.uint16("the scheme"))
    guard [.rsassa, .rsapss, .ecdsa].contains(scheme) else {
      throw reader.problem("it is made by \(scheme.name), where RSASSA, RSAPSS and ECDSA are understood")
    }
    hash = HashAlgorithm(rawValue: try reader.uint16("the hash"))
    guard Self.hashes.contains(hash) else {
      let names = Self.hashes.map(\.name).joined(separator: ", ")
      throw reader.problem("it is made over a hash by \(hash.name), where \(names) are accepted")
    }
    if scheme == .ecdsa {
      let r = try reader.sized("the first number", limit: 66)
      value = .ecdsa(r: Array(r), s: Array(try reader.sized("the second number", limit: 66)))
    } else {
      value = .rsa(Array(try reader.sized("the number", limit: 2048)))
    }
    try reader.finish()
  }

  /// Whether whoever chose what was signed could have had two texts ready for one signature.
  package var isWeak: Bool { hash == .sha1 }

  /// Why this is not the key's signature over the message, as a plain sentence without a full stop; nil when it is.
  ///
  /// The signature's scheme and hash have to be the ones that the key is bound to. A salt of RSAPSS may have any length: TPMs use the
  /// longest that fits, or one as long as the hash.
  package func defect(over message: [UInt8], by key: TPMPublic) -> String? {
    if let bound = key.scheme, bound.algorithm != scheme || bound.hash != hash {
      let hash = bound.hash.map { " with \($0.name)" } ?? ""
      return
        "it is made by \(scheme.name) with \(self.hash.name), and the key signs by \(bound.algorithm.name)\(hash)"
    }
    guard LibCrypto.installed != nil else { return "nothing can verify it here: \(LibCrypto.advice)" }
    let isValid: Bool
    switch (key.key, value) {
    case (.rsa(let modulus, let exponent), .rsa(let signature)):
      guard let key = RSAPublicKey(modulus: modulus, exponent: UInt64(exponent)) else {
        return
          "the key has \(modulus.count * 8) bits, where up to \(RSAPublicKey.greatestBitCount) are understood"
      }
      guard let digest = hash.digest(of: message) else { return "\(hash.name) cannot be computed" }
      isValid =
        scheme == .rsapss
        ? key.isValidPSS(signature, digest: digest, algorithm: hash)
        : key.isValidPKCS1(signature, digest: digest, algorithm: hash)
    case (.ecc(let curve, let x, let y), .ecdsa(let r, let s)):
      guard r.count <= curve.byteCount, s.count <= curve.byteCount else {
        return "its numbers are longer than those of \(curve.name)"
      }
      let signature = Self.padded(r, to: curve.byteCount) + Self.padded(s, to: curve.byteCount)
      guard let answer = curve.isValid(signature, over: message, hash, byPoint: x + y) else {
        return "the key's point is not on \(curve.name)"
      }
      isValid = answer
    case (.rsa, .ecdsa): return "it is one of an elliptic curve, and the key is one of RSA"
    case (.ecc, .rsa): return "it is one of RSA, and the key is one of an elliptic curve"
    }
    return isValid ? nil : "it is not one by the key over these bytes"
  }

  private static func padded(_ number: [UInt8], to count: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: max(count - number.count, 0)) + number
  }
}
