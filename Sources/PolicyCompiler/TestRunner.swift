import CSPCatalog
import Diagnostics
import PolicyModel

/// What came of one `test` case.
package struct TestResult: Sendable {
  /// The case that ran.
  package let test: PolicyTest
  /// The verdict that came out; nil when the policy could not be evaluated.
  package let verdict: Verdict?
  /// What was expected and did not come out, one finding each.
  package let failures: [Diagnostic]

  /// Whether everything came out as expected.
  package var hasPassed: Bool { failures.isEmpty && verdict != nil }
}

/// What came of all test cases of a policy.
package struct TestRun: Sendable {
  /// The policy that was tested.
  package let policy: CheckedPolicy
  /// One for each case, in source order.
  package let results: [TestResult]
  /// Rules that no test saw both hold and not hold, by name, with what is missing.
  package let unexercised: [(rule: String, missing: String)]
}

/// Runs the `test` cases of checked policies with the one evaluator.
package struct TestRunner {
  /// Compiles the policy again with other params: nil when that fails.
  private let recompile: ([ParameterSetting]) -> CheckedPolicy?

  /// A runner; `recompile` is asked only for tests that set params to other values than the policy has.
  package init(recompile: @escaping ([ParameterSetting]) -> CheckedPolicy?) { self.recompile = recompile }

  /// Runs every test of a policy. One compiled policy and one report are held at a time.
  package func run(_ policy: CheckedPolicy) -> TestRun {
    var results = [TestResult?](repeating: nil, count: policy.tests.count)
    var seen = RuleCoverage(policy.compiled.rules)
    for (settings, tests) in Self.bySettings(policy) {
      let compiled = settings.isEmpty ? policy.compiled : recompile(settings)?.compiled
      let evaluator = compiled.flatMap { try? PolicyEvaluator($0) }
      for index in tests {
        let test = policy.tests[index]
        guard let evaluator else {
          results[index] = Self.notRun(test)
          continue
        }
        let report = evaluator.report(on: test.facts.withFirmwareJudged())
        seen.note(report)
        results[index] = TestResult(
          test: test, verdict: report.verdict,
          failures: test.expectations.compactMap { failure($0, test, report) })
      }
    }
    return TestRun(policy: policy, results: results.compactMap(\.self), unexercised: seen.unexercised)
  }

  /// The numbers of the tests that have their params in common, in the order of the first of each.
  private static func bySettings(_ policy: CheckedPolicy) -> [(settings: [ParameterSetting], tests: [Int])] {
    let values = Dictionary(
      policy.compiled.parameters.map { ($0.name, $0.value.description) },
      uniquingKeysWith: { first, _ in first })
    var places: [[ParameterSetting]: Int] = [:]
    var groups: [(settings: [ParameterSetting], tests: [Int])] = []
    for (index, test) in policy.tests.enumerated() {
      // What the policy has anyway changes nothing; a number may have its unit behind it.
      let settings = test.settings.filter { setting in
        guard let value = values[setting.name] else { return true }
        return ExactText(setting.text) != ExactText(value)
          && !setting.text.utf8.starts(with: "\(value) ".utf8)
      }.sorted { $0.name < $1.name }
      if let place = places[settings] {
        groups[place].tests.append(index)
      } else {
        places[settings] = groups.count
        groups.append((settings, [index]))
      }
    }
    return groups
  }

  private static func notRun(_ test: PolicyTest) -> TestResult {
    TestResult(
      test: test, verdict: nil,
      failures: [
        Diagnostic(
          "AP4004", .error, "the test \"\(test.name)\" cannot be run with its params",
          at: Label(test.span, "the policy does not compile with them"))
      ])
  }

  private func failure(_ expected: PolicyTest.Expectation, _ test: PolicyTest, _ report: PolicyReport)
    -> Diagnostic?
  {
    let names: (Rule.Kind, RuleOutcome) -> [String] = { kind, outcome in
      report.rules.filter { $0.rule.kind == kind && $0.outcome == outcome }.map(\.rule.name)
    }
    let failed = names(.require, .fail)
    let unknown = report.rules.filter { $0.outcome == .unknown && $0.rule.counts(.unknown) }.map(\.rule.name)
    let actual: [String]
    var isMet: Bool
    switch expected.outcome {
    case .pass:
      isMet = report.verdict == .pass
      actual = failed + unknown
    case .notApplicable:
      isMet = report.verdict == .notApplicable
      actual = []
    case .fail:
      isMet = report.verdict == .fail
      actual = failed
    case .indeterminate:
      isMet = report.verdict == .indeterminate
      actual = unknown
    case .warn:
      isMet = true
      actual = names(.warn, .fail)
    case .noWarnings:
      actual = names(.warn, .fail)
      isMet = actual.isEmpty
    }
    if !expected.rules.isEmpty, Set(expected.rules) != Set(actual) { isMet = false }
    guard !isMet else { return nil }
    let wanted =
      expected.outcome.rawValue + (expected.rules.isEmpty ? "" : " " + Self.listed(expected.rules))
    var help = [
      "expected \(wanted)",
      "got      \(Self.describe(report, failed: failed, unknown: unknown, warned: names(.warn, .fail)))",
    ]
    let shown = Set(failed + unknown)
    for result in report.rules where shown.contains(result.rule.name) {
      let facts = result.reads.map { index in
        let reading = report.facts[index]
        return "\(reading.declaration.name) = \(reading.text)"
      }
      help.append("\(result.rule.name): \(result.rule.source)   with \(facts.joined(separator: ", "))")
      if help.count > 8 { break }
    }
    return Diagnostic(
      "AP4004", .error, "the test \"\(test.name)\" expected \(wanted)",
      at: Label(expected.span, "this did not come out"),
      help: help)
  }

  /// Why a verdict is open though every rule that must be known is.
  private static func openCause(of report: PolicyReport) -> String {
    report.scope.truth == .unknown
      ? "(whether the policy applies is unknown)" : "(every requirement that is asked is unknown)"
  }

  /// Names of rules, as many as a reader takes in.
  private static func listed(_ names: [String]) -> String {
    let limit = 40
    return names.prefix(limit).joined(separator: ", ")
      + (names.count > limit ? " and \(names.count - limit) more" : "")
  }

  private static func describe(_ report: PolicyReport, failed: [String], unknown: [String], warned: [String])
    -> String
  {
    var parts: [String] = []
    switch report.verdict {
    case .pass: parts.append("pass")
    case .fail: parts.append("fail " + listed(failed))
    case .indeterminate:
      parts.append(
        "indeterminate "
          + (unknown.isEmpty ? Self.openCause(of: report) : listed(unknown)))
    case .notApplicable:
      parts.append(
        "not_applicable"
          + (report.exemption == .nothingAsked ? " (no requirement is asked of this device)" : ""))
    }
    if report.verdict == .fail, !unknown.isEmpty {
      parts.append("unknown " + listed(unknown))
    }
    if !warned.isEmpty { parts.append("warn " + listed(warned)) }
    return parts.joined(separator: "; ")
  }
}

/// Which rules the tests have seen hold, and which not.
private struct RuleCoverage {
  private var rules: [(name: String, held: Bool, failed: Bool)]

  init(_ rules: [Rule]) { self.rules = rules.map { ($0.name, false, false) } }

  /// Params change conditions, never the rules and their order.
  mutating func note(_ report: PolicyReport) {
    for (index, result) in report.rules.enumerated() where index < rules.count {
      switch result.outcome {
      case .pass: rules[index].held = true
      case .fail: rules[index].failed = true
      case .unknown, .notApplicable: break
      }
    }
  }

  var unexercised: [(rule: String, missing: String)] {
    rules.compactMap { rule in
      switch (rule.held, rule.failed) {
      case (true, true): nil
      case (true, false): (rule.name, "no test makes it fail")
      case (false, true): (rule.name, "no test makes it hold")
      case (false, false): (rule.name, "no test decides it")
      }
    }
  }
}

extension TestRun {
  /// Rules that tests leave open, as findings.
  package var findings: [Diagnostic] {
    unexercised.map { rule, missing in
      Diagnostic(
        "AP4005", .note, "the rule '\(rule)' of \(policy.compiled.name) is not exercised: \(missing)",
        at: Label(policy.nameSpan, missing), help: ["add a test for '\(rule)'"])
    }
  }
}
