import ArgumentParser
import DeviceReports
import Diagnostics
import SyncML

/// `policyc explain CODE`: the page of a code of ours, or of a device's answer.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print what a code means: its cause, an example, and what to do.",
    discussion: """
      A code is one of policyc's own, such as AP2104; what a device answers to a command, a status such as 404 or the error that Windows \
      makes of it, such as 0x87D10194; or an error of TPM, keys, registration or Autopilot, such as 0x80090016, -2146893802 or NTE_BAD_KEYSET; or a status \
      of the attestation report, such as tpm_not_ready.
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

  @Option(
    help:
      "The language of an error's page: en or ja. Without it: the locale's. The pages of other codes are in English."
  )
  var lang: String?

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if let lang, ReportLanguage(tag: lang) == nil {
      throw ValidationError("--lang takes en or ja, and not '\(lang)'")
    }
    if list, code != nil { throw ValidationError("--list takes no code") }
    if !list, code == nil { throw ValidationError("give a code, or --list to see them all") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      guard let code else {
        let rules = DiagnosticCatalog.all
        return try console.write(
          format == .json ? RulePage.listJSON(rules) : RulePage.list(rules, style: console.output))
      }
      if let page = DeviceAnswers.page(of: code) {
        return try console.write(format == .json ? page.json() : page.text(style: console.output))
      }
      let language =
        lang.flatMap { ReportLanguage(tag: $0) } ?? ReportLanguage(tag: console.language) ?? .english
      if let page = StatusDetailPage(code, language: language) {
        return try console.write(
          format == .json ? page.json() : Array(page.text(style: console.output).utf8))
      }
      if let page = ErrorPage(code, language: language) {
        return try console.write(format == .json ? page.json() : Array(page.text(style: console.output).utf8))
      }
      let wanted = DiagnosticCode(code.uppercased())
      guard let rule = DiagnosticCatalog.rule(for: wanted) else { throw unknown(wanted, console) }
      let page = RulePage(rule)
      try console.write(format == .json ? page.json() : page.text(style: console.output))
    }
  }

  /// The arguments of `explain` with negative decimal codes, as logs print them, in hexadecimal: a word that begins with a hyphen is an option
  /// to the parser of command lines.
  static func acceptingNegativeCodes(_ arguments: ArraySlice<String>) -> [String] {
    guard arguments.first == configuration.commandName else { return Array(arguments) }
    return arguments.map { $0.hasPrefix("-") ? ErrorNumber($0)?.hexadecimal ?? $0 : $0 }
  }

  private func unknown(_ code: DiagnosticCode, _ console: Console) -> ExitCode {
    let near = DiagnosticCatalog.closestCode(to: code).map { "; did you mean \($0)?" }
    console.say(
      "error: there is no code '\(code.text)'\(near ?? "; policyc explain --list prints every code")"
    )
    return ExitStatus.usage.code
  }
}
