/// The result of evaluating a policy against a snapshot, with what is needed to explain it.
public struct PolicyReport: Hashable, Sendable {
  /// The policy that was evaluated.
  public let policy: CompiledPolicy
  /// The answer for the device as a whole.
  public let verdict: Verdict
  /// Whether the policy is meant for the device, and why.
  public let scope: ConditionResult
  /// Every rule in source order; `rules[i]` belongs to `policy.rules[i]`.
  public let rules: [RuleResult]
  /// Every fact of the policy's fact table as it was read; `facts[i]` belongs to `policy.facts[i]`.
  public let facts: [FactReading]
  /// Whether the policy asks for attested facts, and nothing but what the device reports of itself makes it not
  /// applicable.
  public let isExcusedByOwnReport: Bool
  /// The first thing that was refused, which may be none of the facts that the policy reads; nil when nothing was.
  public let refusal: Observation?
  /// Contradictions between probes over facts that the policy reads, and between such facts and what they follow from.
  public let contradictions: [Contradiction]

  /// Why a policy says nothing of a device.
  public enum Exemption: String, Hashable, Sendable {
    /// The device is none of those that the policy is meant for.
    case outsideScope = "outside_scope"
    /// The policy has no requirement, or every guard leaves the device out.
    case nothingAsked = "nothing_asked"
  }

  /// Why the policy says nothing of the device; nil where it does.
  public var exemption: Exemption? {
    guard verdict == .notApplicable else { return nil }
    return scope.truth == .true ? .nothingAsked : .outsideScope
  }

  /// The result of the rule of the given name, or nil when the policy has none.
  public func result(of name: String) -> RuleResult? { rules.first { $0.rule.name == name } }
}

/// The result of one rule.
public struct RuleResult: Hashable, Sendable {
  /// The rule as the policy has it.
  public let rule: Rule
  /// What came of it.
  public let outcome: RuleOutcome
  /// The guard's result; nil for a rule without one.
  public let when: ConditionResult?
  /// The result of `that`.
  public let that: ConditionResult
  /// Indices into the report's facts of all that `when` and `that` read, ascending.
  public let reads: [Int]
}

/// The truth of a condition and the tests that decided it.
public struct ConditionResult: Hashable, Sendable {
  /// Whether the condition holds.
  public let truth: Truth
  /// The tests that made the condition what it is, in source order: of a false `and` the false ones, of a true `or`
  /// the true ones, of anything unknown the unknown ones.
  public let decisive: [Finding]
}

/// One test of a condition with its result: a comparison, a membership, or a Boolean fact alone.
public struct Finding: Hashable, Sendable {
  /// The test.
  public let test: ConditionTest
  /// The truth of the test itself.
  public let truth: Truth
  /// Whether the test stands under an odd number of `not`, so that its being false is what the condition wants.
  public let isNegated: Bool
  /// For `meets`: how the build was judged; nil for other tests and for an unknown build.
  public let judgement: BuildList.Judgement?

  /// The facts that the test reads, one or two.
  public var references: [FactReference] { test.references }
}
