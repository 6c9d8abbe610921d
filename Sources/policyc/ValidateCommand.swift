import ArgumentParser
import CSPCatalog
import FileAccess
import SyncML

/// `policyc validate FILE…`: judges payloads before a device does.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judge SyncML payloads: their structure, and every command against the CSP catalogue.",
    discussion: """
      A file is a whole message, a SyncBody, or commands alone. A whole message is judged as what a device gets; in a fragment, what a \
      server adds (header, CmdIDs) may be missing. Variables ($NAME) and placeholders ({name}) are left unjudged.

      Ends with 1 when an error was found, else with 4 when a file could not be read.
      """)

  @Argument(help: "Payloads; - is standard input.", completion: .file(extensions: ["xml"]))
  var files: [String]

  @Option(help: DiagnosticFormat.help)
  var format: DiagnosticFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color)
    var run = ValidateRun(PayloadOptions(catalog: .embedded))
    try console.run {
      for path in files {
        do throws(FileError) {
          try run.validate(path)
        } catch {
          console.report(error)
          run.lack(path, error)
        }
      }
      try run.show(on: console, as: format)
    }
    if run.errors > 0 { throw ExitStatus.no.code }
    if run.lacksFiles { throw ExitStatus.inaccessible.code }
  }
}
