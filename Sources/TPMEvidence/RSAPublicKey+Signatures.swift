extension RSAPublicKey {
  /// Whether a signature over this digest is valid by RSASSA-PSS (RFC 8017, 8.1.2) with the digest's algorithm in the mask too and a salt of
  /// any length: TPMs take the longest that fits, or one as long as the digest (TPM 2.0 Library, part 1, B.7).
  public func isValidPSS(_ signature: [UInt8], digest: [UInt8], algorithm: HashAlgorithm) -> Bool {
    guard let hashCount = algorithm.byteCount, digest.count == hashCount, signature.count == byteCount,
      let message = raise(signature)
    else { return false }
    let encodedBits = bitCount - 1
    let encoded = message.suffix((encodedBits + 7) / 8)
    // A modulus of 8n + 1 bits leaves a byte before the encoded message.
    guard message.dropLast(encoded.count).allSatisfy({ $0 == 0 }), encoded.last == 0xBC,
      encoded.count >= hashCount + 2
    else { return false }
    let masked = encoded.dropLast(hashCount + 1)
    let hash = Array(encoded.dropLast().suffix(hashCount))
    let unusedBits = encoded.count * 8 - encodedBits
    guard let first = masked.first, Int(first.leadingZeroBitCount) >= unusedBits,
      let mask = maskMGF1(seed: hash, count: masked.count, algorithm: algorithm)
    else { return false }
    var block = zip(masked, mask).map { $0 ^ $1 }
    block[0] &= 0xFF >> UInt8(unusedBits)
    guard let separator = block.firstIndex(where: { $0 != 0 }), block[separator] == 0x01 else { return false }
    let salted = [UInt8](repeating: 0, count: 8) + digest + block[(separator + 1)...]
    return algorithm.digest(of: salted) == hash
  }

  /// Whether a signature over this digest is valid by RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2).
  public func isValidPKCS1(_ signature: [UInt8], digest: [UInt8], algorithm: HashAlgorithm) -> Bool {
    guard digest.count == algorithm.byteCount, signature.count == byteCount,
      let prefix = Self.digestInfo(algorithm), let message = raise(signature)
    else { return false }
    let padding = byteCount - 3 - prefix.count - digest.count
    guard padding >= 8 else { return false }
    return message == [0, 1] + [UInt8](repeating: 0xFF, count: padding) + [0] + prefix + digest
  }

  /// What stands before a digest in DigestInfo (RFC 8017, 9.2, note 1; SM3: GM/T 0006, 1.2.156.10197.1.401).
  private static func digestInfo(_ algorithm: HashAlgorithm) -> [UInt8]? {
    let identifier: [UInt8]
    switch algorithm {
    case .sha1: identifier = [0x2B, 0x0E, 0x03, 0x02, 0x1A]
    case .sha256: identifier = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
    case .sha384: identifier = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]
    case .sha512: identifier = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]
    case .sm3: identifier = [0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x11]
    default: return nil
    }
    guard let count = algorithm.byteCount else { return nil }
    let named = [0x06, UInt8(identifier.count)] + identifier + [0x05, 0x00]
    let content = [0x30, UInt8(named.count)] + named + [0x04, UInt8(count)]
    return [0x30, UInt8(content.count + count)] + content
  }
}

/// MGF1 (RFC 8017, B.2.1); nil for an algorithm that cannot be computed.
func maskMGF1(seed: [UInt8], count: Int, algorithm: HashAlgorithm) -> [UInt8]? {
  var mask: [UInt8] = []
  var counter: UInt32 = 0
  while mask.count < count {
    guard
      let block = algorithm.digest(
        of: seed + (0..<4).map { UInt8(truncatingIfNeeded: counter >> (24 - 8 * $0)) })
    else { return nil }
    mask += block
    counter += 1
  }
  return Array(mask.prefix(count))
}
