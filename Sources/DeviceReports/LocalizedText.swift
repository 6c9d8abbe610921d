import YAMLInput

/// A text in every language that reports are written in.
package struct LocalizedText: Hashable, Sendable {
  private let english: String
  private let japanese: String

  /// A text in both languages.
  package init(english: String, japanese: String) {
    self.english = english
    self.japanese = japanese
  }

  /// Reads `{en: …, ja: …}`, both of which must be there.
  init(_ node: YAMLNode, _ subject: String) throws(YAMLError) {
    try self.init(YAMLMapping(node, subject: subject, known: ReportLanguage.allCases.map(\.rawValue)))
  }

  /// Reads the keys `en` and `ja` of a mapping that may have others.
  init(_ map: YAMLMapping) throws(YAMLError) {
    english = try map.requiredText(ReportLanguage.english.rawValue)
    japanese = try map.requiredText(ReportLanguage.japanese.rawValue)
  }

  /// The text with another in place of a word such as `{builds}`.
  func replacing(_ word: String, with other: LocalizedText) -> LocalizedText {
    LocalizedText(
      english: english.replacing(word, with: other.english),
      japanese: japanese.replacing(word, with: other.japanese))
  }

  /// The text in a language.
  package subscript(language: ReportLanguage) -> String { language.choose(english, japanese) }
}
