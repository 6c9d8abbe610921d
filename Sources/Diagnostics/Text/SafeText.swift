/// A text as a message quotes it: no longer than a person reads. What is in it is made safe where it goes, and nowhere before.
///
/// - Parameter limit: The most Unicode scalars that are kept.
package func shortened(_ text: some StringProtocol, limit: Int = 60) -> String {
  let scalars = text.unicodeScalars
  guard text.utf8.count > limit,
    let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return String(text) }
  return String(text[..<end]) + "…"
}

/// A name in JSON as a message quotes it.
package func quoted(_ name: String) -> String { "\"\(shortened(name, limit: 40))\"" }

/// One line that is safe on a terminal: line ends become blanks, what would act on a terminal is shown instead, and
/// what is too long for anyone to read is cut. Where a layout measures cells, it measures those of this line.
package func safeLine(
  _ text: some StringProtocol, in repertoire: TextRepertoire = .unicode, limit: Int = 1000
) -> String {
  if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(text) }
  var line = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else {
      line.append("…")
      break
    }
    count += 1
    switch scalar {
    case "\n", "\r", "\t": line.append(" ")
    default: line.append(scalar)
    }
  }
  return visible(String(line), in: repertoire)
}

extension TerminalStyle {
  /// One line that is safe on this terminal.
  package func line(_ text: some StringProtocol) -> String { safeLine(text, in: repertoire) }

  /// A text as the terminal gets it: its lines, our own colours, and nothing else that acts on it. What is safe already stays as it is.
  package func safe(_ text: String) -> String {
    isSafe(text)
      ? text
      : text.split(separator: "\n", omittingEmptySubsequences: false).map(drawn).joined(separator: "\n")
  }

  private func isSafe(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.indices.allSatisfy { index in
        let byte = bytes[index]
        if byte < 0x80 { return byte >= 0x20 && byte != 0x7F || byte == 0x0A }
        return repertoire == .unicode
          && HiddenScalars.candidate(at: index, in: bytes).map(HiddenScalars.act) != true
      }
    }
  }

  /// A line whose colours stay. An escape of ours begins a piece.
  private func drawn(_ line: Substring) -> String {
    line.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().reduce(into: "") {
      drawn, piece in
      let ink = piece.offset == 0 || !isColored ? nil : Ink.escapes.first { piece.element.hasPrefix($0) }
      if piece.offset > 0 { drawn += ink == nil ? visible("\u{1B}", in: repertoire) : "\u{1B}" }
      drawn += (ink ?? "") + visible(piece.element.dropFirst(ink?.count ?? 0), in: repertoire)
    }
  }
}
