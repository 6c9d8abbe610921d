/// Draws the rows of a finding: line numbers, bar, margin of brackets, source text and underlines.
struct Frame {
  let severity: Severity
  /// The digits of the largest line number.
  let numberWidth: Int
  /// The number of columns of brackets in the margin.
  let slots: Int
  let style: TerminalStyle
  let glyphs: FrameGlyphs

  /// `  ┌─ Policies/hello.attpolicy:14:7`
  func head(_ place: String, into text: inout String) {
    let indent = glyphs.corner == "-->" ? numberWidth : numberWidth + 1
    text += String(repeating: " ", count: indent)
    text += style.paint(glyphs.corner, .frame) + " " + place + "\n"
  }

  func blank(into text: inout String) {
    text += gutter(nil) + "\n"
  }

  /// `  = help: …`; further lines stand under the first.
  func note(_ title: String, _ lines: [String], into text: inout String) {
    let indent = String(repeating: " ", count: numberWidth + 1)
    for (index, line) in lines.enumerated() {
      if index == 0 {
        text += indent + style.paint("=", .frame) + " " + style.paint(title + ":", .help) + " " + line + "\n"
      } else {
        let start = indent + String(repeating: " ", count: title.unicodeScalars.count + 4)
        text += line.isEmpty ? "\n" : start + line + "\n"
      }
    }
  }

  /// Stands for lines left out within labels that span them.
  func gap(into text: inout String, in excerpt: Excerpt) {
    text += String(repeating: " ", count: numberWidth + 1) + style.paint(glyphs.gap, .frame) + "\n"
  }

  /// A source line and everything under it.
  func line(_ line: Int, of excerpt: Excerpt, into text: inout String) {
    let content = excerpt.index.content(ofLine: line)
    let labels = excerpt.labels.filter { $0.lines.contains(line) }
    let view = LineView(
      excerpt.index.bytes, content, focus: focus(labels, line, content),
      columns: max(style.columns - numberWidth - 3 - 2 * slots, 24), style: style)
    let starting = labels.filter { $0.slot != nil && $0.lines.lowerBound == line }
    // The innermost bracket closes first.
    let ending = labels.filter { $0.slot != nil && $0.lines.upperBound == line }
      .sorted { ($0.slot ?? 0) > ($1.slot ?? 0) }

    var brackets = [Bracket?](repeating: nil, count: slots)
    for label in labels {
      guard let slot = label.slot else { continue }
      if label.lines.lowerBound < line {
        brackets[slot] = Bracket(glyph: glyphs.bar, ink: ink(label))
      } else if opensInMargin(label, view) {
        brackets[slot] = Bracket(glyph: glyphs.start, ink: ink(label))
      }
    }
    write(number: excerpt.index.number(ofLine: line), brackets, InkedRow(view.text), into: &text)
    for label in starting {
      guard let slot = label.slot, opensInMargin(label, view) else { continue }
      brackets[slot] = Bracket(glyph: glyphs.bar, ink: ink(label))
    }

    let here = labels.filter { $0.slot == nil }.map { label in
      UnderlinedLabel(
        cells: view.cells(of: label.bytes), text: visible(label.text, in: style.repertoire),
        isPrimary: label.isPrimary)
    }
    for row in Underlines(labels: here, glyphs: glyphs, severity: severity).rows() {
      write(number: nil, brackets, row, into: &text)
    }
    for label in starting where !opensInMargin(label, view) {
      let cell = view.cells(of: label.bytes.lowerBound..<content.upperBound).lowerBound
      arm(label, glyphs.start, to: cell, words: "", &brackets, into: &text)
      if let slot = label.slot { brackets[slot] = Bracket(glyph: glyphs.bar, ink: ink(label)) }
    }
    for label in ending {
      let last = view.cells(of: max(label.bytes.upperBound - 1, content.lowerBound)..<label.bytes.upperBound)
      let words = visible(label.text, in: style.repertoire)
      arm(label, glyphs.end, to: max(last.upperBound - 1, 0), words: words, &brackets, into: &text)
      if let slot = label.slot { brackets[slot] = nil }
    }
  }

  private struct Bracket {
    let glyph: String
    let ink: Ink
  }

  private func ink(_ label: Excerpt.PlacedLabel) -> Ink { label.isPrimary ? .severity(severity) : .secondary }

  /// Whether the bracket of a label can begin in the margin of its first line, nothing standing before the
  /// label. ASCII has no corner that would show it.
  private func opensInMargin(_ label: Excerpt.PlacedLabel, _ view: LineView) -> Bool {
    style.repertoire == .unicode && view.isFirst(label.bytes.lowerBound)
  }

  /// What must be seen of a line: the primary label if it is there, else the first one.
  private func focus(_ labels: [Excerpt.PlacedLabel], _ line: Int, _ content: Range<Int>) -> Range<Int> {
    guard let label = labels.first(where: \.isPrimary) ?? labels.first else {
      return content.lowerBound..<content.lowerBound
    }
    if label.slot != nil, label.lines.upperBound == line {
      return max(label.bytes.upperBound - 1, content.lowerBound)..<label.bytes.upperBound
    }
    if label.slot != nil, label.lines.lowerBound < line { return content.lowerBound..<content.lowerBound }
    return label.bytes
  }

  /// The row that joins a bracket to the place where its label begins or ends: `╰────^ label`.
  private func arm(
    _ label: Excerpt.PlacedLabel, _ corner: String, to cell: Int, words: String, _ brackets: inout [Bracket?],
    into text: inout String
  ) {
    guard let slot = label.slot else { return }
    var row = InkedRow()
    for index in 0..<slot {
      row.append(brackets[index]?.glyph ?? " ", brackets[index]?.ink ?? .plain)
      row.append(" ", .plain)
    }
    row.append(corner, ink(label))
    row.append(String(repeating: glyphs.rule, count: 2 * (slots - slot) - 1 + cell), ink(label))
    row.append(glyphs.tip(isPrimary: label.isPrimary), ink(label))
    if !words.isEmpty {
      row.append(" ", .plain)
      row.append(words, ink(label))
    }
    text += gutter(nil) + " " + painted(row) + "\n"
  }

  private func write(number: Int?, _ brackets: [Bracket?], _ row: InkedRow, into text: inout String) {
    var margin = InkedRow()
    for bracket in brackets {
      margin.append(bracket?.glyph ?? " ", bracket?.ink ?? .plain)
      margin.append(" ", .plain)
    }
    var line = " " + painted(margin) + painted(row)
    while line.unicodeScalars.last == " " { line.unicodeScalars.removeLast() }
    text += gutter(number) + line + "\n"
  }

  private func gutter(_ number: Int?) -> String {
    let digits = number.map { String($0) } ?? ""
    let indent = String(repeating: " ", count: max(numberWidth - digits.utf8.count, 0))
    return style.paint(indent + digits + " " + glyphs.bar, .frame)
  }

  private func painted(_ row: InkedRow) -> String {
    row.pieces.reduce(into: "") { $0 += style.paint($1.text, $1.ink) }
  }
}

extension InkedRow {
  fileprivate init(_ text: String) {
    self.init()
    append(text, .plain)
  }
}
