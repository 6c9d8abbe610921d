/// Evaluates one compiled policy against any number of snapshots.
///
/// This is the one place where the meaning of conditions and rules lives. Logic is three-valued and fails closed; no
/// result depends on the order of facts, operands or rules.
public struct PolicyEvaluator: Sendable {
  /// The policy that is evaluated.
  public let policy: CompiledPolicy
  private let program: EvaluationProgram
  private let scope: Range<Int>?
  private let conditions: [(when: Range<Int>?, that: Range<Int>)]
  /// The requirements among the rules, and whether each allows unknown. A fleet asks it for every device and rule, and a
  /// copy of the rule costs more than its conditions.
  private let requirements: [(index: Int, allowsUnknown: Bool)]

  /// Prepares a policy.
  ///
  /// Throws the first defect that keeps the policy from being evaluated: an index outside its table, a malformed
  /// condition, a comparison across types.
  public init(_ policy: CompiledPolicy) throws(PolicyDefect) {
    if let defect = policy.defect() { throw defect }
    var program = EvaluationProgram(facts: policy.facts, lists: policy.buildLists)
    self.policy = policy
    scope = policy.scope.condition.map { program.add($0) }
    conditions = policy.rules.map { rule in (rule.when.map { program.add($0) }, program.add(rule.that)) }
    requirements = policy.rules.enumerated().filter { $1.kind == .require }.map { ($0, $1.allowsUnknown) }
    self.program = program
  }

  /// The verdict alone, without the trace that a report keeps.
  public func verdict(on snapshot: FactSnapshot) -> Verdict { outcomes(on: snapshot).verdict }

  /// A device of which something was refused complies with nothing and is excused from nothing.
  private static func bounded(_ verdict: Verdict, by snapshot: FactSnapshot) -> Verdict {
    snapshot.refusals.isEmpty || verdict == .fail ? verdict : .indeterminate
  }

  /// The verdict with the truth of the scope and the outcome of every rule, in source order, without the trace that a
  /// report keeps.
  public func outcomes(
    on snapshot: FactSnapshot
  ) -> (verdict: Verdict, scope: Truth, rules: [RuleOutcome]) {
    var run = Run(program, readings(in: snapshot))
    let outcomes = conditions.map { RuleOutcome(when: run.truth(of: $0.when), that: run.truth(of: $0.that)) }
    let scope = run.truth(of: scope)
    return (Self.bounded(verdict(scope: scope) { outcomes[$0] }, by: snapshot), scope, outcomes)
  }

  private func verdict(scope: Truth, outcome: (Int) -> RuleOutcome) -> Verdict {
    withoutActuallyEscaping(outcome) { outcome in
      Verdict(scope: scope, requirements: requirements.lazy.map { (outcome($0.index), $0.allowsUnknown) })
    }
  }

  /// The verdict with the result of every rule, the facts read and the tests that decided.
  ///
  /// Rules are evaluated also when the policy does not apply, for the reader's sake; they do not count then.
  public func report(on snapshot: FactSnapshot) -> PolicyReport {
    let readings = readings(in: snapshot)
    var run = Run(program, readings)
    let scopeResult = run.result(of: policy.scope.condition, at: scope, policy: policy, readings: readings)
    var results: [RuleResult] = []
    results.reserveCapacity(policy.rules.count)
    for (rule, place) in zip(policy.rules, conditions) {
      let when = run.result(of: rule.when, at: place.when, policy: policy, readings: readings)
      let that = run.result(of: rule.that, at: place.that, policy: policy, readings: readings)
      let references = (rule.when?.references ?? []) + rule.that.references
      results.append(
        RuleResult(
          rule: rule, outcome: RuleOutcome(when: when.truth, that: that.truth),
          when: rule.when == nil ? nil : when, that: that,
          reads: Set(references.map { Int($0.index) }).sorted()))
    }
    let names = Set(policy.facts.flatMap { [$0.name] + DerivedFacts.basis(of: $0.name) })
    let derived = policy.facts.compactMap { DerivedFacts.contradiction(of: $0, in: snapshot) }
    let verdict = Self.bounded(verdict(scope: scopeResult.truth) { results[$0].outcome }, by: snapshot)
    return PolicyReport(
      policy: policy, verdict: verdict, scope: scopeResult, rules: results, facts: readings,
      isExcusedByOwnReport: verdict == .notApplicable && isExcusedByOwnReport(in: snapshot),
      refusal: snapshot.refusals.first,
      contradictions: snapshot.contradictions.filter { names.contains($0.fact) } + derived)
  }

  /// Whether a policy that asks for attested facts would say something of the device if nothing counted but what is
  /// attested: a device can report what it likes.
  private func isExcusedByOwnReport(in snapshot: FactSnapshot) -> Bool {
    guard policy.asksForEvidence else { return false }
    let attested = FactSnapshot(snapshot.observations.filter { $0.value.level == .attested })
    return verdict(on: attested) != .notApplicable
  }

  private func readings(in snapshot: FactSnapshot) -> [FactReading] {
    policy.facts.map { FactReading($0, in: snapshot) }
  }
}

/// The scratch space of one evaluation.
private struct Run {
  let program: EvaluationProgram
  let slots: [EvaluationProgram.Slot]
  var stack: [Truth] = []
  var truths: [Truth]

  init(_ program: EvaluationProgram, _ readings: [FactReading]) {
    self.program = program
    slots = program.slots(of: readings)
    truths = Array(repeating: .unknown, count: program.count)
  }

  /// The truth of the condition at a place; a condition that is not there is true.
  mutating func truth(of place: Range<Int>?) -> Truth {
    guard let place else { return .true }
    return program.run(place, slots: slots, stack: &stack, truths: &truths)
  }

  mutating func result(
    of condition: Condition?, at place: Range<Int>?, policy: CompiledPolicy, readings: [FactReading]
  ) -> ConditionResult {
    let truth = truth(of: place)
    guard let condition, let place else { return ConditionResult(truth: truth, decisive: []) }
    let findings = condition.decisiveSteps(truths: truths[place]).compactMap { step -> Finding? in
      guard case .test(let test) = condition.steps[step.index] else { return nil }
      return Finding(
        test, truth: truths[place.lowerBound + step.index], isNegated: step.isNegated
      ) {
        reference, list in
        guard case .build(let build) = readings[Int(reference.index)].value(attested: reference.attested)
        else {
          return nil
        }
        return policy.buildLists[Int(list)].judge(build)
      }
    }
    return ConditionResult(truth: truth, decisive: findings)
  }
}

extension Finding {
  fileprivate init(
    _ test: ConditionTest, truth: Truth, isNegated: Bool,
    judge: (FactReference, Int32) -> BuildList.Judgement?
  ) {
    self.test = test
    self.truth = truth
    self.isNegated = isNegated
    if case .meets(let reference, let list) = test {
      judgement = judge(reference, list)
    } else {
      judgement = nil
    }
  }
}
