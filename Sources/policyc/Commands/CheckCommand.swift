import ArgumentParser
import DeviceProbes
import DeviceReports

/// `policyc check`: judges a device by a compiled policy.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Judge a device by a compiled policy.",
    discussion: """
      Probes are asked in the order given; the first that knows a fact wins, and a contradiction is reported. \
      Without any this machine is asked.

      \(ProbeKind.table)

      Ends with 0 when the device complies, 1 when it fails, 3 when a fact that was needed cannot be read, and 5 \
      when the policy is not meant for the device or asks nothing of it.
      """)

  @Argument(help: "A compiled policy: NAME.compiled.json, as policyc build writes it.")
  var compiled: String

  @Option(help: ArgumentHelp("Where facts come from; may be given several times.", valueName: "PROBE"))
  var probe: [String] = []

  @OptionGroup(title: "Judging tokens") var tokens: TokenArguments

  @Option(
    help: ArgumentHelp(
      "Evidence of the device, from policyc attest; as --probe evidence:FILE.", valueName: "FILE"))
  var evidence: String?

  @OptionGroup(title: "Judging evidence") var evidenceArguments: EvidenceArguments

  @Option(help: "text or json.")
  var format: DeviceCheck.Format = .text

  @Flag(help: "Print the steps of every remedy below the verdict, as far as they are safe for the device.")
  var runbooks = false

  @Flag(help: "End with 0 also when the policy is not meant for the device or asks nothing of it.")
  var allowNotApplicable = false

  @OptionGroup var probing: ProbingArguments

  @OptionGroup var consoleOptions: ConsoleOptions

  /// The command line as values.
  var check: DeviceCheck {
    DeviceCheck(
      compiled: compiled, probes: probe + (evidence.map { ["evidence:\($0)"] } ?? []),
      language: probing.languages.chosen, format: format, showsRunbooks: runbooks,
      allowsNotApplicable: allowNotApplicable, timeout: probing.timeout, color: consoleOptions.color,
      tokens: tokens.judgement,
      evidence: evidenceArguments.judgement)
  }

  func run() throws { try check.run() }
}

extension DeviceCheck.Format: ExpressibleByArgument {}
