/// Shows findings on a terminal: the sentence, the source lines with underlines and labels, and what to do.
public struct TerminalRenderer: Sendable {
  private let sources: SourceMap
  private let style: TerminalStyle
  private let glyphs: FrameGlyphs

  /// A renderer for findings in these files.
  public init(_ sources: SourceMap, style: TerminalStyle = TerminalStyle()) {
    self.sources = sources
    self.style = style
    glyphs = FrameGlyphs(style.repertoire)
  }

  /// The findings in the order given, an empty line after each. The page to read is named once a code.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var text = ""
    var indexes: [FileID: LineIndex] = [:]
    var seen: Set<DiagnosticCode> = []
    for diagnostic in diagnostics {
      let namesPage =
        DiagnosticCatalog.rule(for: diagnostic.code) != nil && seen.insert(diagnostic.code).inserted
      render(diagnostic, namesPage: namesPage, &indexes, into: &text)
      text += "\n"
    }
    return text
  }

  private func render(
    _ diagnostic: Diagnostic, namesPage: Bool, _ indexes: inout [FileID: LineIndex], into text: inout String
  ) {
    let head = "\(diagnostic.severity.rawValue)[\(shown(diagnostic.code.text))]"
    text += style.paint(head, .severity(diagnostic.severity))
    text += style.paint(": " + shown(diagnostic.message), .emphasis) + "\n"

    let excerpts = excerpts(of: diagnostic, &indexes)
    let blocks = excerpts.map { $0.blocks() }
    let lastLine = zip(excerpts, blocks).reduce(0) { last, shown in
      let lines = shown.1.flatMap(\.lines).compactMap { $0 }
      return lines.reduce(last) { max($0, shown.0.index.number(ofLine: $1)) }
    }
    let numberWidth = max(String(lastLine).utf8.count, 1)
    let slots = excerpts.reduce(0) { max($0, $1.slots) }
    let frame = Frame(
      severity: diagnostic.severity, numberWidth: numberWidth, slots: slots, style: style, glyphs: glyphs)

    for (excerpt, blocks) in zip(excerpts, blocks) {
      let focus = excerpt.labels.first(where: \.isPrimary) ?? excerpt.labels.first
      let place = excerpt.index.position(at: focus?.bytes.lowerBound ?? 0)
      frame.head("\(shown(excerpt.file.name)):\(place.line):\(place.column)", into: &text)
      for block in blocks {
        frame.blank(into: &text)
        for line in block.lines {
          if let line {
            frame.line(line, of: excerpt, into: &text)
          } else {
            frame.gap(into: &text, in: excerpt)
          }
        }
      }
    }
    let notes = notes(of: diagnostic, namesPage: namesPage)
    if !excerpts.isEmpty, !notes.isEmpty { frame.blank(into: &text) }
    for note in notes { frame.note(note.title, note.lines, into: &text) }
  }

  /// The labels by file, that of the primary label first.
  private func excerpts(of diagnostic: Diagnostic, _ indexes: inout [FileID: LineIndex]) -> [Excerpt] {
    var order: [FileID] = []
    var labels: [FileID: [(label: Label, isPrimary: Bool)]] = [:]
    let primary = diagnostic.primary.map { [($0, true)] } ?? []
    for (label, isPrimary) in primary + diagnostic.secondary.map({ ($0, false) }) {
      if labels[label.span.file] == nil { order.append(label.span.file) }
      labels[label.span.file, default: []].append((label, isPrimary))
    }
    return order.compactMap { id in
      guard let file = sources.file(id), let labels = labels[id] else { return nil }
      let index = indexes[id] ?? LineIndex(file)
      indexes[id] = index
      return Excerpt(file: file, index: index, labels: labels)
    }
  }

  private func notes(of diagnostic: Diagnostic, namesPage: Bool) -> [(title: String, lines: [String])] {
    var notes: [(title: String, lines: [String])] = []
    if let waiver = diagnostic.waiver { notes.append(("waived", lines(of: waiver))) }
    for help in diagnostic.help { notes.append(("help", lines(of: help))) }
    for fixIt in diagnostic.fixIts {
      let replacement = lines(of: fixIt.replacement).filter { !$0.isEmpty }
      let title = shown(fixIt.title)
      if replacement.count > 1 {
        notes.append(("fix", [title + ":"] + replacement.map { "+ " + $0 }))
      } else if let line = replacement.first?.trimmingBlanks(), !title.containsText(line) {
        notes.append(("fix", [title + ": " + line]))
      } else {
        notes.append(("fix", [title]))
      }
    }
    if namesPage { notes.append(("more", ["policyc explain \(diagnostic.code)"])) }
    return notes
  }

  private func shown(_ text: some StringProtocol) -> String { visible(text, in: style.repertoire) }

  private func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { shown($0) }
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    var view = self[...]
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  /// Whether a text occurs in this one, byte for byte. Titles are short.
  fileprivate func containsText(_ text: String) -> Bool {
    let hay = Array(utf8)
    let needle = Array(text.utf8)
    guard needle.count <= hay.count else { return false }
    return (0...hay.count - needle.count).contains { hay[$0..<$0 + needle.count].elementsEqual(needle) }
  }
}
