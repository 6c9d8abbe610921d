import Diagnostics
import XMLInput

extension PayloadFinding {
  /// The finding as the renderers take it. Of a payload that is not kept whole, `lines` has the parts around ``places``;
  /// what mends it is then left out, because it may reach beyond them.
  package func diagnostic(in file: FileID, _ lines: LineIndex) -> Diagnostic {
    Diagnostic(
      code, severity, message, at: Label(Self.span(at: position, in: file, lines), label),
      secondary: related.map { [Label(Self.span(at: $0.position, in: file, lines), $0.text)] } ?? [],
      help: advice,
      fixIts: lines.isWhole ? fix?.fixIt(at: position, in: file, lines).map { [$0] } ?? [] : [],
      deviceStatus: status?.rawValue, waiver: waiver)
  }

  /// Every place that the finding points to.
  package var places: [SourcePosition] { [position] + [related?.position].compactMap(\.self) }

  /// How many bytes of a tag are looked at.
  private static let longestMarkup = 4096

  /// What to underline at a place: markup, or the text up to the next, on the place's line.
  private static func span(at position: SourcePosition, in file: FileID, _ lines: LineIndex) -> Span {
    let start = lines.offset(of: position)
    let bytes = lines.bytes
    let limit = max(lines.content(ofLine: lines.line(at: start)).upperBound, start)
    var end = start
    if start < limit, bytes[start] == UInt8(ascii: "<") {
      let first = MarkupToken.first(in: bytes[start..<min(limit, start + longestMarkup)])
      end = first?.bytes.upperBound ?? limit
    } else {
      end = bytes[start..<limit].firstIndex(of: UInt8(ascii: "<")) ?? limit
      while end > start, isXMLSpace(bytes[end - 1]) { end -= 1 }
    }
    if end == start, start < limit { end = start + 1 }
    return Span(file: file, start: UInt32(clamping: start), end: UInt32(clamping: end))
  }
}

extension PayloadReport {
  /// What was seen, in one line: `a.xml: SyncML message, 3 commands: valid`.
  package func summary(file name: String) -> String {
    var text = "\(name): \(shapeSeen): \(isValid ? "valid" : "not valid")"
    var counts: [String] = []
    if errors > 0 { counts.append(Self.count(errors, "error")) }
    if warnings > 0 { counts.append(Self.count(warnings, "warning")) }
    if notes > waived { counts.append(Self.count(notes - waived, "note")) }
    if waived > 0 { counts.append("\(waived) waived") }
    if !counts.isEmpty { text += ", " + counts.joined(separator: ", ") }
    if dropped > 0 { text += " (the first \(findings.count) are shown)" }
    return text
  }

  /// The shape of the payload in words, with the number of its commands.
  package var shapeSeen: String {
    switch shape {
    case .message: "SyncML message, " + Self.count(commands, "command")
    case .body: "SyncBody fragment, " + Self.count(commands, "command")
    case .commands where commands == 0: "commands, none of them whole"
    case .commands where commands == topLevel: topLevel == 1 ? "single command" : "\(topLevel) commands"
    case .commands:
      (topLevel == 1 ? "single command" : "\(topLevel) commands") + " with \(commands - topLevel) in groups"
    case .none: "no SyncML"
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
