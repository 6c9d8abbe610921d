import Crypto

/// A hash that takes its input piece by piece, and gives the digest without making an array of it.
protocol RunningHash {
  init()
  mutating func update(_ bytes: UnsafeRawBufferPointer)
  /// Writes the digest, which has as many bytes as the place.
  mutating func finish(into digest: UnsafeMutableRawBufferPointer)
}

/// A hash function of swift-crypto.
struct CryptoHash<Function: HashFunction>: RunningHash {
  private var function = Function()

  init() {}

  mutating func update(_ bytes: UnsafeRawBufferPointer) { function.update(bufferPointer: bytes) }

  mutating func finish(into digest: UnsafeMutableRawBufferPointer) {
    function.finalize().withUnsafeBytes { digest.copyMemory(from: $0) }
  }
}

extension SM3: RunningHash {
  mutating func finish(into digest: UnsafeMutableRawBufferPointer) { digest.copyBytes(from: finalize()) }
}
