import Cryptography

/// How a TPM derives keys from secrets (TPM 2.0 Library, part 1, 11.4.10).
enum TPMKeyDerivation {
  /// KDFa: the counter mode of SP 800-108 over HMAC. `byteCount` bytes; nil for a hash that cannot be computed.
  static func a(
    _ algorithm: HashAlgorithm, key: [UInt8], label: String, contextU: [UInt8] = [], contextV: [UInt8] = [],
    byteCount: Int
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    var counter: UInt32 = 1
    while bytes.count < byteCount {
      let message =
        bigEndian(counter) + label.utf8 + [0] + contextU + contextV + bigEndian(UInt32(byteCount * 8))
      guard let block = hmac(algorithm, key: key, message) else { return nil }
      bytes += block
      counter += 1
    }
    return Array(bytes.prefix(byteCount))
  }

  /// KDFe: the concatenation of SP 800-56A, from the x coordinate of a shared point. Nil for a hash that cannot be computed.
  static func e(
    _ algorithm: HashAlgorithm, shared: [UInt8], label: String, partyU: [UInt8], partyV: [UInt8],
    byteCount: Int
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    var counter: UInt32 = 1
    while bytes.count < byteCount {
      let message = bigEndian(counter) + shared + label.utf8 + [0] + partyU + partyV
      guard let block = algorithm.digest(of: message) else { return nil }
      bytes += block
      counter += 1
    }
    return Array(bytes.prefix(byteCount))
  }

  /// HMAC; nil for a hash that cannot be computed, and without libcrypto.
  static func hmac(_ algorithm: HashAlgorithm, key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
    algorithm.libraryHash.flatMap { LibCrypto.installed?.hmac($0, key: key, message) }
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }
}
