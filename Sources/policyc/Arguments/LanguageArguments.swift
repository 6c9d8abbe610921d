import ArgumentParser
import DeviceReports
import Diagnostics

/// The option of commands that say something in words.
struct LanguageArguments: ParsableArguments {
  @Option(help: "The language of the texts: en or ja. Without it: the locale's.")
  var lang: String?

  func validate() throws {
    if let lang, ReportLanguage(tag: lang) == nil {
      throw ValidationError("--lang takes en or ja, and not '\(lang)'")
    }
  }

  /// The language that was asked for, or nil.
  var chosen: ReportLanguage? { lang.flatMap { ReportLanguage(tag: $0) } }

  /// The language that was asked for, or the locale's.
  func language(_ console: Console) -> ReportLanguage {
    chosen ?? ReportLanguage(tag: console.language) ?? .english
  }
}
