import Foundation
import TestSupport
import Testing

@testable import PolicySyntax

/// The part of a TextMate grammar that the tests look at.
private final class EditorPattern: Decodable {
  let name: String?
  let match: String?
  let begin: String?
  let end: String?
  let patterns: [EditorPattern]?
  let repository: [String: EditorPattern]?

  /// This pattern and all inside it.
  var all: [EditorPattern] {
    [self] + (patterns ?? []).flatMap(\.all)
      + (repository ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value.all)
  }
}

@Suite("The editors' grammar")
struct EditorGrammarTests {
  private func patterns() throws -> [EditorPattern] {
    let place = Checkout.root.appendingPathComponent("Grammar/attpolicy.tmLanguage.json")
    return try JSONDecoder().decode(EditorPattern.self, from: try Data(contentsOf: place)).all
  }

  /// Whether a pattern whose name begins so matches the whole text.
  private func matches(_ text: String, _ name: String) throws -> Bool {
    try patterns().contains { pattern in
      guard let match = pattern.match, pattern.name?.hasPrefix(name) == true else { return false }
      let range = NSRange(text.startIndex..., in: text)
      return try NSRegularExpression(pattern: match).firstMatch(in: text, range: range)?.range == range
    }
  }

  @Test("every pattern is a regular expression")
  func expressions() throws {
    let expressions = try patterns().flatMap { [$0.match, $0.begin, $0.end].compactMap { $0 } }
    #expect(expressions.count > 20)
    for expression in expressions {
      #expect(throws: Never.self) { try NSRegularExpression(pattern: expression) }
    }
  }

  @Test("every word of the language is coloured", arguments: Keyword.allCases)
  func words(_ keyword: Keyword) throws {
    let isKeyword = try matches(keyword.text, "keyword.")
    let isConstant = try matches(keyword.text, "constant.language.")
    #expect(isKeyword || isConstant)
    let isClause =
      try matches(keyword.text, "keyword.declaration.") || matches(keyword.text, "keyword.control.")
    #expect(isClause == keyword.opensClause)
  }

  @Test(
    "values and names are told apart",
    arguments: [
      ("tpm.version", "variable.other.fact."), ("10.0.22631.2792", "constant.numeric.version."),
      ("-5", "constant.numeric.integer."), ("0x1F", "constant.numeric.hex."),
      ("22H2", "constant.other.release."),
      ("/// text", "comment.line.documentation."), ("//// text", "comment.line.double-slash."),
      ("\\u{1F600}", "constant.character.escape."), ("AP2104", "support.constant.finding."),
      ("unknown allowed", "keyword.control."),
    ])
  func tokens(text: String, name: String) throws {
    let isNamed = try matches(text, name)
    #expect(isNamed)
  }

  @Test("every unit is coloured behind its number", arguments: PolicySyntax.Unit.allCases)
  func units(_ unit: PolicySyntax.Unit) throws {
    let pattern = try #require(try patterns().compactMap(\.match).first { $0.contains("millimetres?") })
    let text = "5 \(unit.rawValue)"
    let range = NSRange(text.startIndex..., in: text)
    let found = try NSRegularExpression(pattern: pattern).firstMatch(in: text, range: range)?.range
    #expect(found == range)
  }
}
