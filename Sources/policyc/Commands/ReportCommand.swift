import ArgumentParser
import DeviceReports
import Diagnostics
import FileAccess
import FleetReports
import PolicyModel

/// `policyc report COMPILED --input DEVICES`: judges a fleet by a compiled policy.
struct ReportCommand: ParsableCommand {
  /// How the report is written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, csv, ndjson, json, html
  }

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Judge a fleet by a compiled policy, and write the report of its devices.",
    discussion: """
      The input is a table (CSV) or objects (NDJSON, JSON) with a device a row; what its columns mean is told by a mapping. Counts are of all \
      rows; filters choose the devices that are listed: any of several choices of one option, and all options together.

      Columns to sort by: \(ReportColumn.allCases.map(\.id).joined(separator: ", ")).

      Ends with 0 when the report is whole, whatever it says of the devices, 1 when a row could not be read, and 4 when the input could not.
      """)

  @Argument(help: "A compiled policy: NAME.compiled.json, as policyc build writes it.")
  var compiled: String

  @Option(
    help: ArgumentHelp("The devices: a .csv, .ndjson or .json file; - is standard input.", valueName: "FILE"))
  var input: String

  @OptionGroup(title: "Reading the input") var reading: FleetReadingArguments

  @OptionGroup(title: "Choosing devices") var choices: FleetChoiceArguments

  @Option(
    help: ArgumentHelp(
      "Order the devices by a column; COLUMN:desc has the greatest first.", valueName: "COLUMN"))
  var sort: String?

  @Option(help: "text, csv, ndjson, json or html.")
  var format: Format?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to a file, all of it or nothing.", valueName: "FILE"))
  var output: String?

  @Flag(
    help: """
      Write, instead of the report, a plan of whom to ask to attest again, with the requests to Microsoft Graph; as json, or as text with \
      --format text. Nothing is sent.
      """)
  var planAttest = false

  @Flag(help: "Begin CSV with a byte order mark, by which Excel knows that it is UTF-8.")
  var bom = false

  @OptionGroup var languageArguments: LanguageArguments

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if bom, format != .csv { throw ValidationError("--bom goes with --format csv") }
    if planAttest, ![.text, .json].contains(chosenFormat) {
      throw ValidationError("--plan-attest is written as text or json")
    }
    if planAttest, reading.mapping == "osquery" {
      throw ValidationError(
        "--plan-attest needs the IDs under which Intune manages the devices; osquery has none")
    }
    if compiled == "-", input == "-" { throw ValidationError("standard input can be read only once") }
  }

  /// How to write what was asked for.
  private var chosenFormat: Format { format ?? (planAttest ? .json : .text) }

  func run() throws {
    let console = Console(color: consoleOptions.color, language: languageArguments.chosen)
    let language = languageArguments.language(console)
    try console.run {
      let policy = try DeviceCheck.policy(compiled, console)
      let filter = try choices.filter(of: policy)
      let order = try order()
      var evaluation = try evaluation(of: policy, console)
      try reading.evaluate(input, &evaluation, console)
      let report = evaluation.report().filtered(by: filter)
      try write(order.map { report.sorted(by: $0) } ?? report, language, console)
      tell(report, language, console)
      if !report.problems.isEmpty { throw ExitStatus.no.code }
    }
  }

  private func evaluation(of policy: CompiledPolicy, _ console: Console) throws -> FleetEvaluation {
    do throws(PolicyDefect) {
      return try FleetEvaluation(policy)
    } catch {
      console.say("error: \(compiled) cannot be evaluated: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  private func order() throws -> FleetOrder? {
    do throws(FleetChoiceError) {
      guard let sort else { return nil }
      return try FleetOrder(sort)
    } catch {
      throw ValidationError("--sort: \(error)")
    }
  }

  private func write(_ report: FleetReport, _ language: ReportLanguage, _ console: Console) throws(FileError)
  {
    let rendering: any FleetRendering
    let style = output == nil ? console.output : TerminalStyle()
    switch chosenFormat {
    case .text where planAttest:
      rendering = AttestPlanText(AttestPlan(report), language: language, style: style)
    case .json where planAttest: rendering = AttestPlanJSON(AttestPlan(report))
    case .text: rendering = FleetText(report, language: language, style: style)
    case .csv: rendering = FleetCSV(report, language: language, hasByteOrderMark: bom)
    case .ndjson: rendering = FleetLines(report)
    case .json: rendering = FleetJSON(report)
    case .html: rendering = FleetPage(report, language: language)
    }
    guard let output else {
      return try rendering.write { bytes throws(FileError) in
        // A piece ends with a line.
        try chosenFormat == .text
          ? console.write(String(decoding: bytes, as: UTF8.self)) : console.write(document: bytes)
      }
    }
    try writeAtomically(output, rendering.bytes())
  }

  /// How many rows that could not be read standard error names.
  private static let namedProblems = 20

  /// Says on standard error what of the input is not in the report, or is there twice.
  private func tell(_ report: FleetReport, _ language: ReportLanguage, _ console: Console) {
    let isShown = chosenFormat == .text && output == nil && !planAttest
    let repeats = report.repeats.count
    if repeats > 0, !isShown {
      console.say(
        "note: " + (repeats == 1 ? "1 device has several rows" : "\(repeats) devices have several rows"))
    }
    let exempt = report.counts.verdicts[.notApplicable, default: 0]
    if exempt > 0, report.policy.asksForEvidence {
      let devices = exempt == 1 ? "1 device reports itself" : "\(exempt) devices report themselves"
      console.say("note: \(devices) out of the policy, which asks for attested facts")
    }
    guard !report.problems.isEmpty else { return }
    console.say("error: \(report.problems.count) of \(report.counts.rows) rows could not be read")
    guard !isShown else { return }
    for problem in report.problems.prefix(Self.namedProblems) {
      console.say("  line \(problem.line): \(problem.reason)")
    }
    let rest = report.problems.count - Self.namedProblems
    if rest > 0 { console.say("  and \(rest) more") }
  }
}
