import CDigest
import Crypto

/// A way to compute a hash function, which gives the digest without making an array of it.
protocol HashImplementation {
  /// Writes the digest of some bytes; `digest` has as many bytes as the function gives, and may lie over the bytes.
  static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer)
}

/// A hash function of swift-crypto.
enum CryptoHash<Function: HashFunction>: HashImplementation {
  static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
    var function = Function()
    function.update(bufferPointer: bytes)
    function.finalize().withUnsafeBytes { digest.copyMemory(from: $0) }
  }
}

extension SM3: HashImplementation {
  static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
    var function = SM3()
    function.update(bytes)
    digest.copyBytes(from: function.finalize())
  }
}

/// SHA-1 and SHA-256 by the instructions of the processor, for processors that have them. swift-crypto uses the same instructions; what
/// it costs to make and to end one of its hashes is several times what a digest of one or two blocks costs.
enum ProcessorHash {
  /// Whether there are such instructions.
  static let isSupported = cdigest_is_supported()

  enum SHA1: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      cdigest_sha1(
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count,
        digest.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
  }

  enum SHA256: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      cdigest_sha256(
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count,
        digest.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
  }
}
