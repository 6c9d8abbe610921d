import Cryptography

/// What TPM2_MakeCredential computes, without a TPM (TPM 2.0 Library, part 1, 24; part 3, 12.6): a secret that only the TPM with an
/// endorsement key can recover, and only when it also holds the key of a given name.
package enum Credential {
  /// Why no credential is made.
  package enum Defect: Error, Hashable, Sendable, CustomStringConvertible {
    /// The secret has more bytes than the digest of the endorsement key's hash, or none.
    case secretLength(Int, limit: Int)
    /// The endorsement key cannot protect a credential; the text says why.
    case endorsementKey(String)
    /// There is no libcrypto on this machine.
    case noLibrary

    /// One sentence without a full stop.
    package var description: String {
      switch self {
      case .secretLength(let count, let limit):
        "the secret has \(count) bytes, where the endorsement key takes 1 to \(limit)"
      case .endorsementKey(let reason): "the endorsement key cannot take a challenge: \(reason)"
      case .noLibrary: LibCrypto.advice
      }
    }
  }

  /// Protects a secret for the TPM with this endorsement key and a key of this name.
  ///
  /// - Parameter random: Where the seed comes from that the endorsement key protects. What RSA and elliptic curves need beside it is libcrypto's
  ///   own, so that the same seed makes another challenge each time.
  package static func make(
    secret: [UInt8], for attestationKeyName: [UInt8], to endorsementKey: TPMPublic,
    random: inout some RandomNumberGenerator
  ) throws(Defect) -> Challenge {
    guard let library = LibCrypto.installed else { throw .noLibrary }
    let algorithm = endorsementKey.nameAlgorithm
    guard let digestCount = algorithm.byteCount, TPMKeyDerivation.hmac(algorithm, key: [], []) != nil else {
      throw .endorsementKey("its name is made by \(algorithm.name), with which no keys are derived here")
    }
    guard (1...digestCount).contains(secret.count) else {
      throw .secretLength(secret.count, limit: digestCount)
    }
    guard endorsementKey.attributes.contains(.restricted), endorsementKey.attributes.contains(.decrypt) else {
      throw .endorsementKey("it is no restricted key that decrypts")
    }
    guard let symmetric = endorsementKey.symmetric, symmetric.algorithm == .aes, symmetric.mode == .cfb,
      [128, 192, 256].contains(symmetric.keyBits)
    else { throw .endorsementKey("it protects its children by another cipher than AES in the mode CFB") }

    let (seed, encryptedSecret) = try seed(for: endorsementKey, count: digestCount, random: &random)
    let sized = [UInt8(secret.count >> 8), UInt8(secret.count & 0xFF)] + secret
    guard
      let cipherKey = TPMKeyDerivation.a(
        algorithm, key: seed, label: "STORAGE", contextU: attestationKeyName,
        byteCount: Int(symmetric.keyBits) / 8),
      let encrypted = library.encryptAESCFB(sized, key: cipherKey),
      let integrityKey = TPMKeyDerivation.a(algorithm, key: seed, label: "INTEGRITY", byteCount: digestCount),
      let integrity = TPMKeyDerivation.hmac(algorithm, key: integrityKey, encrypted + attestationKeyName)
    else { throw .endorsementKey("its algorithms cannot be computed here") }
    return Challenge(
      attestationKeyName: attestationKeyName, endorsementKeyName: endorsementKey.name,
      credential: [UInt8(integrity.count >> 8), UInt8(integrity.count & 0xFF)] + integrity + encrypted,
      encryptedSecret: encryptedSecret)
  }

  /// What the seed and its way to the TPM are bound to (part 1, table "Defined labels").
  private static let label = "IDENTITY"

  /// A seed that only the endorsement key's holder recovers, and what they recover it from (part 1, B.10.3 and C.6.3).
  private static func seed(
    for endorsementKey: TPMPublic, count: Int, random: inout some RandomNumberGenerator
  ) throws(Defect) -> (seed: [UInt8], encrypted: [UInt8]) {
    let algorithm = endorsementKey.nameAlgorithm
    switch endorsementKey.key {
    case .rsa(let modulus, let exponent):
      let seed = bytes(count, from: &random)
      guard let key = RSAPublicKey(modulus: modulus, exponent: UInt64(exponent)),
        let encrypted = key.encryptOAEP(seed, label: label.utf8 + [0], algorithm: algorithm)
      else {
        throw .endorsementKey("its modulus is not one of 1024 to \(RSAPublicKey.greatestBitCount) bits")
      }
      return (seed, encrypted)
    case .ecc(let curve, let x, let y):
      guard let exchange = curve.exchange(with: [4] + x + y) else {
        throw .endorsementKey("its point is not on the curve \(curve.name)")
      }
      let ephemeralX = Array(exchange.ephemeral.dropFirst().prefix(curve.byteCount))
      let ephemeralY = Array(exchange.ephemeral.suffix(curve.byteCount))
      guard
        let seed = TPMKeyDerivation.e(
          algorithm, shared: exchange.shared, label: label, partyU: ephemeralX, partyV: x, byteCount: count)
      else { throw .endorsementKey("its algorithms cannot be computed here") }
      let size = [0, UInt8(curve.byteCount)]
      return (seed, size + ephemeralX + size + ephemeralY)
    }
  }

  private static func bytes(_ count: Int, from random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }
}
