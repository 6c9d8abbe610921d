/// The texts of a rule in a language beside English, whose texts are in the rule's own row.
package struct RuleText: Hashable, Sendable {
  /// A short title without a full stop.
  package let title: String
  /// Why it is reported.
  package let cause: String
  /// What to do.
  package let cure: String

  init(_ title: String, cause: String, cure: String) {
    self.title = title
    self.cause = cause
    self.cure = cure
  }

  /// The texts in Japanese, by code. They are made when a page is first asked for.
  package static let japanese: [DiagnosticCode: RuleText] = [
    japaneseSyntax,
    japaneseDeclarations,
    japaneseDevices,
    japaneseCSP,
    japaneseTests,
    japaneseInput,
    japaneseStructure,
    japaneseCommands,
    japanesePaths,
    japaneseNodes,
    japaneseValues,
    japaneseMeaning,
  ].reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }
}
