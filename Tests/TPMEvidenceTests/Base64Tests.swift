import Foundation
import TPMEvidence
import Testing

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
