import Cryptography

/// A hash algorithm of PCR banks, by its number in the TPM 2.0 Library (TPM_ALG_ID).
package struct HashAlgorithm: RawRepresentable, Hashable, Sendable {
  /// TPM_ALG_ID.
  package let rawValue: UInt16

  /// The algorithm with this number, known or not.
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// TPM_ALG_SHA1.
  package static let sha1 = HashAlgorithm(rawValue: 0x0004)
  /// TPM_ALG_SHA256.
  package static let sha256 = HashAlgorithm(rawValue: 0x000B)
  /// TPM_ALG_SHA384.
  package static let sha384 = HashAlgorithm(rawValue: 0x000C)
  /// TPM_ALG_SHA512.
  package static let sha512 = HashAlgorithm(rawValue: 0x000D)
  /// TPM_ALG_SM3_256.
  package static let sm3 = HashAlgorithm(rawValue: 0x0012)

  /// The algorithms that can be computed here, SHA-1 and SHA-256 without libcrypto too.
  package static let computable: [HashAlgorithm] = [.sha1, .sha256, .sha384, .sha512, .sm3]

  /// The size of a digest in bytes; nil for an algorithm that is not known here.
  package var byteCount: Int? {
    switch self {
    case .sha1: 20
    case .sha256, .sm3: 32
    case .sha384: 48
    case .sha512: 64
    default: nil
    }
  }

  /// `sha256`, or `algorithm 0x0027` for one that is not known here.
  package var name: String {
    switch self {
    case .sha1: "sha1"
    case .sha256: "sha256"
    case .sha384: "sha384"
    case .sha512: "sha512"
    case .sm3: "sm3_256"
    default: "algorithm 0x" + hexadecimal([UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)])
    }
  }

  /// The algorithm of this name, as ``name`` gives it, or nil.
  package init?(name: some StringProtocol) {
    guard let found = Self.computable.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The function of libcrypto; nil for an algorithm that is not known here.
  var libraryHash: LibraryHash? {
    switch self {
    case .sha1: .sha1
    case .sha256: .sha256
    case .sha384: .sha384
    case .sha512: .sha512
    case .sm3: .sm3
    default: nil
    }
  }

  /// How it is computed; nil for an algorithm that cannot be, those that need libcrypto among them where it is not installed.
  var implementation: (any HashImplementation.Type)? {
    switch self {
    case .sha1: OwnHash.SHA1.self
    case .sha256: OwnHash.SHA256.self
    case .sha384: LibraryHash.sha384.isAvailable ? OpenSSLHash.SHA384.self : nil
    case .sha512: LibraryHash.sha512.isAvailable ? OpenSSLHash.SHA512.self : nil
    case .sm3: LibraryHash.sm3.isAvailable ? OpenSSLHash.SM3.self : nil
    default: nil
    }
  }

  /// Why values in a bank of an algorithm that cannot be computed are not told, without a full stop.
  package var obstacle: String {
    libraryHash != nil && LibCrypto.installed == nil
      ? "its values cannot be computed: \(LibCrypto.advice)" : "its values cannot be computed here"
  }

  /// The digest of some bytes; nil for an algorithm that cannot be computed.
  package func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let byteCount, let implementation else { return nil }
    return [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
      implementation.write(digestOf: bytes, into: UnsafeMutableRawBufferPointer(digest))
      count = byteCount
    }
  }

  /// Whether some bytes have this digest; nil for an algorithm that cannot be computed.
  func isDigest(_ digest: UnsafeRawBufferPointer, of bytes: UnsafeRawBufferPointer) -> Bool? {
    guard let byteCount, let implementation else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) { computed in
      implementation.write(digestOf: bytes, into: computed)
      return computed.elementsEqual(digest)
    }
  }

  /// The digest of an array; nil for an algorithm that cannot be computed.
  package func digest(of bytes: [UInt8]) -> [UInt8]? { bytes.withUnsafeBytes { digest(of: $0) } }
}
