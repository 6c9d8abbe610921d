import Diagnostics
import Testing

@Suite struct SourcePickerTests {
  private static let line = String(repeating: "é", count: 3000) + "<x>ü</x>"
  private static let text = "\u{FEFF}one\r\ntwo\n" + line + "\nfour\r\n\n"

  private func pieces(_ places: [SourcePosition], of text: String = text, size: Int = 7) -> [SourcePiece] {
    var picker = SourcePicker(places)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      guard Array(rest.prefix(size)).withUnsafeBytes({ picker.feed($0) }) else { break }
      rest = rest.dropFirst(size)
    }
    return picker.finish()
  }

  @Test("a place in a part that was picked is told as in the whole file")
  func places() {
    let whole = LineIndex(Array(Self.text.utf8))
    let wanted = [
      SourcePosition(line: 1, column: 2), SourcePosition(line: 3, column: 6001),
      SourcePosition(line: 3, column: 6004), SourcePosition(line: 3, column: 1),
      SourcePosition(line: 4, column: 5), SourcePosition(line: 5, column: 1),
    ]
    for size in [1, 5, 512, 100_000] {
      let file = SourceFile(name: "a", pieces: pieces(wanted, size: size))
      #expect(file.bytes.count < 4000)
      let parts = LineIndex(file)
      for place in wanted {
        let offset = parts.offset(of: place, in: .bytes)
        let real = whole.offset(of: place, in: .bytes)
        #expect(parts.position(at: offset) == whole.position(at: real), "\(place)")
        #expect(parts.position(at: offset, in: .bytes) == place)
      }
    }
  }

  @Test("the lines are shown with their numbers in the file")
  func rendering() {
    var sources = SourceMap()
    let file = SourceFile(name: "a.xml", pieces: pieces([SourcePosition(line: 4, column: 1)]))
    let id = sources.add(file)
    let finding = Diagnostic(
      "XX0001", .error, "wrong", at: Label(Span(file: id, start: 0, end: 4), "here"))
    #expect(
      TerminalRenderer(sources).render([finding])
        == """
        error[XX0001]: wrong
          ┌─ a.xml:4:1
          │
        4 │ four
          │ ━━━━ here


        """)
    #expect(JSONRenderer(sources).render([finding]).contains(#""start":{"offset":6022,"line":4,"column":1}"#))
  }

  @Test("what cannot be read a second time keeps its lines and columns")
  func unread() {
    var sources = SourceMap()
    let picker = SourcePicker([SourcePosition(line: 900, column: 7), SourcePosition(line: 900, column: 12)])
    let file = SourceFile(name: "a.xml", pieces: picker.finish())
    let id = sources.add(file)
    let lines = LineIndex(file)
    let start = UInt32(lines.offset(of: SourcePosition(line: 900, column: 12), in: .bytes))
    let finding = Diagnostic(
      "XX0001", .error, "wrong", at: Label(Span(file: id, start: start, end: start), "here"))
    #expect(TerminalRenderer(sources).render([finding]).contains("┌─ a.xml:900:12\n"))
    #expect(JSONRenderer(sources).render([finding]).contains(#""start":{"line":900,"column":12}"#))
  }
}
