import ArgumentParser
import CSPCatalog
import Diagnostics
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

  @Option(help: "text, json or github.")
  var format: DiagnosticFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color)
    var run = ValidateRun(catalog: CSPCatalog.embedded)
    var isUnreadable = false
    try console.run {
      for path in files {
        do throws(FileError) {
          try run.validate(path)
        } catch {
          console.report(error)
          isUnreadable = true
        }
      }
      try run.show(on: console, as: format)
    }
    if run.errors > 0 { throw ExitStatus.no.code }
    if isUnreadable { throw ExitStatus.inaccessible.code }
  }
}

/// The payloads of one run: their findings, and the bytes of those that are small enough to be shown.
private struct ValidateRun {
  /// Payloads above this size are not kept; their findings name line and column and show no source.
  static let shownSize = 4 << 20

  let catalog: CSPCatalog
  private var sources = SourceMap()
  private var diagnostics: [Diagnostic] = []
  /// Findings in payloads that are not kept.
  private var placeless: [Diagnostic] = []
  private var summaries: [String] = []
  private(set) var errors = 0

  init(catalog: CSPCatalog) { self.catalog = catalog }

  mutating func validate(_ path: String) throws(FileError) {
    let name = path == "-" ? standardInputName : path
    var validator = PayloadValidator(PayloadOptions(catalog: catalog))
    var kept: [UInt8]? = []
    try readPieces(of: path, limit: FileLimit.payload) { piece in
      if let count = kept?.count, count + piece.count <= Self.shownSize {
        kept?.append(contentsOf: piece)
      } else {
        kept = nil
      }
      return validator.feed(piece)
    }
    let report = validator.finish()
    errors += report.errors
    summaries.append(report.summary(file: name))
    if let kept {
      let file = sources.add(SourceFile(name: name, bytes: kept))
      let index = LineIndex(kept)
      diagnostics += report.findings.map { $0.diagnostic(in: file, index) }
    } else {
      placeless += report.findings.map { $0.diagnostic(file: name) }
    }
  }

  func show(on console: Console, as format: DiagnosticFormat) throws(FileError) {
    try console.report(diagnostics + placeless, in: sources, as: format)
    if format == .text {
      try console.write(summaries.map { $0 + "\n" }.joined())
    } else {
      for summary in summaries { console.say(summary) }
    }
  }
}
