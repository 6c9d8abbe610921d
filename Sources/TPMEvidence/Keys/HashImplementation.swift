import CDigest
import Cryptography

/// A way to compute a hash function, which gives the digest without making an array of it.
protocol HashImplementation {
  /// Writes the digest of some bytes; `digest` has as many bytes as the function gives, and may lie over the bytes.
  static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer)
}

/// SHA-1 and SHA-256 of our own, by the instructions of processors that have them: what it costs a library to make and to end a hash is
/// several times what a digest of one or two blocks costs, and evidence that needs no other hash needs no library for it.
enum OwnHash {
  enum SHA1: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      guard let digest = digest.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      cdigest_sha1(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count, digest)
    }
  }

  enum SHA256: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      guard let digest = digest.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
      cdigest_sha256(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count, digest)
    }
  }
}

extension HashImplementation {
  fileprivate static func write(
    _ hash: LibraryHash, of bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer
  ) {
    // What is left of it can only be memory, which Swift's own arrays do not survive to be without either.
    guard hash.write(digestOf: bytes, into: digest) else { fatalError("no memory for a digest") }
  }
}

/// Hash functions of libcrypto, where ``LibraryHash/isAvailable`` says that it has them.
enum OpenSSLHash {
  enum SHA384: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      write(.sha384, of: bytes, into: digest)
    }
  }

  enum SHA512: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      write(.sha512, of: bytes, into: digest)
    }
  }

  enum SM3: HashImplementation {
    static func write(digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer) {
      write(.sm3, of: bytes, into: digest)
    }
  }
}
