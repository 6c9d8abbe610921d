import PolicyModel
import Testing

@Suite("PolicyEvaluator, generated")
struct PolicyEvaluatorPropertyTests {
  /// Policies whose odd rules are guarded by the condition of the rule before.
  private func guarded(_ conditions: [NaiveCondition]) -> CompiledPolicy {
    var policy = policy(conditions)
    for index in policy.rules.indices where index % 2 == 1 {
      policy.rules[index].when = policy.rules[index - 1].that
    }
    return policy
  }

  private func policy(_ conditions: [NaiveCondition]) -> CompiledPolicy {
    CompiledPolicy(
      name: "generated", version: Version(1, 0), facts: ConditionGenerator.facts,
      buildLists: ConditionGenerator.lists,
      rules: conditions.enumerated().map { index, condition in
        Rule(name: "rule_\(index)", kind: .require, that: Condition(steps: condition.steps))
      })
  }

  @Test("the flat evaluation agrees with a naive one over trees")
  func differential() throws {
    var generator = ConditionGenerator(seed: 1)
    var seen: [Truth: Int] = [:]
    for _ in 0..<300 {
      let conditions = (0..<20).map { _ in generator.condition(depth: 4) }
      let evaluator = try PolicyEvaluator(policy(conditions))
      for _ in 0..<4 {
        let snapshot = generator.snapshot()
        let world = NaiveWorld(
          facts: ConditionGenerator.facts, lists: ConditionGenerator.lists, snapshot: snapshot)
        let report = evaluator.report(on: snapshot)
        for (condition, result) in zip(conditions, report.rules) {
          let expected = condition.truth(in: world).map { Truth($0) } ?? .unknown
          #expect(result.that.truth == expected, "\(condition.steps)")
          seen[expected, default: 0] += 1
        }
        #expect(evaluator.verdict(on: snapshot) == report.verdict)
        #expect(evaluator.outcomes(on: snapshot).verdict == report.verdict)
        #expect(evaluator.outcomes(on: snapshot).rules == report.rules.map(\.outcome))
      }
    }
    for truth in Truth.allCases {
      #expect(seen[truth, default: 0] > 1000, "\(truth) is hardly ever generated")
    }
  }

  /// The verdict as the reference words it, from truths of the naive evaluation.
  private func naiveVerdict(_ rules: [(rule: Rule, when: Bool?, that: Bool?)]) -> Verdict {
    let required = rules.filter { $0.rule.kind == .require && $0.when != false }
    if required.contains(where: { $0.when == true && $0.that == false }) { return .fail }
    if required.contains(where: { $0.that != true && !$0.rule.allowsUnknown }) { return .indeterminate }
    if required.contains(where: { $0.that == true }) { return .pass }
    return required.isEmpty ? .notApplicable : .indeterminate
  }

  @Test("verdicts of rules that allow unknown, and of others, agree with a naive reckoning")
  func allowance() throws {
    var generator = ConditionGenerator(seed: 7)
    var seen: [Verdict: Int] = [:]
    var allowed = 0
    for _ in 0..<1500 {
      let conditions = (0..<generator.number(1..<5)).map { _ in generator.condition(depth: 3) }
      var policy = guarded(conditions)
      for index in policy.rules.indices {
        policy.rules[index].allowsUnknown = generator.number(0..<2) == 0
        if generator.number(0..<6) == 0 { policy.rules[index].kind = .warn }
      }
      let evaluator = try PolicyEvaluator(policy)
      let snapshot = generator.snapshot()
      let world = NaiveWorld(
        facts: ConditionGenerator.facts, lists: ConditionGenerator.lists, snapshot: snapshot)
      let truths = policy.rules.indices.map { index in
        (
          rule: policy.rules[index], when: index % 2 == 1 ? conditions[index - 1].truth(in: world) : true,
          that: conditions[index].truth(in: world)
        )
      }
      let expected = naiveVerdict(truths)
      let report = evaluator.report(on: snapshot)
      #expect(report.verdict == expected)
      #expect(evaluator.verdict(on: snapshot) == expected)
      #expect(evaluator.outcomes(on: snapshot).verdict == expected)
      seen[expected, default: 0] += 1
      let isOpen = report.rules.contains { $0.rule.kind == .require && $0.outcome == .unknown }
      if expected == .pass, isOpen { allowed += 1 }

      // Allowing unknown changes no outcome of a rule, and of the verdict only whether it is told.
      var strict = policy
      for index in strict.rules.indices { strict.rules[index].allowsUnknown = false }
      let strictly = try PolicyEvaluator(strict).report(on: snapshot)
      #expect(strictly.rules.map(\.outcome) == report.rules.map(\.outcome))
      if strictly.verdict != .indeterminate { #expect(report.verdict == strictly.verdict) }
      if report.verdict == .pass {
        #expect(truths.contains { $0.rule.kind == .require && $0.that == true })
      }
    }
    for verdict in [Verdict.pass, .fail, .indeterminate] {
      #expect(seen[verdict, default: 0] > 150, "\(verdict)")
    }
    #expect(seen[.notApplicable, default: 0] > 10)
    #expect(allowed > 100)
  }

  @Test("no device passes that meets no requirement")
  func noPassWithoutARequirement() throws {
    var generator = ConditionGenerator(seed: 11)
    var unmet = 0
    for _ in 0..<3000 {
      var policy = guarded((0..<generator.number(0..<5)).map { _ in generator.condition(depth: 2) })
      for index in policy.rules.indices {
        policy.rules[index].allowsUnknown = generator.number(0..<2) == 0
        if generator.number(0..<4) == 0 { policy.rules[index].kind = .warn }
      }
      if generator.number(0..<3) == 0 {
        policy.scope.condition = Condition(steps: generator.condition(depth: 1).steps)
      }
      let report = try PolicyEvaluator(policy).report(on: generator.snapshot())
      guard !report.rules.contains(where: { $0.rule.kind == .require && $0.that.truth == .true }) else {
        continue
      }
      unmet += 1
      #expect(report.verdict != .pass)
    }
    #expect(unmet > 500)
  }

  @Test("a definite result stays what it is when unknown facts become known")
  func monotonicity() throws {
    var generator = ConditionGenerator(seed: 2)
    var definite: [RuleOutcome: Int] = [:]
    for _ in 0..<400 {
      let evaluator = try PolicyEvaluator(guarded((0..<20).map { _ in generator.condition(depth: 4) }))
      let partial = generator.snapshot()
      var fuller = partial
      for fact in ConditionGenerator.facts where FactReading(fact, in: partial).value == nil {
        let value = generator.value(of: fact.type)
        fuller[fact.name] = Observation(.value(value), level: .attested, source: "later")
      }
      let before = evaluator.report(on: partial)
      let after = evaluator.report(on: fuller)
      for (early, late) in zip(before.rules, after.rules) {
        if early.that.truth != .unknown { #expect(early.that.truth == late.that.truth) }
        definite[early.outcome, default: 0] += 1
        switch early.outcome {
        case .unknown: continue
        case .pass: #expect(late.outcome == .pass || late.outcome == .notApplicable)
        case .fail, .notApplicable: #expect(late.outcome == early.outcome)
        }
      }
      if before.verdict == .fail { #expect(after.verdict == before.verdict) }
      // Rules that hold whatever their guards are may turn out not to be asked, all of them at last.
      if before.verdict == .pass { #expect(after.verdict == .pass || after.verdict == .notApplicable) }
    }
    for outcome in RuleOutcome.allCases { #expect(definite[outcome, default: 0] > 200, "\(outcome)") }
  }

  @Test("reported evidence that becomes attested never changes a definite truth")
  func betterEvidence() throws {
    var generator = ConditionGenerator(seed: 3)
    for _ in 0..<200 {
      let evaluator = try PolicyEvaluator(policy((0..<20).map { _ in generator.condition(depth: 3) }))
      let reported = generator.snapshot()
      let attested = FactSnapshot(
        reported.observations.mapValues { Observation($0.content, level: .attested, source: $0.source) })
      let pairs = zip(evaluator.report(on: reported).rules, evaluator.report(on: attested).rules)
      for (early, late) in pairs where early.that.truth != .unknown {
        #expect(early.that.truth == late.that.truth)
      }
    }
  }

  @Test("the order of operands never matters")
  func commutativity() throws {
    func reversed(_ condition: NaiveCondition) -> NaiveCondition {
      switch condition {
      case .and(let operands): .and(operands.reversed().map(reversed))
      case .or(let operands): .or(operands.reversed().map(reversed))
      case .not(let operand): .not(reversed(operand))
      case .constant, .test: condition
      }
    }
    var generator = ConditionGenerator(seed: 4)
    for _ in 0..<200 {
      let conditions = (0..<20).map { _ in generator.condition(depth: 4) }
      let snapshot = generator.snapshot()
      let forward = try PolicyEvaluator(policy(conditions)).report(on: snapshot)
      let backward = try PolicyEvaluator(policy(conditions.map(reversed))).report(on: snapshot)
      #expect(forward.rules.map(\.that.truth) == backward.rules.map(\.that.truth))
    }
  }

  @Test("the decisive tests alone decide: making all other facts unknown leaves a definite truth as it is")
  func decisiveFindings() throws {
    var generator = ConditionGenerator(seed: 5)
    var checked = 0
    for _ in 0..<400 {
      let evaluator = try PolicyEvaluator(policy([generator.condition(depth: 4)]))
      let snapshot = generator.snapshot()
      let result = evaluator.report(on: snapshot).rules[0].that
      guard result.truth != .unknown else {
        #expect(result.decisive.allSatisfy { $0.truth == .unknown })
        continue
      }
      let names = Set(
        result.decisive.flatMap(\.references).map { ConditionGenerator.facts[Int($0.index)].name })
      let reduced = FactSnapshot(snapshot.observations.filter { names.contains($0.key) })
      #expect(evaluator.report(on: reduced).rules[0].that.truth == result.truth)
      checked += 1
    }
    #expect(checked > 100)
  }

  @Test("random steps are refused or evaluated, never trapped on")
  func hostileSteps() {
    var generator = ConditionGenerator(seed: 6)
    var accepted = 0
    for _ in 0..<20_000 {
      let steps: [ConditionStep] = (0..<generator.number(0..<6)).map { _ in
        switch generator.number(0..<7) {
        case 0: .not
        case 1: .and([Int32.min, -1, 0, 1, 2, 3, Int32.max][generator.number(0..<7)])
        case 2: .or([Int32.min, -1, 0, 1, 2, 3, Int32.max][generator.number(0..<7)])
        case 3: .fact(FactReference(index: [Int32.min, -1, 0, 1, 12, Int32.max][generator.number(0..<6)]))
        case 4:
          .meets(FactReference(index: 2), list: [Int32.min, -1, 0, 3, Int32.max][generator.number(0..<5)])
        case 5: .compare(FactReference(index: Int32(generator.number(0..<12))), .less, .int(1))
        default: .constant(.true)
        }
      }
      var policy = policy([])
      policy.rules = [Rule(name: "r", kind: .require, that: Condition(steps: steps))]
      if let evaluator = try? PolicyEvaluator(policy) {
        _ = evaluator.report(on: generator.snapshot())
        accepted += 1
      }
    }
    #expect(accepted > 100)
  }
}
