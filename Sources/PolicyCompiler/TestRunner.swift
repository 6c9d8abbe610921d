import Diagnostics
import PolicyModel

/// What came of one `test` case.
public struct TestResult: Sendable {
  /// The case that ran.
  public let test: PolicyTest
  /// The verdict that came out; nil when the policy could not be evaluated.
  public let report: PolicyReport?
  /// What was expected and did not come out, one finding each.
  public let failures: [Diagnostic]

  /// Whether everything came out as expected.
  public var hasPassed: Bool { failures.isEmpty && report != nil }
}

/// What came of all test cases of a policy.
public struct TestRun: Sendable {
  /// The policy that was tested.
  public let policy: CheckedPolicy
  /// One for each case, in source order.
  public let results: [TestResult]
  /// Rules that no test saw both hold and not hold, by name, with what is missing.
  public let unexercised: [(rule: String, missing: String)]
}

/// Runs the `test` cases of checked policies with the one evaluator.
public struct TestRunner {
  /// Compiles the policy again with other params: nil when that fails.
  private let recompile: ([ParameterSetting]) -> CheckedPolicy?

  /// A runner; `recompile` is asked only for tests that set params.
  public init(recompile: @escaping ([ParameterSetting]) -> CheckedPolicy?) { self.recompile = recompile }

  /// Runs every test of a policy.
  public func run(_ policy: CheckedPolicy) -> TestRun {
    var evaluators: [[ParameterSetting]: PolicyEvaluator?] = [:]
    var results: [TestResult] = []
    var seen: [String: Set<RuleOutcome>] = [:]
    for test in policy.tests {
      if evaluators[test.settings] == nil {
        let compiled = test.settings.isEmpty ? policy.compiled : recompile(test.settings)?.compiled
        evaluators[test.settings] = .some(compiled.flatMap { try? PolicyEvaluator($0) })
      }
      guard case .some(.some(let evaluator)) = evaluators[test.settings] else {
        results.append(
          TestResult(
            test: test, report: nil,
            failures: [
              Diagnostic(
                "AP4004", .error, "the test \"\(test.name)\" cannot be run with its params",
                at: Label(test.span, "the policy does not compile with them"))
            ]))
        continue
      }
      let report = evaluator.report(on: test.facts)
      for rule in report.rules { seen[rule.rule.name, default: []].insert(rule.outcome) }
      results.append(
        TestResult(
          test: test, report: report, failures: test.expectations.compactMap { failure($0, test, report) }))
    }
    return TestRun(policy: policy, results: results, unexercised: unexercised(policy, seen))
  }

  private func unexercised(_ policy: CheckedPolicy, _ seen: [String: Set<RuleOutcome>]) -> [(
    rule: String, missing: String
  )] {
    policy.compiled.rules.compactMap { rule in
      let outcomes = seen[rule.name] ?? []
      switch (outcomes.contains(.pass), outcomes.contains(.fail)) {
      case (true, true): return nil
      case (true, false): return (rule.name, "no test makes it fail")
      case (false, true): return (rule.name, "no test makes it hold")
      case (false, false): return (rule.name, "no test decides it")
      }
    }
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
      expected.outcome.rawValue + (expected.rules.isEmpty ? "" : " " + expected.rules.joined(separator: ", "))
    var help = [
      "expected \(wanted)",
      "got      \(Self.describe(report, failed: failed, unknown: unknown, warned: names(.warn, .fail)))",
    ]
    for result in report.rules where (failed + unknown).contains(result.rule.name) {
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

  private static func describe(_ report: PolicyReport, failed: [String], unknown: [String], warned: [String])
    -> String
  {
    var parts: [String] = []
    switch report.verdict {
    case .pass: parts.append("pass")
    case .fail: parts.append("fail " + failed.joined(separator: ", "))
    case .indeterminate:
      parts.append(
        "indeterminate "
          + (unknown.isEmpty ? Self.openCause(of: report) : unknown.joined(separator: ", ")))
    case .notApplicable:
      parts.append(
        "not_applicable"
          + (report.exemption == .nothingAsked ? " (no requirement is asked of this device)" : ""))
    }
    if report.verdict == .fail, !unknown.isEmpty {
      parts.append("unknown " + unknown.joined(separator: ", "))
    }
    if !warned.isEmpty { parts.append("warn " + warned.joined(separator: ", ")) }
    return parts.joined(separator: "; ")
  }
}

extension TestRun {
  /// Rules that tests leave open, as findings.
  public var findings: [Diagnostic] {
    unexercised.map { rule, missing in
      Diagnostic(
        "AP4005", .note, "the rule '\(rule)' of \(policy.compiled.name) is not exercised: \(missing)",
        at: Label(policy.nameSpan, missing), help: ["add a test for '\(rule)'"])
    }
  }
}
