import CDigest

/// Digests as outputs name them.
enum Digest {
  /// SHA-256 in lower-case hexadecimal.
  static func sha256(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var digest = [UInt8](repeating: 0, count: 32)
    cdigest_sha256(bytes, bytes.count, &digest)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
