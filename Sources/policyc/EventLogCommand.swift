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

      By itself a log proves nothing. --pcrs compares it with values from elsewhere, and shows the events of every PCR that diverges.

      Ends with 1 when a PCR diverges, 3 when there is nothing to compare, 4 when a file cannot be read or is no boot log.
      """)

  @Argument(help: "A boot log; - is standard input.")
  var file: String

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
    if file == "-", pcrs == "-" { throw ValidationError("standard input can be read only once") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let log = try log(console)
      let comparison = try pcrs.map { name throws -> BootLogReport.Comparison in
        let source = PCRSource(name)
        return BootLogReport.Comparison(
          source: "\(source)", result: log.comparison(with: try values(of: source, console)))
      }
      let evidence = BootEvidence(log)
      let report = BootLogReport(
        file == "-" ? standardInputName : file, log, evidence, facts: BootLogFacts.findings(of: evidence),
        comparison: comparison, listsEvents: events)
      switch format {
      case .text: try console.write(report.text(style: console.output))
      case .json: try console.write(json: report.json())
      }
      if report.exitCode != 0 { throw ExitCode(report.exitCode) }
    }
  }

  private func log(_ console: Console) throws -> EventLog {
    do throws(ProbeError) {
      return try EventLogProbe(path: file).log()
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
