/// A label that begins and ends on the line above the underline, in cells.
struct UnderlinedLabel {
  let cells: Range<Int>
  let text: String
  let isPrimary: Bool

  /// The cells that its underline takes: one, where it has no length.
  var drawn: Range<Int> { cells.isEmpty ? cells.lowerBound..<(cells.lowerBound + 1) : cells }
}

/// A row of text in pieces of different ink, by cells.
struct InkedRow {
  private(set) var pieces: [(text: String, ink: Ink)] = []
  private(set) var width = 0

  /// Appends a text of as many cells as scalars.
  mutating func append(_ text: String, _ ink: Ink) {
    append(text, ink, cells: text.unicodeScalars.count)
  }

  mutating func append(_ text: String, _ ink: Ink, cells: Int) {
    width += cells
    if let last = pieces.last, last.ink == ink {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, ink))
    }
  }

  /// Appends blanks up to a cell.
  mutating func move(to cell: Int) {
    if cell > width { append(String(repeating: " ", count: cell - width), .plain) }
  }
}

/// The rows under a source line: the underlines, and the labels beside them or hung below where there is no
/// room beside.
///
///     set x = y
///     ─── ━ the last label stands beside its underline
///     │
///     the others hang
struct Underlines {
  let labels: [UnderlinedLabel]
  let glyphs: FrameGlyphs
  let severity: Severity

  func rows() -> [InkedRow] {
    guard !labels.isEmpty else { return [] }
    let worded = labels.filter { !$0.text.isEmpty }.sorted { $0.cells.lowerBound < $1.cells.lowerBound }
    var hanging = worded
    var first = underlines()
    if let last = worded.last, isAlone(last) {
      hanging.removeLast()
      first.append(" ", .plain)
      first.append(last.text, ink(last))
    }
    guard !hanging.isEmpty else { return [first] }
    var rows = [first, stems(of: hanging)]
    while let label = hanging.popLast() {
      var row = stems(of: hanging.filter { $0.cells.lowerBound < label.cells.lowerBound })
      row.move(to: label.cells.lowerBound)
      row.append(label.text, ink(label))
      rows.append(row)
    }
    return rows
  }

  private func ink(_ label: UnderlinedLabel) -> Ink { label.isPrimary ? .severity(severity) : .secondary }

  /// Whether nothing is drawn at or after the beginning of a label but the label itself.
  private func isAlone(_ label: UnderlinedLabel) -> Bool {
    labels.count { $0.drawn.upperBound > label.drawn.lowerBound } == 1
  }

  private func underlines() -> InkedRow {
    let end = labels.reduce(0) { max($0, $1.drawn.upperBound) }
    var cells = [(text: String, ink: Ink)](repeating: (" ", .plain), count: end)
    // What is shorter is drawn over what is longer, so that a span within another is seen.
    let order = labels.sorted {
      ($1.drawn.count, $0.isPrimary ? 1 : 0) < ($0.drawn.count, $1.isPrimary ? 1 : 0)
    }
    for label in order {
      let line = label.isPrimary ? glyphs.primary : glyphs.secondary
      let glyph = label.cells.isEmpty ? glyphs.tip(isPrimary: label.isPrimary) : line
      for cell in label.drawn { cells[cell] = (glyph, ink(label)) }
    }
    return cells.reduce(into: InkedRow()) { $0.append($1.text, $1.ink) }
  }

  private func stems(of labels: [UnderlinedLabel]) -> InkedRow {
    var row = InkedRow()
    for label in labels where row.width <= label.cells.lowerBound {
      row.move(to: label.cells.lowerBound)
      row.append(glyphs.bar, ink(label))
    }
    return row
  }
}
