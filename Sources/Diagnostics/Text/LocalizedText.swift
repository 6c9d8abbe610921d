/// A text in every language that reports are written in.
package struct LocalizedText: Hashable, Sendable {
  private let english: String
  private let japanese: String

  /// A text in both languages.
  package init(_ english: String, _ japanese: String) {
    self.english = english
    self.japanese = japanese
  }

  /// The text with another in place of a word such as `{builds}`.
  package func replacing(_ word: String, with other: LocalizedText) -> LocalizedText {
    LocalizedText(
      english.replacing(word, with: other.english),
      japanese.replacing(word, with: other.japanese))
  }

  /// The text in a language.
  package subscript(language: ReportLanguage) -> String { language.choose(english, japanese) }
}
