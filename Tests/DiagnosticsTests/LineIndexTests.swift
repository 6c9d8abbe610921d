import Diagnostics
import Testing

@Suite struct LineIndexTests {
  private func index(_ text: String) -> LineIndex { LineIndex(Array(text.utf8)) }

  private func line(_ number: Int, of index: LineIndex) -> String {
    String(decoding: index.bytes[index.content(ofLine: number)], as: UTF8.self)
  }

  @Test("LF, CR LF and a lone CR each end one line")
  func lineEnds() {
    let index = index("a\nb\r\nc\rd\n\re")
    #expect((1...index.lineCount).map { line($0, of: index) } == ["a", "b", "c", "d", "", "e"])
  }

  @Test("a text that ends with a line end has an empty last line", arguments: ["a\n", "a\r\n", "a\r"])
  func lastLine(text: String) {
    let index = index(text)
    #expect(index.lineCount == 2)
    #expect(
      index.position(at: text.utf8.count) == SourcePosition(line: 2, column: 1, offset: text.utf8.count))
  }

  @Test("an empty text has one empty line")
  func empty() {
    let index = index("")
    #expect(index.lineCount == 1)
    #expect(index.position(at: 0) == .start)
    #expect(index.position(at: 7) == .start)
  }

  @Test("a byte order mark belongs to no column")
  func byteOrderMark() {
    let index = index("\u{FEFF}policy\nx")
    #expect(index.position(at: 3) == SourcePosition(line: 1, column: 1, offset: 3))
    #expect(index.position(at: 0) == .start)
    #expect(index.position(at: 4) == SourcePosition(line: 1, column: 2, offset: 4))
    #expect(index.offset(of: .start) == 3)
    #expect(line(1, of: index) == "policy")
  }

  @Test("an offset within CR LF is the end of the line's text")
  func withinLineEnd() {
    let index = index("ab\r\nc")
    #expect(index.position(at: 2) == SourcePosition(line: 1, column: 3, offset: 2))
    #expect(index.position(at: 3) == SourcePosition(line: 1, column: 3, offset: 3))
    #expect(index.position(at: 4) == SourcePosition(line: 2, column: 1, offset: 4))
  }

  @Test("a place that is moved over bytes is the place that the index has, whatever ends the lines")
  func advancing() {
    let text = Array("\tab\tc\r\n日本 語\n\n😀e\u{301}\r終\n\r\r\n".utf8)
    let index = LineIndex(text)
    for start in text.indices where text[start] & 0xC0 != 0x80 && text[start] != 0x0A {
      let place = index.position(at: start)
      for end in start...text.count where end == text.count || text[end] != 0x0A || text[end - 1] != 0x0D {
        #expect(place.advanced(to: end, of: text[start...]) == index.position(at: end))
      }
    }
  }

  @Test("a place that a text does not have gives the nearest offset")
  func nearestOffset() {
    let index = index("ab\ncd")
    #expect(index.offset(of: SourcePosition(line: 9, column: 1, offset: 99)) == 5)
    #expect(index.offset(of: SourcePosition(line: 0, column: .min, offset: .min)) == 0)
  }

  @Test("columns are right far out on a very long line")
  func longLine() {
    let index = index(String(repeating: "日", count: 100_000) + "\n" + String(repeating: "é", count: 9_000))
    #expect(index.position(at: 3 * 99_999) == SourcePosition(line: 1, column: 100_000, offset: 299_997))
    #expect(
      index.position(at: 300_001 + 2 * 8_000) == SourcePosition(line: 2, column: 8_001, offset: 316_001))
  }

  @Test("bytes that are not UTF-8 do not disturb the columns before them")
  func invalidBytes() {
    let index = LineIndex([0x61, 0xC3, 0xA9, 0xFF, 0xFE, 0x0A, 0xE3, 0x81])
    #expect(index.position(at: 3).column == 3)
    #expect(index.position(at: 8) == SourcePosition(line: 2, column: 2, offset: 8))
  }
}
