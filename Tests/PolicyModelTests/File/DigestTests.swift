import Testing

@testable import PolicyModel

@Suite("RunningDigest")
struct RunningDigestTests {
  @Test("a digest is the same however the bytes are cut")
  func pieces() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ $0 >> 3) }
    for count in [0, 1, 55, 56, 63, 64, 65, 127, 128, 129, 1000] {
      let whole = Digest.sha256(Array(bytes.prefix(count)))
      for size in [1, 7, 63, 64, 65, 200] {
        var digest = RunningDigest()
        for start in stride(from: 0, to: count, by: size) {
          bytes[start..<min(start + size, count)].withUnsafeBytes { digest.update($0) }
        }
        #expect(digest.finish() == whole, "\(count) bytes in pieces of \(size)")
      }
    }
    #expect(
      Digest.sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
