import ArgumentParser
import DeviceProbes
import DeviceReports
import Diagnostics
import FileAccess
import PolicyModel
import PolicyTargets

/// `policyc check`: judges a device by a compiled policy.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Judge a device by a compiled policy.",
    discussion: """
      Probes are asked in the order given; the first that knows a fact wins, and a contradiction is reported.

        file:PATH    a snapshot of facts in YAML or JSON
        exec:PATH    a program that prints facts as JSON
        tpm[:TCTI]   the TPM, by default the kernel's /dev/tpmrm0

      Ends with 0 when the device complies or the policy is not meant for it, 1 when it fails, and 3 when a fact \
      that was needed could not be read.
      """)

  @Argument(help: "A compiled policy: NAME.compiled.json, as policyc build writes it.")
  var compiled: String

  @Option(help: ArgumentHelp("Where facts come from; may be given several times.", valueName: "PROBE"))
  var probe: [String] = []

  @Option(help: "The language of the report: en or ja. Without it: the locale's.")
  var lang: String?

  /// How a verdict is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @Option(help: "text or json.")
  var format: Format = .text

  @Option(help: "How long a probe may take, in seconds.")
  var timeout = ProgramLimits().seconds

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    guard (1...3600).contains(timeout) else { throw ValidationError("--timeout takes 1 to 3600 seconds") }
    if let lang, ReportLanguage(tag: lang) == nil {
      throw ValidationError("--lang takes en or ja, and not '\(lang)'")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let probes = try self.probes(console)
      let policy = try self.policy(console)
      let language =
        lang.flatMap { ReportLanguage(tag: $0) } ?? ReportLanguage(tag: console.language) ?? .english
      let evaluator: PolicyEvaluator
      do {
        evaluator = try PolicyEvaluator(policy)
      } catch {
        console.say("error: \(compiled) cannot be evaluated: \(error)")
        throw ExitStatus.inaccessible.code
      }
      let snapshot: FactSnapshot
      do throws(ProbeError) {
        snapshot = try probes.observe(policy.facts)
      } catch {
        console.say("error: \(error)")
        throw ExitStatus.inaccessible.code
      }
      let report = evaluator.report(on: snapshot)
      switch format {
      case .text: try console.write(TextReport(report, language: language, style: console.output).render())
      case .json: try console.write(JSONReport(report, language: language).render())
      }
      if report.verdict.exitCode != 0 { throw ExitCode(report.verdict.exitCode) }
    }
  }

  private func probes(_ console: Console) throws -> ProbeSet {
    var probes: [any DeviceProbe] = []
    for text in probe.isEmpty ? ["tpm"] : probe {
      do throws(ProbeSpecError) {
        probes.append(try ProbeSpec(text).probe(limits: ProgramLimits(seconds: timeout)))
      } catch {
        throw ValidationError(error.description)
      }
    }
    return ProbeSet(probes)
  }

  private func policy(_ console: Console) throws -> CompiledPolicy {
    let bytes = try readFile(compiled, limit: FileLimit.document)
    do throws(CompiledPolicyError) {
      return try CompiledPolicyFile.decode(bytes).policy
    } catch {
      console.say("error: \(compiled): \(error)")
      throw ExitStatus.inaccessible.code
    }
  }
}
