import Cryptography

/// An RSA public key, for signatures of a TPM or of a service and for secrets to a TPM. What is computed with it is computed by libcrypto.
package struct RSAPublicKey: Hashable, Sendable {
  /// The modulus, most significant byte first, without leading zeros.
  package let modulus: [UInt8]
  /// The public exponent.
  package let exponent: UInt64

  /// The longest modulus that is computed with, in bits.
  package static let greatestBitCount = 4096

  /// A key of a modulus, most significant byte first; leading zeros are left out. Nil for what is no RSA key: a modulus that is even, shorter
  /// than 512 bits or longer than ``greatestBitCount``, or an exponent that is even or 1.
  package init?(modulus: some Collection<UInt8>, exponent: UInt64) {
    let bytes = Array(modulus.drop { $0 == 0 })
    guard let last = bytes.last, last & 1 == 1, (64...Self.greatestBitCount / 8).contains(bytes.count),
      exponent > 1, exponent & 1 == 1
    else { return nil }
    self.modulus = bytes
    self.exponent = exponent
  }

  /// How many bytes a message and a signature have.
  package var byteCount: Int { modulus.count }

  /// The length of the modulus in bits.
  package var bitCount: Int { modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0) }

  /// Whether a signature over this digest is valid by RSASSA-PSS (RFC 8017, 8.1.2) with the digest's algorithm in the mask too and a salt of
  /// any length: TPMs take the longest that fits, or one as long as the digest (TPM 2.0 Library, part 1, B.7). Nothing is valid without
  /// libcrypto.
  package func isValidPSS(_ signature: [UInt8], digest: [UInt8], algorithm: HashAlgorithm) -> Bool {
    isValid(signature, digest, algorithm, .pss)
  }

  /// Whether a signature over this digest is valid by RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2). Nothing is valid without libcrypto.
  package func isValidPKCS1(_ signature: [UInt8], digest: [UInt8], algorithm: HashAlgorithm) -> Bool {
    isValid(signature, digest, algorithm, .pkcs1)
  }

  private func isValid(
    _ signature: [UInt8], _ digest: [UInt8], _ algorithm: HashAlgorithm, _ padding: LibCrypto.Padding
  ) -> Bool {
    guard let hash = algorithm.libraryHash, let library = LibCrypto.installed,
      digest.count == algorithm.byteCount, signature.count == byteCount
    else { return false }
    return library.isValid(
      signature, digest: digest, hash, padding: padding, modulus: modulus, exponent: exponent)
  }

  /// Encrypts a message by RSAES-OAEP (RFC 8017, 7.1.1) with a label, and with the algorithm in the mask too.
  ///
  /// Nil when the message is too long, the algorithm cannot be computed, or there is no libcrypto.
  func encryptOAEP(_ message: [UInt8], label: [UInt8], algorithm: HashAlgorithm) -> [UInt8]? {
    guard let hash = algorithm.libraryHash else { return nil }
    return LibCrypto.installed?.encryptOAEP(
      message, label: label, hash, modulus: modulus, exponent: exponent)
  }
}
