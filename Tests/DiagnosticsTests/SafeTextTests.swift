import Testing

@testable import Diagnostics

@Suite("Safe lines and texts")
struct SafeTextTests {
  @Test("a line stays one, whatever is in it, and shows what would act on a terminal")
  func lines() {
    #expect(safeLine("a\r\n::x\tb\nc") == "a  ::x b c")
    #expect(safeLine("\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\u{2028}\u{7F}") == "␛]0;x␇<U+009B>2J<U+202E><U+2028>␡")
    #expect(safeLine("é…", in: .ascii) == "<U+00E9>...")
    #expect(safeLine("abcd", limit: 3) == "abc…" && safeLine("abc", limit: 3) == "abc")
    let once = safeLine("\u{1B}\u{85}\u{E0041}é")
    #expect(safeLine(once) == once)
  }

  @Test("a text keeps its lines")
  func texts() {
    #expect(safeText("a\u{1B}\n\n b\r\nc\n") == "a␛\n\n b␍\nc\n")
    #expect(safeText("") == "")
  }

  @Test("JSON has escapes for what is hidden, and says the same")
  func json() {
    let text = Array(#"{"a\n":"é \#u{9B}\#u{202E}\#u{7F}\#u{1BCA0}"}"#.utf8)
    #expect(
      String(decoding: visibleJSON(text), as: UTF8.self) == #"{"a\n":"é \u009b\u202e\u007f\ud82f\udca0"}"#)
    #expect(visibleJSON(Array("[1]".utf8)) == Array("[1]".utf8))
  }

  @Test("every hidden character has an escape in JSON, and no other has")
  func everyHiddenCharacter() {
    var seen = 0
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let isHidden = value == 0x7F || HiddenScalars.contains(scalar)
      guard isHidden || value % 17 == 0 || value < 0x3000 else { continue }
      let bytes = Array("[\"\(scalar)\"]".utf8)
      seen += 1
      if (visibleJSON(bytes) == bytes) == isHidden { Issue.record("U+\(String(value, radix: 16))") }
    }
    #expect(seen > 10_000)
  }
}
