extension RSAPublicKey {
  /// Encrypts a message by RSAES-OAEP (RFC 8017, 7.1.1) with a label, and with the algorithm in the mask too.
  ///
  /// The seed is as long as a digest and must be random and used once. Nil when it is not of that length, the message is too long, or the
  /// algorithm cannot be computed.
  public func encryptOAEP(
    _ message: [UInt8], label: [UInt8], algorithm: HashAlgorithm, seed: [UInt8]
  ) -> [UInt8]? {
    guard let labelHash = algorithm.digest(of: label), seed.count == labelHash.count else { return nil }
    let zeros = byteCount - message.count - 2 * labelHash.count - 2
    guard zeros >= 0 else { return nil }
    let block = labelHash + [UInt8](repeating: 0, count: zeros) + [1] + message
    guard let blockMask = maskMGF1(seed: seed, count: block.count, algorithm: algorithm) else { return nil }
    let maskedBlock = zip(block, blockMask).map { $0 ^ $1 }
    guard let seedMask = maskMGF1(seed: maskedBlock, count: seed.count, algorithm: algorithm) else {
      return nil
    }
    return raise([0] + zip(seed, seedMask).map { $0 ^ $1 } + maskedBlock)
  }
}
