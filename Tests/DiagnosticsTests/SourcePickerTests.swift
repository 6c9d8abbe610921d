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
    let wanted = [3, 4, 6012, 6015, 12, 6026, 6028].map { whole.position(at: $0) }
    for size in [1, 5, 512, 100_000] {
      let file = SourceFile(name: "a", pieces: pieces(wanted, size: size))
      #expect(file.bytes.count < 4000)
      let parts = LineIndex(file)
      for place in wanted {
        let offset = parts.offset(of: place)
        #expect(parts.position(at: offset) == place)
      }
    }
  }

  @Test("the lines are shown with their numbers in the file")
  func rendering() {
    var sources = SourceMap()
    let file = SourceFile(name: "a.xml", pieces: pieces([SourcePosition(line: 4, column: 1, offset: 6022)]))
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

  @Test("what cannot be read a second time keeps its places")
  func unread() {
    var sources = SourceMap()
    let place = SourcePosition(line: 900, column: 12, offset: 40_012)
    let picker = SourcePicker([SourcePosition(line: 900, column: 7, offset: 40_007), place])
    let file = SourceFile(name: "a.xml", pieces: picker.finish())
    let id = sources.add(file)
    let lines = LineIndex(file)
    let start = UInt32(lines.offset(of: place))
    let finding = Diagnostic(
      "XX0001", .error, "wrong", at: Label(Span(file: id, start: start, end: start), "here"))
    #expect(TerminalRenderer(sources).render([finding]).contains("┌─ a.xml:900:12\n"))
    #expect(
      JSONRenderer(sources).render([finding]).contains(#""start":{"offset":40012,"line":900,"column":12}"#))
  }
}
