import ArgumentParser
import Diagnostics
import FleetReports
import PolicyModel

/// Which devices a report lists.
struct FleetChoiceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An attestation status (failed, completed, …) or a status detail (tpm_not_ready, …, none); may be given several times.",
      valueName: "STATUS"))
  var status: [String] = []

  @Option(
    help: ArgumentHelp(
      "pass, fail, indeterminate or not_applicable; may be given several times.", valueName: "VERDICT"))
  var verdict: [String] = []

  @Option(
    help: ArgumentHelp(
      "Such as corporate, personal or unknown; may be given several times.", valueName: "OWNERSHIP"))
  var ownership: [String] = []

  @Option(
    help: ArgumentHelp(
      "A rule of the policy: devices that fail it, are warned by it or leave it open; may be given several times.",
      valueName: "RULE"))
  var rule: [String] = []

  /// The filter that the options describe; a name that is none ends the command.
  func filter(of policy: CompiledPolicy) throws -> FleetFilter {
    var filter = FleetFilter()
    do throws(FleetChoiceError) {
      for name in status { try filter.choose(status: name) }
      for name in verdict { try filter.choose(verdict: name) }
      for name in ownership { filter.choose(ownership: name) }
      for name in rule { try filter.choose(rule: name, of: policy) }
    } catch {
      throw ValidationError(error.description)
    }
    return filter
  }
}
