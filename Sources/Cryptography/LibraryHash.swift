import COpenSSL

/// A hash function of libcrypto, by the name that it has there.
package enum LibraryHash: String, CaseIterable, Sendable {
  case sha1 = "SHA1"
  case sha256 = "SHA2-256"
  case sha384 = "SHA2-384"
  case sha512 = "SHA2-512"
  case sm3 = "SM3"

  /// A function that has been looked up (EVP_MD).
  struct Method: @unchecked Sendable {
    let pointer: OpaquePointer

    init?(_ hash: LibraryHash) {
      guard let library = LibCrypto.installed,
        let pointer = library.quietly({ $0.EVP_MD_fetch(library.context, hash.rawValue, nil) })
      else { return nil }
      self.pointer = pointer
    }
  }

  // Each is looked up once and kept.
  private static let sha1Method = Method(.sha1)
  private static let sha256Method = Method(.sha256)
  private static let sha384Method = Method(.sha384)
  private static let sha512Method = Method(.sha512)
  private static let sm3Method = Method(.sm3)

  /// The function; nil where there is no libcrypto, or one that was built without it.
  var method: Method? {
    switch self {
    case .sha1: Self.sha1Method
    case .sha256: Self.sha256Method
    case .sha384: Self.sha384Method
    case .sha512: Self.sha512Method
    case .sm3: Self.sm3Method
    }
  }

  /// Whether it can be computed on this machine.
  package var isAvailable: Bool { method != nil }

  /// Writes the digest of some bytes, over which `digest` may lie; it has as many bytes as the function gives. False where the function is
  /// not available.
  package func write(
    digestOf bytes: UnsafeRawBufferPointer, into digest: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard let library = LibCrypto.installed, let method,
      Int(library.functions.pointee.EVP_MD_get_size(method.pointer)) == digest.count
    else { return false }
    return library.functions.pointee.EVP_Digest(
      bytes.baseAddress, bytes.count, digest.assumingMemoryBound(to: UInt8.self).baseAddress, nil,
      method.pointer, nil) == 1
  }
}
