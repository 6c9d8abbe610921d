import CDigest

/// Digests as outputs name them.
package enum Digest {
  /// SHA-256 in lower-case hexadecimal.
  package static func sha256(_ bytes: [UInt8]) -> String {
    var digest = RunningDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }
}

/// SHA-256 of bytes that come in pieces.
package struct RunningDigest {
  private var stream = cdigest_sha256_stream()

  /// A digest before the first byte.
  package init() { cdigest_sha256_start(&stream) }

  /// Takes the next bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    cdigest_sha256_update(&stream, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
  }

  /// The digest in lower-case hexadecimal; no more bytes are taken then.
  package mutating func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    cdigest_sha256_finish(&stream, &digest)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
