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
    #expect(index.position(at: text.utf8.count) == SourcePosition(line: 2, column: 1))
  }

  @Test("an empty text has one empty line")
  func empty() {
    let index = index("")
    #expect(index.lineCount == 1)
    #expect(index.position(at: 0) == SourcePosition(line: 1, column: 1))
    #expect(index.position(at: 7) == SourcePosition(line: 1, column: 1))
  }

  @Test("a byte order mark belongs to no column")
  func byteOrderMark() {
    let index = index("\u{FEFF}policy\nx")
    #expect(index.position(at: 3) == SourcePosition(line: 1, column: 1))
    #expect(index.position(at: 0) == SourcePosition(line: 1, column: 1))
    #expect(index.position(at: 4, in: .bytes) == SourcePosition(line: 1, column: 2))
    #expect(line(1, of: index) == "policy")
  }

  @Test("an offset within CR LF is the end of the line's text")
  func withinLineEnd() {
    let index = index("ab\r\nc")
    #expect(index.position(at: 2) == SourcePosition(line: 1, column: 3))
    #expect(index.position(at: 3) == SourcePosition(line: 1, column: 3))
    #expect(index.position(at: 4) == SourcePosition(line: 2, column: 1))
  }

  @Test("a column counts bytes, scalars, UTF-16 units or cells as asked")
  func units() {
    let index = index("\t日e\u{301}😀x")
    let offset = index.bytes.count - 1
    #expect(index.position(at: offset, in: .bytes).column == 1 + 1 + 3 + 3 + 4)
    #expect(index.position(at: offset, in: .scalars).column == 1 + 1 + 1 + 2 + 1)
    #expect(index.position(at: offset, in: .utf16).column == 1 + 1 + 1 + 2 + 2)
    #expect(index.position(at: offset, in: .cells).column == 1 + 4 + 2 + 1 + 2)
    #expect(index.position(at: offset, in: .cells, tabWidth: 8).column == 1 + 8 + 2 + 1 + 2)
  }

  @Test(
    "every offset of a scalar's beginning is found again from its position", arguments: ColumnUnit.allCases)
  func roundTrip(unit: ColumnUnit) {
    let text = "ab\tc\r\n日本 語\n\n😀é\r終\n"
    let index = index(text)
    for line in 1...index.lineCount {
      let content = index.content(ofLine: line)
      for offset in content where index.bytes[offset] & 0xC0 != 0x80 {
        #expect(index.offset(of: index.position(at: offset, in: unit), in: unit) == offset)
      }
      let end = index.position(at: content.upperBound, in: unit)
      #expect(index.offset(of: end, in: unit) == content.upperBound)
    }
  }

  @Test("a position that does not exist gives the nearest offset")
  func nearestOffset() {
    let index = index("ab\ncd")
    #expect(index.offset(of: SourcePosition(line: 1, column: 99)) == 2)
    #expect(index.offset(of: SourcePosition(line: 9, column: 1)) == 5)
    #expect(index.offset(of: SourcePosition(line: 0, column: 1)) == 0)
    #expect(index.offset(of: SourcePosition(line: 1, column: Int.min)) == 0)
    #expect(index.offset(of: SourcePosition(line: 2, column: Int.max), in: .bytes) == 5)
  }

  @Test("columns are right far out on a very long line")
  func longLine() {
    let index = index(String(repeating: "日", count: 100_000) + "\n" + String(repeating: "é", count: 9_000))
    #expect(index.position(at: 3 * 99_999) == SourcePosition(line: 1, column: 100_000))
    #expect(index.position(at: 300_001 + 2 * 8_000) == SourcePosition(line: 2, column: 8_001))
  }

  @Test("bytes that are not UTF-8 do not disturb the columns before them")
  func invalidBytes() {
    let index = LineIndex([0x61, 0xC3, 0xA9, 0xFF, 0xFE, 0x0A, 0xE3, 0x81])
    #expect(index.position(at: 3).column == 3)
    #expect(index.position(at: 8) == SourcePosition(line: 2, column: 2))
  }
}
