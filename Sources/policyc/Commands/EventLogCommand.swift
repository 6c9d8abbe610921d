import ArgumentParser
import DeviceProbes
import DeviceReports
import FileAccess
import TPMEvidence

/// `policyc eventlog FILE`: prints what a boot log says, and compares it with PCR values.
struct EventLogCommand: ParsableCommand {
  /// How the report is printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  static let configuration = CommandConfiguration(
    commandName: "eventlog",
    abstract: "Print what a boot log says, and compare it with PCR values.",
    discussion: """
      A boot log is one of the TCG: Windows' files in Logs\\MeasuredBoot, Linux' binary_bios_measurements, a CCEL table. Printed are the \
      PCR values that it leads to, the facts that its verified digests support, the keys of Secure Boot, what was started, and what Windows measured.

      Of several logs, the one that agrees with --pcrs is shown, else that of the last start by its boot counter. Where it resumed a kernel from \
      hibernation, the others tell how that kernel was started.

      By itself a log proves nothing. --pcrs compares it with values from elsewhere, and shows the events of every PCR that diverges.

      Ends with 1 when a PCR diverges, 3 when there is nothing to compare, 4 when a file cannot be read or is no boot log.
      """)

  @Argument(
    help: ArgumentHelp(
      "A boot log, or those of several starts in any order; - is standard input.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Compare with these: a file with what tpm2_pcrread prints or with evidence, or tpm[:TCTI].",
      valueName: "SOURCE"))
  var pcrs: String?

  @Flag(help: "List every event.")
  var events = false

  @Option(help: "text or json.")
  var format: Format = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if (files + [pcrs ?? ""]).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read only once")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let report = try report(console)
      switch format {
      case .text: try console.write(report.text(style: console.output))
      case .json: try console.write(document: report.json())
      }
      if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
  }

  private func report(_ console: Console) throws -> BootLogReport {
    var logs: [KernelStart.Log] = []
    for path in files {
      let read = try log(path, console)
      logs.append(KernelStart.Log(read, BootEvidence(read)))
    }
    let names = files.map { $0 == "-" ? standardInputName : $0 }
    let source = pcrs.map { PCRSource($0) }
    let values = try source.map { try self.values(of: $0, console) }
    let shown = Self.shown(of: logs, values)
    let current = logs[shown]
    var comparison: BootLogReport.Comparison?
    if let source, let values {
      comparison = .init(source: "\(source)", result: current.log.comparison(with: values))
    }
    let start = Self.start(of: current, among: logs.indices.filter { $0 != shown }.map { logs[$0] })
    var starts: BootLogStarts?
    if logs.count > 1 {
      let entries = logs.indices.map { index in
        BootLogStarts.Entry(
          name: names[index], windows: logs[index].evidence.windows, isShown: index == shown)
      }
      starts = BootLogStarts(entries, kernel: start?.map(\.counter))
    }
    return BootLogReport(
      names[shown], current.log, current.evidence,
      facts: BootLogFacts.findings(of: current.evidence, resumedFrom: start), comparison: comparison,
      listsEvents: events, starts: starts)
  }

  /// The log of the last start: where values are given the one that leads to them, else by the boot counters.
  private static func shown(of logs: [KernelStart.Log], _ values: PCRValues?) -> Int {
    if logs.count > 1, let values,
      let agreeing = logs.firstIndex(where: { $0.log.divergences(from: values).isEmpty })
    {
      return agreeing
    }
    let counters = logs.map { $0.evidence.windows.bootCounter.value ?? 0 }
    return counters.indices.max { counters[$0] < counters[$1] } ?? 0
  }

  /// The start of the kernel that a log resumed; nil where it resumed none, or there is no other log.
  private static func start(
    of current: KernelStart.Log, among earlier: [KernelStart.Log]
  ) -> BootFinding<KernelStart>? {
    guard !earlier.isEmpty, current.evidence.windows.isResume else { return nil }
    return KernelStart.find(resumedBy: current, among: earlier)
  }

  private func log(_ path: String, _ console: Console) throws -> EventLog {
    do throws(ProbeError) {
      return try EventLogProbe(path: path).log()
    } catch {
      console.say("error: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  private func values(of source: PCRSource, _ console: Console) throws -> PCRValues {
    do throws(PCRSource.Failure) {
      return try source.values()
    } catch {
      console.say("error: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }
}
