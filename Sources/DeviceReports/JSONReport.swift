import Diagnostics
import PolicyModel

/// A report for programs: everything that the text has, as one JSON object.
package struct JSONReport: Sendable {
  private let report: PolicyReport
  private let advice: RemedyAdvice
  private let language: ReportLanguage
  private let exitCode: Int32

  /// A report whose texts are in a language. Without advice it is made from the report alone.
  package init(
    _ report: PolicyReport, advice: RemedyAdvice? = nil, language: ReportLanguage,
    allowingNotApplicable: Bool = false
  ) {
    exitCode = report.verdict.exitCode(allowingNotApplicable: allowingNotApplicable)
    self.report = report
    self.advice = advice ?? RemedyAdvice(report)
    self.language = language
  }

  /// A line of JSON.
  package func render() -> [UInt8] { value().line }

  /// The report as a value, to put several into one document.
  package func value() -> JSONValue {
    object(
      ("schema", .integer(1)), ("language", .string(language.rawValue)),
      ("policy", policyValue()), ("verdict", .string(report.verdict.rawValue)),
      ("not_applicable", report.exemption.map(exemption)), ("exit_code", .integer(Int64(exitCode))),
      ("scope", scopeValue()),
      (
        "refused",
        report.refusal.map { refused in
          object(("source", .string(refused.source)), ("text", .string(report.headline(in: language))))
        }
      ),
      ("statuses", .array(report.statuses.map(status))), ("remedies", advice.json(in: language)),
      ("rules", .array(report.rules.map(rule))), ("facts", .array(report.facts.map(fact))),
      ("contradictions", .array(report.contradictions.map(contradiction))))
  }

  private func exemption(_ exemption: PolicyReport.Exemption) -> JSONValue {
    object(
      ("because", .string(exemption.rawValue)), ("by_own_report", .bool(report.isExcusedByOwnReport)),
      ("text", .string(report.headline(in: language))))
  }

  private func policyValue() -> JSONValue {
    object(
      ("name", .string(report.policy.name)), ("version", .string(report.policy.version.description)),
      ("title", report.policy.title(in: language).map { .string($0) }),
      ("summary", report.policy.summary.map { .string($0) }))
  }

  private func scopeValue() -> JSONValue {
    object(
      ("applies", .string(report.scope.truth.name)),
      ("names", .array(report.policy.scope.names.map { .string($0) })),
      ("editions", .array(report.policy.scope.editions.map { .string($0) })),
      ("decisive", .array(report.scope.decisive.map(finding))))
  }

  private func status(_ name: String) -> JSONValue {
    let known = KnownStatus(rawValue: name)
    return object(
      ("id", .string(name)), ("text", known.map { .string($0.text(in: language)) }),
      ("retry_can_help", known.map { .bool($0.retryCanHelp) }))
  }

  private func rule(_ result: RuleResult) -> JSONValue {
    let rule = result.rule
    let message = RuleMessage(for: result, in: report, language: language)
    return object(
      ("name", .string(rule.name)), ("kind", .string(rule.kind.rawValue)),
      ("outcome", .string(result.outcome.rawValue)), ("severity", .string(rule.severity.rawValue)),
      ("unknown_allowed", rule.allowsUnknown ? .bool(true) : nil), ("status", rule.status.map(status)),
      ("remedy", rule.remedy.map { object(("id", .string($0))) }),
      (
        "message",
        message.map { message in
          object(
            ("text", .string(message.text)), ("language", .string(message.language)),
            ("origin", .string(message.origin.rawValue)))
        }
      ), ("summary", rule.summary.map { .string($0) }), ("source", .string(rule.source)),
      ("when", result.when.map(condition)), ("that", condition(result.that)),
      ("reads", .array(result.reads.map { .string(report.policy.facts[$0].name) })))
  }

  private func condition(_ result: ConditionResult) -> JSONValue {
    object(("truth", .string(result.truth.name)), ("decisive", .array(result.decisive.map(finding))))
  }

  private func finding(_ finding: Finding) -> JSONValue {
    let text = FindingText(finding: finding, report: report, language: language)
    return object(
      ("facts", .array(finding.references.map { .string(report.policy.facts[Int($0.index)].name) })),
      ("attested", finding.references.contains(where: \.attested) ? .bool(true) : nil),
      ("truth", .string(finding.truth.name)), ("negated", finding.isNegated ? .bool(true) : nil),
      ("observed", .string(text.observed)), ("needed", .string(text.needed)),
      ("revisions_short", text.shortfall.map { .integer(Int64($0)) }),
      ("reason", text.unknownReason.map { .string($0) }))
  }

  private func fact(_ reading: FactReading) -> JSONValue {
    let state: String
    var found: JSONValue?
    switch reading.state {
    case .known: state = "known"
    case .notObserved: state = "not_observed"
    case .unreadable: state = "unreadable"
    case .wrongType(let value):
      state = "wrong_type"
      found = value.json
    }
    let text = ReadingText(reading: reading, language: language)
    return object(
      ("name", .string(reading.declaration.name)), ("type", .string(reading.declaration.type.name)),
      ("unit", reading.declaration.unit.map { .string($0) }), ("state", .string(state)),
      ("value", reading.value.map(\.json)), ("found", found),
      ("reason", text.unknownReason(attested: false).map { .string($0) }),
      ("level", reading.observation.map { .string($0.level.name) }),
      ("source", reading.observation.map { .string($0.source) }),
      ("note", reading.observation?.note.map { .string($0) }))
  }

  private func contradiction(_ contradiction: Contradiction) -> JSONValue {
    func side(_ observation: Observation) -> JSONValue {
      object(
        ("value", observation.value.map(\.json)), ("level", .string(observation.level.name)),
        ("source", .string(observation.source)))
    }
    return object(
      ("fact", .string(contradiction.fact)), ("kept", side(contradiction.kept)),
      ("set_aside", side(contradiction.setAside)))
  }

  private func object(_ members: (String, JSONValue?)...) -> JSONValue {
    .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
  }
}
