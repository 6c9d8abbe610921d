import ArgumentParser
import Diagnostics

/// `policyc explain CODE`: the page of a code.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print what a code means: its cause, an example, and what to do.")

  /// How a page is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Argument(help: "A code such as AP2104, in either case.")
  var code: String?

  @Flag(help: "List every code with its title.")
  var list = false

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
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
      let wanted = DiagnosticCode(code.uppercased())
      guard let rule = DiagnosticCatalog.rule(for: wanted) else { throw unknown(wanted, console) }
      let page = RulePage(rule)
      try console.write(format == .json ? page.json() : page.text(style: console.output))
    }
  }

  private func unknown(_ code: DiagnosticCode, _ console: Console) -> ExitCode {
    let near = DiagnosticCatalog.closestCode(to: code).map { "; did you mean \($0)?" }
    let name = visible(code.text, in: console.errors.repertoire)
    console.say("error: there is no code '\(name)'\(near ?? "; policyc explain --list prints every code")")
    return ExitStatus.usage.code
  }
}
