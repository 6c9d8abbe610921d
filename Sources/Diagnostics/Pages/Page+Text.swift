extension Page {
  /// The page for a terminal, its sentences wrapped to the width there is.
  package func text(in language: ReportLanguage, style: TerminalStyle = TerminalStyle()) -> String {
    func section(_ heading: String, _ body: String) -> String {
      "\n" + style.paint(heading, .emphasis) + "\n" + body
    }
    // A title of sentences is no heading.
    let lead =
      [kind == .windowsError ? title : nil, meaning].compactMap { $0 }
      + (isPlain ? [cause].compactMap { $0 } : [])
    var text = head(language, style) + "\n\n"
    for part in lead { text += style.wrapped(part[language]) }
    if !isPlain, let cause {
      text += section(language.choose("Cause", "考えられる原因"), style.wrapped(cause[language]))
    }
    if let example {
      text += section(language.choose("Example", "例"), Self.indented(example, style))
    }
    if let cure { text += section(language.choose("What to do", "対処"), style.wrapped(cure[language])) }
    if let corrected {
      text += section(language.choose("Corrected", "修正例"), Self.indented(corrected, style))
    }
    for (heading, lines) in [
      (language.choose("Facts that decide it", "判定に使うファクト"), decidedBy),
      (language.choose("Facts to look at besides", "ほかに確認するファクト"), clues),
      (language.choose("What its bits say", "コードの構造"), structure.map { $0[language] }),
    ] where !lines.isEmpty {
      text += section(heading, lines.map { "  \(visible($0, in: style.repertoire))\n" }.joined())
    }
    if !remedies.isEmpty {
      let width = remedies.map(\.id.utf8.count).max() ?? 0
      text += section(
        language.choose("Remedies, the gentlest first", "対処方法 (影響の小さい順)"),
        remedies.map {
          "  \($0.id)\(String(repeating: " ", count: width - $0.id.utf8.count))  \(visible($0.title[language], in: style.repertoire))\n"
        }.joined())
    }
    return text
  }

  /// One line a page: code, what it is one of, title.
  package static func list(
    _ pages: [Page], in language: ReportLanguage, style: TerminalStyle = TerminalStyle()
  ) -> String {
    let codes = pages.map(\.code.utf8.count).max() ?? 0
    let kinds = pages.map { displayWidth(of: $0.label(language)) }.max() ?? 0
    return pages.reduce(into: "") { text, page in
      let label = page.label(language)
      let ink: Ink = page.severity.map { .severity($0) } ?? .plain
      text += page.code + String(repeating: " ", count: codes + 2 - page.code.utf8.count)
      text += style.paint(visible(label, in: style.repertoire), ink)
      text += String(repeating: " ", count: kinds + 2 - displayWidth(of: label))
      text += visible(page.title[language], in: style.repertoire) + "\n"
    }
  }

  /// Whether the cause is all that is said of what it means, so that it needs no heading.
  private var isPlain: Bool { meaning == nil && kind != .windowsError }

  private func head(_ language: ReportLanguage, _ style: TerminalStyle) -> String {
    let title = visible(title[language], in: style.repertoire)
    if let severity {
      return style.paint("\(severity.rawValue)[\(code)]", .severity(severity))
        + style.paint(": " + title, .emphasis)
    }
    let names = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return style.paint(code + names + (kind == .windowsError ? "" : ": " + title), .emphasis)
  }

  /// What the code is one of, in a word: a diagnostic's severity.
  private func label(_ language: ReportLanguage) -> String {
    switch kind {
    case .diagnostic: severity?.rawValue ?? ""
    case .deviceAnswer: language.choose("answer", "応答")
    case .attestationStatus: language.choose("status", "状態")
    case .windowsError: language.choose("Windows", "Windows")
    case .remedy: language.choose("remedy", "対処")
    }
  }

  private static func indented(_ text: String, _ style: TerminalStyle) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") { result, line in
      result += line.isEmpty ? "\n" : "    " + visible(line, in: style.repertoire) + "\n"
    }
  }
}
