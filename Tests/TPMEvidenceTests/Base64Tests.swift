import Foundation
import Testing

@testable import TPMEvidence

@Suite("Base64")
struct Base64Tests {
  @Test("the text of bytes is what Foundation writes, and is read back, for every length and letter")
  func agreesWithFoundation() {
    for length in 0..<70 {
      for start in stride(from: 0, to: 256, by: 7) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: start + $0 * 37) }
        let text = Base64.encode(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text.utf8) == bytes)
        #expect(Base64.decode(text.utf8.filter { $0 != UInt8(ascii: "=") }) == bytes)
      }
    }
  }

  @Test("bytes that do not lie together are read all the same, and every letter that is none is refused")
  func everyLetter() {
    let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)
    for letter in UInt8.min...UInt8.max {
      for place in 0..<8 {
        var text = Array("AAAAAAAA".utf8)
        text[place] = letter
        let isText = letters.contains(letter) || letter == UInt8(ascii: "=") && place == 7
        #expect((Base64.decode(text) != nil) == isText, "\(letter) at \(place)")
        #expect(Base64.decode(text.lazy.map { $0 }) == Base64.decode(text))
      }
    }
    #expect(Base64.decode([]) == [])
  }

  @Test("the alphabet of URLs means the same")
  func urls() {
    #expect(Base64.decode("-_-_".utf8) == Base64.decode("+/+/".utf8))
    #expect(Base64.decode("-_-_".utf8) == [0xFB, 0xFF, 0xBF])
  }

  @Test(
    "what is not base64 is refused",
    arguments: [
      "A", "AAAAA", "AB=", "AA===", "AAA==", "AAAA=", "=", "====", "AA=A", "AA AA", "AAAA\n", "AA*A", "AB==",
      "AAB=",
      "ÄÄ",
    ])
  func refuses(text: String) {
    #expect(Base64.decode(text.utf8) == nil)
  }
}

@Suite("Hexadecimal text")
struct HexadecimalTests {
  @Test("bytes are written in lower case and read in either, with 0x or without")
  func roundTrip() {
    let all = (0...255).map { UInt8($0) }
    #expect(hexadecimal(all).hasPrefix("000102") && hexadecimal(all).hasSuffix("fdfeff"))
    #expect(bytes(hexadecimal: hexadecimal(all).utf8) == all)
    #expect(bytes(hexadecimal: "0xAbCd".utf8) == [0xAB, 0xCD])
    #expect(bytes(hexadecimal: "".utf8) == [])
  }

  @Test("what is not hexadecimal is refused", arguments: ["a", "0x1", "0xg0", "1 2", "xx", "00x1", "１２"])
  func refuses(text: String) {
    #expect(bytes(hexadecimal: text.utf8) == nil)
  }
}

@Suite("Text in UTF-16")
struct UTF16TextTests {
  @Test("it is what the standard library makes of it, halves of surrogates and all")
  func agreesWithLibrary() {
    var chance = SystemRandomNumberGenerator()
    let kinds: [ClosedRange<UInt16>] = [
      0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xD800...0xDBFF, 0xDC00...0xDFFF, 0xE000...0xFFFF, 0...0,
    ]
    for length in 0..<40 {
      for _ in 0..<50 {
        let units = (0..<length).map { _ in UInt16.random(in: kinds.randomElement() ?? 0...0, using: &chance)
        }
        let bytes: [UInt8] = units.flatMap { little($0) } + (length % 3 == 0 ? [7] : [])
        let kept = units.prefix((units.lastIndex { $0 != 0 } ?? -1) + 1)
        #expect(textOfUTF16(bytes[...]) == String(decoding: kept, as: UTF16.self), "\(units)")
      }
    }
  }
}
