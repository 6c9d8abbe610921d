import ArgumentParser
import Diagnostics
import FileAccess

#if canImport(Glibc)
  import Glibc
#endif

/// When to colour.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// How findings are shown.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, sarif, junit, github

  /// What help says of an option that takes one.
  static let help: ArgumentHelp = "text, json, sarif, junit or github."
}

/// Options that every command takes.
struct ConsoleOptions: ParsableArguments {
  @Option(help: "When to colour: auto (on a terminal, without NO_COLOR), always or never.")
  var color: ColorChoice = .auto
}

/// The terminal, or what stands in its place: data goes to standard output, findings and everything else to
/// standard error.
struct Console {
  /// How standard output is written to.
  let output: TerminalStyle
  /// How standard error is written to.
  let errors: TerminalStyle
  /// The language of the locale, as `ja` or `en`; `en` where there is none.
  let language: String
  /// Whether progress may be shown on standard error.
  let showsProgress: Bool

  /// The console of this process.
  ///
  /// - Parameter chosen: The language that the command line asks for. Whoever asks for Japanese can read it, whatever the locale says of
  ///   the terminal: cron and containers have none.
  init(
    color: ColorChoice = .auto, language chosen: ReportLanguage? = nil,
    environment: Environment = Environment()
  ) {
    output = Self.style(of: STDOUT_FILENO, color, chosen, environment)
    errors = Self.style(of: STDERR_FILENO, color, chosen, environment)
    language = environment.language
    showsProgress = isatty(STDERR_FILENO) == 1 && !environment.isDumb
  }

  private static func style(
    of stream: Int32, _ color: ColorChoice, _ chosen: ReportLanguage?, _ environment: Environment
  ) -> TerminalStyle {
    let isTerminal = isatty(stream) == 1
    let isColored =
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && !environment.refusesColor && !environment.isDumb
      }
    let columns = isTerminal ? (Self.columns(of: stream) ?? environment.columns ?? 80) : 120
    return TerminalStyle(
      isColored: isColored, repertoire: environment.isUTF8 || chosen == .japanese ? .unicode : .ascii,
      columns: max(columns, 40))
  }

  private static func columns(of stream: Int32) -> Int? {
    var size = winsize()
    return ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Writes a text for people to standard output. Its lines and our colours are all in it that acts on a terminal.
  func write(_ text: String) throws(FileError) { try writeStandardOutput(output.safe(text)) }

  /// Writes lines for people to standard output. Whatever is in one, it stays one.
  func write(lines: [String]) throws(FileError) {
    try write(lines.map { safeLine($0, in: output.repertoire, limit: .max) + "\n" }.joined())
  }

  /// Writes a document for a program to standard output, in the escapes of its format.
  func write(document: [UInt8]) throws(FileError) { try writeStandardOutput(document) }

  /// Writes a document for a program to standard output, in the escapes of its format.
  func write(document: String) throws(FileError) { try writeStandardOutput(document) }

  /// How many scalars of a line are shown: two paths as long as paths can be fit in.
  private static let lineLimit = 10_000

  /// Says one line beside the data, on standard error. Whatever is in the text, it stays one line and cannot act on a terminal.
  func say(_ line: String) {
    say(text: safeLine(line, in: errors.repertoire, limit: Self.lineLimit) + "\n")
  }

  /// Says what is more than a line, all of it our own words or safe lines.
  func say(text: String) { writeStandardError(errors.safe(text)) }

  /// Shows findings: as text on standard error, in a machine format, which stands alone, on standard output. `files`
  /// are the payloads that were judged.
  func report(
    _ diagnostics: [Diagnostic], in sources: SourceMap, files: [CheckedFile]? = nil,
    as format: DiagnosticFormat = .text
  ) throws(FileError) {
    switch format {
    case .text where diagnostics.isEmpty: return
    case .text: say(text: TerminalRenderer(sources, style: errors).render(diagnostics))
    case .json: try write(document: JSONRenderer(sources).render(diagnostics, files: files))
    case .sarif: try write(document: SARIFRenderer(sources).render(diagnostics, files: files))
    case .junit: try write(document: JUnitRenderer(sources).render(diagnostics, files: files))
    case .github: try write(document: GitHubRenderer(sources).render(diagnostics, files: files))
    }
  }

  /// Shows an error that is about no source line.
  func report(_ error: FileError) {
    say(text: TerminalRenderer(SourceMap(), style: errors).render([error.diagnostic]))
  }

  /// Runs the work of a command; an error of a file is shown and ends the command with
  /// ``ExitStatus/inaccessible``. In a machine format a file that cannot be read is told in the document.
  func run(as format: DiagnosticFormat = .text, _ work: () throws -> Void) throws {
    do {
      try work()
    } catch let error as FileError {
      report(error)
      if format != .text, !error.isAboutWriting {
        let file = CheckedFile(name: error.path, .unreadable(error.diagnostic))
        try? report([], in: SourceMap(), files: [file], as: format)
      }
      throw ExitStatus.inaccessible.code
    }
  }
}

extension FileError {
  /// The error as a finding without a place.
  var diagnostic: Diagnostic { Diagnostic(code, description, at: nil, help: help.map { [$0] } ?? []) }

  /// The code of the page that explains it.
  var code: DiagnosticCode {
    switch problem {
    case .closedPipe: "AP9009"
    case .leavesFolder: "AP9010"
    case .inUse, .lockTaken: "AP9011"
    case _ where isAboutWriting: "AP9006"
    case .isFolder: "AP9005"
    case .isSpecial, .isKernelFile: "AP9007"
    case .tooLarge: "AP9004"
    case .hasNoPolicies: "AP9008"
    default: "AP9001"
    }
  }
}
