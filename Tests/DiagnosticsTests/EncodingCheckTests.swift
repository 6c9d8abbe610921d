import Testing

@testable import Diagnostics

@Suite struct EncodingCheckTests {
  private func finding(_ bytes: [UInt8]) -> Diagnostic? {
    var sources = SourceMap()
    let file = SourceFile(name: "a.attpolicy", bytes: bytes)
    return file.encodingFinding(as: sources.add(file))
  }

  @Test("UTF-8 has no finding", arguments: ["", "policy", "\u{FEFF}日本語 e\u{301} 😀\r\n", "\u{1}\u{7F}"])
  func good(text: String) {
    #expect(finding(Array(text.utf8)) == nil)
  }

  @Test("the first byte that is not UTF-8 is told and pointed at")
  func notUTF8() {
    let found = finding(Array("Ger".utf8) + [0xE4, 0x74, 0xFF])
    #expect(found?.code == "AP9002")
    #expect(found?.message == "'a.attpolicy' is not UTF-8: the byte E4 at offset 3 is no part of a character")
    #expect(found?.primary?.span.start == 3 && found?.primary?.span.end == 4)
  }

  @Test("a character that is cut off at the end is not UTF-8")
  func cutOff() {
    let found = finding([0x61, 0xE3, 0x81])
    #expect(found?.primary?.span.start == 1 && found?.primary?.span.end == 3)
  }

  @Test("a NUL byte is told where it is")
  func nul() {
    let found = finding(Array("policy hello".utf8) + [0, 0xFF])
    #expect(found?.code == "AP9003")
    #expect(found?.primary?.span.start == 12 && found?.primary?.span.end == 13)
  }

  @Test("UTF-16 is recognised with and without its mark", arguments: [true, false], [true, false])
  func utf16(isBigEndian: Bool, hasMark: Bool) {
    let units = ((hasMark ? "\u{FEFF}" : "") + "policy hello version 1.0.0").utf16
    let bytes = units.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
    #expect(finding(bytes)?.message == "'a.attpolicy' is UTF-16; UTF-8 is needed")
  }

  @Test("a defect is found wherever it stands")
  func everyOffset() {
    for offset in 0..<40 {
      for byte in [0x00, 0x80, 0xC3, 0xFF] as [UInt8] {
        var bytes = [UInt8](repeating: 0x61, count: 40)
        bytes[offset] = byte
        #expect(EncodingDefect(of: bytes)?.bytes == offset..<offset + 1)
      }
    }
  }
}
