/// A text in every language that reports are written in.
package struct LocalizedText: Hashable, Sendable {
  private let english: String
  private let japanese: String

  /// A text in both languages.
  package init(_ english: String, _ japanese: String) {
    self.english = english
    self.japanese = japanese
  }

  /// A text that a function has in each language.
  package init(_ text: (ReportLanguage) -> String) {
    self.init(text(.english), text(.japanese))
  }

  /// The text and another, each a paragraph.
  package func followed(by other: LocalizedText) -> LocalizedText {
    LocalizedText { self[$0] + "\n" + other[$0] }
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
