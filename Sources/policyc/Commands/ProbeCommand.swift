import ArgumentParser
import CSPCatalog
import DeviceProbes
import DeviceReports
import PolicyModel

/// `policyc probe [NAME…]`: prints what probes find out about a device.
struct ProbeCommand: ParsableCommand {
  /// How the facts are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, yaml
  }

  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Print what probes find out about a device.",
    discussion: """
      Every fact of the catalogue is printed with its value, its evidence level and its source, or why it is unknown. In JSON and \
      YAML the output is a snapshot, which check reads with --probe file:PATH. Without a name this machine is asked.

      \(ProbeKind.table)

      Ends with 0, also when facts are unknown.
      """)

  @Argument(help: ArgumentHelp("Probes, asked in this order.", valueName: "PROBE"))
  var probes: [String] = []

  @OptionGroup(title: "Judging tokens") var tokens: TokenArguments

  @OptionGroup(title: "Judging evidence") var evidenceArguments: EvidenceArguments

  @Option(help: "text, json or yaml.")
  var format: Format = .text

  @OptionGroup var probing: ProbingArguments

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color, language: probing.languages.chosen)
    let language = probing.languages.language(console)
    let facts = FactCatalog.embedded.entries.map(\.declaration)
    try console.run {
      let options = try evidenceArguments.judgement.complete(
        probing.options.with(tokens.judgement), for: probes, console)
      let asked = try DeviceCheck.probeSet(probes, options)
      let snapshot = try DeviceCheck.observe(facts, by: asked, console)
      let report = FactReport(facts, in: snapshot, language: language)
      switch format {
      case .text: try console.write(report.text(style: console.output))
      case .json: try console.write(document: report.json())
      case .yaml: try console.write(document: report.yaml())
      }
      for warning in report.warnings { console.say("warning: \(warning)") }
    }
  }
}
