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

  @Test("a text is cut behind so many scalars, and only cut")
  func shortening() {
    #expect(shortened("abcd", limit: 3) == "abc…" && shortened("äöü", limit: 3) == "äöü")
    #expect(shortened("\u{1B}\r\n\u{202E}", limit: 60) == "\u{1B}\r\n\u{202E}")
    #expect(shortened("e\u{301}e\u{301}", limit: 3).unicodeScalars.elementsEqual("e\u{301}e…".unicodeScalars))
  }

  @Test("a terminal gets lines and our colours, and shows everything else that would act on it")
  func terminal() {
    let plain = TerminalStyle()
    #expect(plain.safe("a\u{1B}\n\n b\r\nc\n") == "a␛\n\n b␍␊c\n")
    #expect(plain.safe("").isEmpty && plain.safe("é 日本 ✓\n") == "é 日本 ✓\n")
    #expect(plain.safe("\u{1B}[1;31mx\u{202E}\u{85}") == "␛[1;31mx<U+202E><U+0085>")
    #expect(TerminalStyle(repertoire: .ascii).safe("≥ é\n") == ">= <U+00E9>\n")
    let colored = TerminalStyle(isColored: true)
    for ink in [
      Ink.plain, .emphasis, .severity(.error), .severity(.warning), .severity(.note), .secondary, .frame,
      .help, .success,
    ] {
      let text = colored.paint("x", ink)
      #expect(colored.safe(text) == text)
    }
    #expect(colored.safe("\u{1B}[2J\u{1B}[1mx\u{1B}[0m\u{1B}]0;y\u{7}") == "␛[2J\u{1B}[1mx\u{1B}[0m␛]0;y␇")
  }

  private func json(_ text: String, _ escapes: JSONEscapes) -> String {
    var bytes: [UInt8] = []
    appendJSON(text, escaping: escapes, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("JSON has escapes for what is hidden, a script for markup too, and the canonical form for what must")
  func json() {
    let text = "\"\\/\u{8}\u{C}\n\u{1}é \u{9B}\u{202E}\u{7F}\u{1BCA0}\u{E0041}<日😀>"
    let start = #""\"\\/\b\f\n\u0001é "#
    #expect(json(text, .canonical) == start + "\u{9B}\u{202E}\u{7F}\u{1BCA0}\u{E0041}<日😀>\"")
    #expect(json(text, .hidden) == start + #"\u009b\u202e\u007f\ud82f\udca0\udb40\udc41<日😀>""#)
    #expect(json(text, .script) == start + #"\u009b\u202e\u007f\ud82f\udca0\udb40\udc41\u003c日😀\u003e""#)
  }

  @Test(
    "every hidden character has an escape in JSON, XML, HTML, Markdown, CSV and annotations, and no other has"
  )
  func everyHiddenCharacter() {
    var seen = 0
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let acts =
        value < 0x20 || value == 0x7F || HiddenScalars.contains(scalar) || (0xE0000..<0xE0080).contains(value)
      guard acts || value % 257 == 0 || value < 0x800 else { continue }
      let text = String(scalar)
      seen += 1
      for safe in [
        json(text, .hidden), xmlEscaped(text), htmlEscaped(text), markdownEscaped(text),
        annotationEscaped(text),
        SpreadsheetCell(text).field, yamlQuoted(text), safeLine(text),
      ] where safe.unicodeScalars.contains(scalar) == acts && !"\\&<>\"%'-=+@\u{F000}".contains(text) {
        // YAML has escapes for more than is hidden, and XML has no way to write some.
        if acts || safe == json(text, .hidden) {
          Issue.record("U+\(String(value, radix: 16)): \(safe.debugDescription)")
        }
      }
    }
    #expect(seen > 5_000)
  }

  @Test("markup in a text is none in a document")
  func markup() {
    #expect(
      xmlEscaped("<a b='c'>&\"\n\r\t\u{F000}\u{1}")
        == "&lt;a b='c'&gt;&amp;&quot;&#xA;&#xD;&#x9;&#xF000;\u{FFFD}")
    #expect(xmlEscaped("\u{1}", forbidden: nil) == "\u{1}")
    #expect(htmlEscaped("<a>\n\u{202E}") == "&lt;a&gt; &lt;U+202E&gt;")
    #expect(markdownEscaped("*a* [b](c) &#x202E; |~\n\u{1B}") == ##"\*a\* \[b\](c) \&\#x202E; \|\~ ␛"##)
    #expect(annotationEscaped("50%\r\n::a, b\u{1B}") == "50%25%0D%0A::a, b␛")
    #expect(annotationEscaped("a:b,c", isProperty: true) == "a%3Ab%2Cc")
  }
}
