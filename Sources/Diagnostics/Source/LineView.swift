/// One source line as it is shown: safe to print, tabs made blanks, clipped to the width there is.
struct LineView {
  /// The text to print; it has no tabs and no controls.
  private(set) var text = ""
  /// The cells of the text.
  private(set) var width = 0
  private var glyphs: [Glyph] = []
  private let content: Range<Int>
  private var leading = 0

  private struct Glyph {
    let offset: Int
    var cell: Int
    let text: String
  }

  /// The bytes before what is pointed at that are looked at; a line may be as long as a file.
  private static let reach = 8192

  /// Shows the bytes `content`, of which `focus` must be seen, in `columns` cells.
  init(_ bytes: [UInt8], _ content: Range<Int>, focus: Range<Int>, columns: Int, style: TerminalStyle) {
    self.content = content
    let focus = focus.clamped(to: content)
    let ellipsis = FrameGlyphs(style.repertoire).ellipsis
    var walkStart = content.lowerBound
    if focus.lowerBound - walkStart > Self.reach {
      walkStart = focus.lowerBound - Self.reach
      while walkStart < focus.lowerBound, bytes[walkStart] & 0xC0 == 0x80 { walkStart += 1 }
    }
    var reader = ScalarReader(bytes, walkStart..<content.upperBound)
    var pen = CellPen(tabWidth: style.tabWidth, repertoire: style.repertoire)
    var focusCells = (start: 0, end: 0)
    var walked: [Glyph] = []
    var isWhole = walkStart == content.lowerBound
    while let next = reader.next() {
      var piece = ""
      let cell = pen.column
      pen.draw(next.scalar, into: &piece)
      walked.append(Glyph(offset: next.bytes.lowerBound, cell: cell, text: piece))
      if next.bytes.lowerBound <= focus.lowerBound { focusCells.start = cell }
      if next.bytes.lowerBound < focus.upperBound { focusCells.end = pen.column }
      if next.bytes.lowerBound > focus.lowerBound, cell > focusCells.start + 2 * columns,
        reader.offset < content.upperBound
      {
        isWhole = false
        break
      }
    }
    let total = pen.column
    if isWhole, total <= columns {
      glyphs = walked
      text = walked.reduce(into: "") { $0 += $1.text }
      width = total
      return
    }
    clip(walked, total: total, isWhole: isWhole, focus: focusCells, columns: columns, ellipsis: ellipsis)
    if walkStart > content.lowerBound, leading == 0 { prefix(ellipsis) }
  }

  /// Keeps the part of the glyphs that shows the focus, with some context on both sides.
  private mutating func clip(
    _ walked: [Glyph], total: Int, isWhole: Bool, focus: (start: Int, end: Int), columns: Int,
    ellipsis: String
  ) {
    let mark = ellipsis.unicodeScalars.count
    let room = max(columns - 2 * mark, 8)
    var first = 0
    if focus.end > room {
      let length = min(focus.end - focus.start, room)
      first = max(focus.start - max((room - length) / 2, min(8, room / 4)), 0)
    }
    var shift: Int?
    for (index, glyph) in walked.enumerated() {
      guard glyph.cell >= first else { continue }
      let next = index + 1 < walked.count ? walked[index + 1].cell : total
      if shift == nil {
        // A mark whose base is clipped away has nothing to sit on.
        if first > 0, next == glyph.cell { continue }
        shift = glyph.cell
        if glyph.cell > 0 { prefix(ellipsis) }
      }
      let cell = glyph.cell - (shift ?? 0) + leading
      if next - (shift ?? 0) > room, !(isWhole && next == total && next - (shift ?? 0) <= room + mark) {
        text += ellipsis
        width = cell + mark
        glyphs.append(Glyph(offset: glyph.offset, cell: cell, text: ""))
        return
      }
      glyphs.append(Glyph(offset: glyph.offset, cell: cell, text: glyph.text))
      text += glyph.text
      width = next - (shift ?? 0) + leading
    }
  }

  private mutating func prefix(_ ellipsis: String) {
    leading = ellipsis.unicodeScalars.count
    text = ellipsis + text
    width += leading
    for index in glyphs.indices { glyphs[index].cell += leading }
  }

  /// The cells that show a range of bytes of this line. Never beyond the text by more than one cell; empty
  /// only for an empty range. What is clipped away is shown by the cells of the ellipsis.
  func cells(of range: Range<Int>) -> Range<Int> {
    let start = cell(at: range.lowerBound)
    if range.isEmpty { return start..<start }
    let end = cell(after: range.upperBound)
    // A mark takes no cell of its own: point at its base.
    if end <= start { return max(start - 1, 0)..<max(start, 1) }
    return start..<end
  }

  /// Whether nothing but blanks is shown before a byte.
  func isFirst(_ offset: Int) -> Bool {
    leading == 0
      && !glyphs.prefix { $0.offset < offset }.contains { glyph in glyph.text.contains { $0 != " " } }
  }

  /// The cell at which the scalar that has this byte begins.
  private func cell(at offset: Int) -> Int {
    if offset >= content.upperBound { return width }
    let index = firstGlyph { $0.offset > offset }
    return index == 0 ? 0 : glyphs[index - 1].cell
  }

  /// The cell after the last scalar that begins before this byte.
  private func cell(after offset: Int) -> Int {
    let index = firstGlyph { $0.offset >= offset }
    return index < glyphs.count ? max(glyphs[index].cell, min(leading, 1)) : width
  }

  private func firstGlyph(where isBeyond: (Glyph) -> Bool) -> Int {
    var low = 0
    var high = glyphs.count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(glyphs[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
