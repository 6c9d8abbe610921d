import ArgumentParser
import DeviceProbes
import DeviceReports

/// What every command takes that asks probes and says in words what they found.
struct ProbingArguments: ParsableArguments {
  @OptionGroup var languages: LanguageArguments

  @Option(help: "How long a probe may take, in seconds.")
  var timeout = ProgramLimits().seconds

  func validate() throws {
    guard DeviceCheck.timeouts.contains(timeout) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds")
    }
  }

  /// The options of probes.
  var options: ProbeOptions { ProbeOptions(limits: ProgramLimits(seconds: timeout)) }
}
