/// The page of a rule, as `policyc explain` prints it.
public struct RulePage: Sendable {
  private let rule: DiagnosticRule

  /// The page of this rule.
  public init(_ rule: DiagnosticRule) { self.rule = rule }

  /// The page for a terminal, its sentences wrapped to the width there is.
  public func text(style: TerminalStyle = TerminalStyle()) -> String {
    let head = style.paint("\(rule.severity.rawValue)[\(rule.code)]", .severity(rule.severity))
    var text = head + style.paint(": " + rule.title, .emphasis) + "\n\n"
    text += Self.wrap(rule.cause, style) + "\n"
    text += Self.section("Example", Self.indented(rule.example, style), style) + "\n"
    text += Self.section("What to do", Self.wrap(rule.cure, style), style) + "\n"
    text += Self.section("Mended", Self.indented(rule.corrected, style), style)
    return text
  }

  /// The page without its title, for a reader that wraps lines itself.
  var plainText: String {
    "\(rule.cause)\n\nExample:\n\(rule.example)\n\nWhat to do: \(rule.cure)\n\nMended:\n\(rule.corrected)"
  }

  /// The page without its title, in Markdown.
  var markdown: String {
    let fence = "```"
    return
      "\(rule.cause)\n\n**Example**\n\n\(fence)\n\(rule.example)\n\(fence)\n\n**What to do**\n\n\(rule.cure)\n\n"
      + "**Mended**\n\n\(fence)\n\(rule.corrected)\n\(fence)\n"
  }

  /// The page as a JSON object, with a line end.
  public func json() -> String {
    var json = JSONText()
    write(to: &json)
    return json.text + "\n"
  }

  /// One line a rule: code, severity, title.
  public static func list(_ rules: [DiagnosticRule], style: TerminalStyle = TerminalStyle()) -> String {
    rules.reduce(into: "") { text, rule in
      let severity = rule.severity.rawValue
      let blanks = String(repeating: " ", count: max(9 - severity.utf8.count, 1))
      text += "\(rule.code)  " + style.paint(severity, .severity(rule.severity)) + blanks
      text += visible(rule.title, in: style.repertoire) + "\n"
    }
  }

  /// `{"version":1,"rules":[…]}`, with a line end.
  public static func listJSON(_ rules: [DiagnosticRule]) -> String {
    var json = JSONText()
    json.object { json in
      json.member("version", 1)
      json.key("rules")
      json.array(rules) { RulePage($1).write(to: &$0) }
    }
    return json.text + "\n"
  }

  private func write(to json: inout JSONText) {
    json.object { json in
      json.member("code", rule.code.text)
      json.member("severity", rule.severity.rawValue)
      json.member("title", rule.title)
      json.member("cause", rule.cause)
      json.member("example", rule.example)
      json.member("cure", rule.cure)
      json.member("corrected", rule.corrected)
    }
  }

  static func section(_ title: String, _ content: String, _ style: TerminalStyle) -> String {
    style.paint(title, .emphasis) + "\n" + content
  }

  private static func indented(_ text: String, _ style: TerminalStyle) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") { result, line in
      result += line.isEmpty ? "\n" : "    " + visible(line, in: style.repertoire) + "\n"
    }
  }

  /// Sentences in lines of at most 88 cells, indented by two; a line end in the text begins a paragraph.
  public static func wrap(_ text: String, _ style: TerminalStyle) -> String {
    let columns = max(min(style.columns, 90) - 2, 20)
    var result = ""
    for paragraph in text.split(separator: "\n") {
      var line = ""
      var width = 0
      for piece in pieces(of: paragraph) {
        let shown = visible(piece.text, in: style.repertoire)
        let cells = displayWidth(of: shown)
        let gap = piece.isSpaced && width > 0 ? 1 : 0
        if width > 0, width + gap + cells > columns {
          result += "  " + line + "\n"
          (line, width) = (shown, cells)
        } else {
          line += (gap > 0 ? " " : "") + shown
          width += gap + cells
        }
      }
      if width > 0 { result += "  " + line + "\n" }
    }
    return result
  }

  /// What a line may be broken between: words, and characters of scripts that have no blanks between words. What may not begin a
  /// line stays with what is before it, and an opening bracket with what follows.
  private static func pieces(of paragraph: Substring) -> [(text: String, isSpaced: Bool)] {
    var pieces: [(text: String, isSpaced: Bool)] = []
    for word in paragraph.split(separator: " ") {
      var isFirst = true
      var joinsNext = false
      for character in word {
        let isWide = displayWidth(of: String(character)) > 1
        let breaks = isWide || pieces.last?.text.last.map { displayWidth(of: String($0)) > 1 } == true
        if isFirst || (breaks && !joinsNext && !"、。）」』・ーっゃゅょッャュョ)].,".contains(character)) {
          pieces.append((String(character), isFirst))
        } else {
          pieces[pieces.count - 1].text.append(character)
        }
        joinsNext = "（「『([".contains(character)
        isFirst = false
      }
    }
    return pieces
  }
}
