/// The page of a number that a device or its management answers with, as `policyc explain` prints it.
public struct StatusPage: Hashable, Sendable {
  /// The number as it is known: `404`, `0x87D1FDE8`.
  public let name: String
  /// The same in other spellings.
  public let spellings: [String]
  /// What it means, in a few words.
  public let title: String
  /// When it is answered, in a few sentences.
  public let cause: String
  /// What to do, in a few sentences.
  public let cure: String

  /// A page.
  public init(name: String, spellings: [String], title: String, cause: String, cure: String) {
    self.name = name
    self.spellings = spellings
    self.title = title
    self.cause = cause
    self.cure = cure
  }

  /// The page for a terminal, its sentences wrapped to the width there is.
  public func text(style: TerminalStyle = TerminalStyle()) -> String {
    let others = spellings.isEmpty ? "" : " (\(spellings.joined(separator: ", ")))"
    var text = style.paint("status \(name)\(others): \(title)", .emphasis) + "\n\n"
    text += RulePage.wrap(cause, style) + "\n"
    text += RulePage.section("What to do", RulePage.wrap(cure, style), style)
    return text
  }

  /// The page as a JSON object, with a line end.
  public func json() -> String {
    var json = JSONText()
    json.object { json in
      json.member("status", name)
      json.key("spellings")
      json.array(spellings) { $0.string($1) }
      json.member("title", title)
      json.member("cause", cause)
      json.member("cure", cure)
    }
    return json.text + "\n"
  }
}
