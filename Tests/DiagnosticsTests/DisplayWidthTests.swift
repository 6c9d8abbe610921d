import Testing

@testable import Diagnostics

@Suite struct DisplayWidthTests {
  @Test(
    "a text takes as many cells as a terminal gives it",
    arguments: [
      ("", 0), ("abc", 3), ("日本語", 6), ("ｱｲｳ", 3), ("ＡＢ", 4), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("e\u{301}", 1), ("が", 2), ("か\u{3099}", 2), ("ก\u{E33}", 2), ("नि", 2), ("क\u{94D}ष", 2),
      ("😀", 2), ("👨‍👩‍👧‍👦", 2), ("👍🏽", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 1),
      ("🇯🇵", 2), ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2), ("葛\u{E0100}", 2),
      ("┌─│", 3), ("𠮷", 2), ("〿", 1), ("…", 1), ("a\u{200D}b", 2),
    ])
  func width(text: String, cells: Int) {
    #expect(displayWidth(of: text) == cells)
  }

  @Test(
    "what must not reach a terminal takes the cells of what is shown instead",
    arguments: [
      ("\u{7}", "␇"), ("\u{1B}[31m", "␛[31m"), ("\u{7F}", "␡"), ("\u{9B}", "<U+009B>"), ("a\r\nb", "a␍␊b"),
      ("\u{202E}x\u{2066}", "<U+202E>x<U+2066>"), ("\u{200B}", "<U+200B>"), ("\u{FEFF}", "<U+FEFF>"),
      ("\u{E0041}", "<U+E0041>"), ("\u{2028}", "<U+2028>"), ("soft\u{AD}", "soft<U+00AD>"), ("a\tb", "a b"),
    ])
  func escapes(text: String, shown: String) {
    #expect(visible(text) == shown)
    #expect(displayWidth(of: text, tabWidth: 1) == shown.unicodeScalars.count)
  }

  @Test("what is shown has no control and no bidirectional control, whatever came in")
  func everyScalar() {
    for value in (UInt32(0)...0x10FFFF) {
      guard let scalar = Unicode.Scalar(value),
        scalar.properties.generalCategory == .control || value < 0x3000
      else {
        continue
      }
      for repertoire in [TextRepertoire.unicode, .ascii] {
        for shown in visible(String(scalar), in: repertoire).unicodeScalars {
          #expect(
            shown.value >= 0x20 && !(0x7F...0x9F).contains(shown.value) && !HiddenScalars.reorders(shown))
          #expect(repertoire == .unicode || shown.isASCII)
        }
      }
    }
  }

  @Test("ASCII has stand-ins for punctuation and escapes for the rest")
  func ascii() {
    #expect(visible("a ≥ “b” … 日", in: .ascii) == "a >= \"b\" ... <U+65E5>")
    #expect(displayWidth(of: "≥日", in: .ascii) == 10)
  }

  @Test("a tab goes to the next stop")
  func tabs() {
    #expect(displayWidth(of: "\t") == 4)
    #expect(displayWidth(of: "abc\t") == 4)
    #expect(displayWidth(of: "abcd\t") == 8)
    #expect(displayWidth(of: "日本\tx") == 9)
    #expect(displayWidth(of: "a\tb", tabWidth: 8) == 9)
    #expect(displayWidth(of: "\t\t", tabWidth: 0) == 2)
  }

  @Test(
    "wide ranges begin and end where Unicode says",
    arguments: [
      (0x10FF, false), (0x1100, true), (0x115F, true), (0x1160, false), (0x231A, true), (0x231C, false),
      (0x2E7F, false), (0x2E80, true), (0x303E, true), (0x303F, false), (0x3041, true), (0x4E00, true),
      (0x9FFF, true), (0xA4CF, false), (0xABFF, false), (0xAC00, true), (0xD7A3, true), (0xD7A4, false),
      (0xFF00, false), (0xFF01, true), (0xFF60, true), (0xFF61, false), (0xFFE6, true), (0x1F5FA, false),
      (0x1F5FB, true), (0x1F1E6, false), (0x20000, true), (0x3FFFD, true), (0x3FFFE, false),
      (0x10FFFF, false),
    ] as [(UInt32, Bool)])
  func wideRanges(value: UInt32, isWide: Bool) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(EastAsianWidth.isWide(scalar) == isWide)
  }

  @Test("every scalar that is shown as an emoji by itself is wide, flags' letters excepted")
  func emoji() {
    for value in UInt32(0x80)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isEmojiPresentation,
        !(0x1F1E6...0x1F1FF).contains(value)
      else { continue }
      #expect(EastAsianWidth.isWide(scalar), "\(CellPen.escape(scalar))")
    }
  }
}
