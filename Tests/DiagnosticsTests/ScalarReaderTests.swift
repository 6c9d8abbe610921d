import TestSupport
import Testing

@testable import Diagnostics

@Suite struct ScalarReaderTests {
  private func scalars(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    var reader = ScalarReader(bytes, 0..<bytes.count)
    var scalars: [Unicode.Scalar] = []
    while let next = reader.next() { scalars.append(next.scalar) }
    return scalars
  }

  @Test(
    "what is not UTF-8 is replaced as Swift replaces it",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC2], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE3, 0x81], [0xE3, 0x81, 0x41],
      [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80], [0xFF, 0xFE, 0x41, 0x00],
      [0xF0, 0x9F, 0x98, 0x80, 0xE3, 0x81, 0x82, 0x7F], [0xF1, 0x80, 0xC3, 0xA9],
    ] as [[UInt8]])
  func replacement(bytes: [UInt8]) {
    #expect(scalars(bytes) == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
  }

  @Test("random bytes are read as Swift reads them, and cover the input")
  func random() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let pool: [UInt8] = [0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xE3, 0xED, 0xF0, 0xF4, 0x9F, 0x90, 0xA0]
      let bytes = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: 0...255, using: &generator) : pool.randomElement(using: &generator) ?? 0
      }
      #expect(scalars(bytes) == Array(String(decoding: bytes, as: UTF8.self).unicodeScalars))
      var reader = ScalarReader(bytes, 0..<bytes.count)
      var end = 0
      while let next = reader.next() {
        #expect(next.bytes.lowerBound == end)
        end = next.bytes.upperBound
      }
      #expect(end == bytes.count)
    }
  }

  @Test("a range beyond the bytes is cut to what there is")
  func clamped() {
    var reader = ScalarReader([0x41, 0x42], 1..<9)
    #expect(reader.next()?.scalar == "B")
    #expect(reader.next() == nil)
  }
}
