import ArgumentParser
import DeviceReports
import Diagnostics
import PolicyModel
import SyncML

/// `policyc explain CODE`: the page of whatever has a code.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print what a code means: its cause, an example, and what to do.",
    discussion: """
      A code is one of policyc's own, such as AP2104; what a device answers to a command, a status such as 404 or the error that Windows \
      makes of it, such as 0x87D10194; an error of TPM, keys, registration or Autopilot, such as 0x80090016, -2146893802 or NTE_BAD_KEYSET; a status \
      of the attestation report, such as tpm_not_ready; or a remedy, such as clear_tpm.
      """)

  /// How a page is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "A code such as AP2104, 404, 0x87D10194 or 0x80090016, in either case.")
  var code: String?

  @Flag(help: "List every code with its title.")
  var list = false

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var languages: LanguageArguments

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if list, code != nil { throw ValidationError("--list takes no code") }
    if !list, code == nil { throw ValidationError("give a code, or --list to see them all") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color, language: languages.chosen)
    let language = languages.language(console)
    try console.run {
      guard let code else {
        return format == .json
          ? try console.write(document: Page.list(Self.pages, jsonIn: language))
          : try console.write(Page.list(Self.pages, in: language, style: console.output))
      }
      guard let page = Self.page(of: code) else {
        try console.report([Self.unknown(code)], in: SourceMap())
        throw ExitStatus.no.code
      }
      return format == .json
        ? try console.write(document: page.json(in: language))
        : try console.write(page.text(in: language, style: console.output))
    }
  }

  /// The page of a code in any of its spellings, or nil.
  private static func page(of code: String) -> Page? {
    DeviceAnswers.page(of: code) ?? KnownStatus(rawValue: code.lowercased())?.page
      ?? KnownRemedy(rawValue: code.lowercased())?.page ?? ErrorCatalog.embedded.page(of: code)
      ?? DiagnosticCatalog.rule(for: DiagnosticCode(code.uppercased()))?.page
  }

  /// The pages of everything that has a code.
  private static var pages: [Page] {
    DiagnosticCatalog.all.map(\.page) + DeviceAnswers.pages + ErrorCatalog.embedded.pages
      + KnownStatus.allCases.map(\.page) + KnownRemedy.allCases.map(\.page)
  }

  private static func unknown(_ code: String) -> Diagnostic {
    let codes = pages.flatMap { [$0.code] + $0.names }
    let near = closest(to: code, in: codes, limit: 1)
    return Diagnostic(
      "AP9014", "there is no page of '\(code)'", at: nil,
      help: [near.map { "did you mean \($0)?" } ?? "policyc explain --list prints every code"])
  }

  /// The arguments of `explain` with negative decimal codes, as logs print them, in hexadecimal: a word that begins with a hyphen is an option
  /// to the parser of command lines.
  static func acceptingNegativeCodes(_ arguments: ArraySlice<String>) -> [String] {
    guard arguments.first == configuration.commandName else { return Array(arguments) }
    return arguments.map { $0.hasPrefix("-") ? ErrorNumber($0)?.hexadecimal ?? $0 : $0 }
  }
}
