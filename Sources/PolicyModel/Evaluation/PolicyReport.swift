/// The result of evaluating a policy against a snapshot, with what is needed to explain it.
package struct PolicyReport: Hashable, Sendable {
  /// The policy that was evaluated.
  package let policy: CompiledPolicy
  /// The answer for the device as a whole.
  package let verdict: Verdict
  /// Whether the policy is meant for the device, and why.
  package let scope: ConditionResult
  /// Every rule in source order; `rules[i]` belongs to `policy.rules[i]`.
  package let rules: [RuleResult]
  /// Every fact of the policy's fact table as it was read; `facts[i]` belongs to `policy.facts[i]`.
  package let facts: [FactReading]
  /// Whether the policy asks for attested facts, and nothing but what the device reports of itself makes it not
  /// applicable.
  package let isExcusedByOwnReport: Bool
  /// The first thing that was refused, which may be none of the facts that the policy reads; nil when nothing was.
  package let refusal: Observation?
  /// Contradictions between probes over facts that the policy reads, and between such facts and what they follow from.
  package let contradictions: [Contradiction]

  /// Why a policy says nothing of a device.
  package enum Exemption: String, Hashable, Sendable {
    /// The device is none of those that the policy is meant for.
    case outsideScope = "outside_scope"
    /// The policy has no requirement, or every guard leaves the device out.
    case nothingAsked = "nothing_asked"
  }

  /// Why the policy says nothing of the device; nil where it does.
  package var exemption: Exemption? {
    guard verdict == .notApplicable else { return nil }
    return scope.truth == .true ? .nothingAsked : .outsideScope
  }

  /// The result of the rule of the given name, or nil when the policy has none.
  package func result(of name: String) -> RuleResult? { rules.first { $0.rule.name == name } }
}

/// The result of one rule.
package struct RuleResult: Hashable, Sendable {
  /// The rule as the policy has it.
  package let rule: Rule
  /// What came of it.
  package let outcome: RuleOutcome
  /// The guard's result; nil for a rule without one.
  package let when: ConditionResult?
  /// The result of `that`.
  package let that: ConditionResult
  /// Indices into the report's facts of all that `when` and `that` read, ascending.
  package let reads: [Int]
}

/// The truth of a condition and the tests that decided it.
package struct ConditionResult: Hashable, Sendable {
  /// Whether the condition holds.
  package let truth: Truth
  /// The tests that made the condition what it is, in source order: of a false `and` the false ones, of a true `or`
  /// the true ones, of anything unknown the unknown ones.
  package let decisive: [Finding]
}

/// One test of a condition with its result: a comparison, a membership, or a Boolean fact alone.
package struct Finding: Hashable, Sendable {
  /// The test.
  package let test: ConditionTest
  /// The truth of the test itself.
  package let truth: Truth
  /// Whether the test stands under an odd number of `not`, so that its being false is what the condition wants.
  package let isNegated: Bool
  /// For `meets`: how the build was judged; nil for other tests and for an unknown build.
  package let judgement: BuildList.Judgement?

  /// The facts that the test reads, one or two.
  package var references: [FactReference] { test.references }
}
