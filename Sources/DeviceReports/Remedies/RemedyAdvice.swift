import Diagnostics
import PolicyModel

/// What to do about a device: the remedies of a report with the plan of each for this device, and the command that prints it.
package struct RemedyAdvice: Sendable {
  /// A remedy and how it is carried out on the device.
  package struct Measure: Hashable, Sendable {
    /// The remedy.
    package let remedy: KnownRemedy
    /// Its steps, as far as the device's facts let them be shown.
    package let plan: RunbookPlan
    /// Whether it is for when those before it do not help.
    package let isFurther: Bool
  }

  /// The measures in the order in which they are to be tried.
  package let measures: [Measure]
  /// Remedies that rules name and nobody knows.
  package let unknownNames: [String]
  private let arguments: [String]?

  /// The advice for a choice.
  ///
  /// - Parameters:
  ///   - facts: What is known of the device.
  ///   - arguments: What stands behind `policyc remedy ID` for this device: its probes and how they are judged. Nil when that is not for a report.
  package init(_ choice: RemedyChoice, facts: RemedyFacts, arguments: [String]? = []) {
    measures = choice.entries.map {
      Measure(
        remedy: $0.remedy, plan: RunbookPlan($0.remedy.runbook, for: facts), isFurther: $0.isFurther)
    }
    unknownNames = choice.unknownNames
    self.arguments = arguments
  }

  /// The advice for a report of whose device nothing else is known.
  package init(_ report: PolicyReport) { self.init(RemedyChoice(report), facts: RemedyFacts(report)) }

  /// The command that prints the plan of a remedy for the device, in words; nil when it is not for a report.
  package func command(for remedy: KnownRemedy) -> [String]? {
    arguments.map { ["policyc", "remedy", remedy.rawValue] + $0 }
  }

  /// The whole runbooks, one behind the other.
  package func runbooks(in language: ReportLanguage, style: TerminalStyle = TerminalStyle()) -> String {
    measures.map { "\n" + RunbookRenderer($0.plan, language: language).text(style: style) }.joined()
  }
}
