import ArgumentParser
import DeviceProbes
import DeviceReports

/// What every command takes that asks probes and says in words what they found.
struct ProbingArguments: ParsableArguments {
  @Option(help: "The language of the texts: en or ja. Without it: the locale's.")
  var lang: String?

  @Option(help: "How long a probe may take, in seconds.")
  var timeout = ProgramLimits().seconds

  func validate() throws {
    guard DeviceCheck.timeouts.contains(timeout) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds")
    }
    if let lang, ReportLanguage(tag: lang) == nil {
      throw ValidationError("--lang takes en or ja, and not '\(lang)'")
    }
  }

  /// The language that was asked for, or nil.
  var chosenLanguage: ReportLanguage? { lang.flatMap { ReportLanguage(tag: $0) } }

  /// The language that was asked for, or the locale's.
  func language(_ console: Console) -> ReportLanguage {
    chosenLanguage ?? ReportLanguage(tag: console.language) ?? .english
  }

  /// The options of probes.
  var options: ProbeOptions { ProbeOptions(limits: ProgramLimits(seconds: timeout)) }
}
