import PolicyModel
import Testing

@Suite("PolicyEvaluator")
struct PolicyEvaluatorTests {
  private static let supported = BuildList(
    name: "supported",
    minimums: [OSBuild(branch: 22621, revision: 2792), OSBuild(branch: 19045, revision: 3996)],
    allowsNewerBranches: true)

  private static let facts = [
    FactDeclaration(name: "boot.secure_boot", type: .symbol(["on", "off", "unsupported"])),
    FactDeclaration(name: "os.branch", type: .int),
    FactDeclaration(name: "os.build", type: .build),
    FactDeclaration(name: "os.product", type: .symbol(["windows_10", "windows_11"])),
    FactDeclaration(name: "os.revision", type: .int),
    FactDeclaration(name: "tpm.ready", type: .bool),
  ]

  private func fact(_ name: String, attested: Bool = false) -> FactReference {
    FactReference(index: Int32(Self.facts.firstIndex { $0.name == name } ?? -1), attested: attested)
  }

  private func policy(_ rules: [Rule], scope: Condition? = nil) -> CompiledPolicy {
    var rules = rules
    for index in rules.indices { rules[index].name = "r\(index)" }
    return CompiledPolicy(
      name: "p", version: Version(1, 0, 0, written: 3), scope: CompiledPolicy.Scope(condition: scope),
      facts: Self.facts, buildLists: [Self.supported], rules: rules)
  }

  private func rule(_ kind: Rule.Kind, when: ConditionStep? = nil, that: ConditionStep...) -> Rule {
    Rule(name: "r", kind: kind, when: when.map { Condition(steps: [$0]) }, that: Condition(steps: that))
  }

  private func report(_ policy: CompiledPolicy, _ values: [String: Value]) throws -> PolicyReport {
    try PolicyEvaluator(policy).report(on: FactSnapshot(values: values, source: "test"))
  }

  @Test("a build short of its branch's minimum fails and the finding says what it was held against")
  func shortBuild() throws {
    let policy = policy([rule(.require, that: .meets(fact("os.build"), list: 0))])
    let report = try report(policy, ["os.build": .build(OSBuild(branch: 22621, revision: 2000))])
    #expect(report.verdict == .fail)
    let finding = try #require(report.rules[0].that.decisive.first)
    #expect(finding.judgement == .below(minimum: OSBuild(branch: 22621, revision: 2792)))
    #expect(report.rules[0].reads == [2])
    #expect(report.facts[2].observation?.source == "test")
  }

  @Test(
    "a rule that only warns never changes the verdict", arguments: [Value.bool(true), .bool(false), .int(1)])
  func warnings(value: Value) throws {
    let holds = rule(.require, that: .constant(.true))
    let policy = policy([holds, rule(.warn, that: .fact(fact("tpm.ready")))])
    #expect(try report(policy, ["tpm.ready": value]).verdict == .pass)
    #expect(try report(policy, [:]).rules[1].outcome == .unknown)
  }

  @Test("a device of which something was refused never passes and is never excused, whatever the policy asks")
  func refused() throws {
    let refusal = Observation(refusedBecause: "it cannot be true", source: "evidence:x.json")
    func verdict(_ policy: CompiledPolicy) throws -> Verdict {
      var snapshot = FactSnapshot(values: ["tpm.ready": .bool(true)], source: "test")
      snapshot["boot.uefi"] = refusal
      let evaluator = try PolicyEvaluator(policy)
      let report = evaluator.report(on: snapshot)
      #expect(report.refusal == refusal)
      #expect(evaluator.verdict(on: snapshot) == report.verdict)
      return report.verdict
    }
    let ready = ConditionStep.fact(fact("tpm.ready"))
    #expect(try verdict(policy([rule(.require, that: ready)])) == .indeterminate)
    #expect(try verdict(policy([])) == .indeterminate)
    let outside = Condition(steps: [.constant(.false)])
    #expect(try verdict(policy([rule(.require, that: ready)], scope: outside)) == .indeterminate)
    #expect(try verdict(policy([rule(.require, that: .constant(.false))])) == .fail)
  }

  @Test("a policy that requires nothing of a device is not applicable, and never a pass")
  func nothingAsked() throws {
    let ready = Condition(steps: [.fact(fact("tpm.ready"))])
    var guarded = rule(.require, that: .constant(.true))
    guarded.when = ready
    for rules in [[], [rule(.warn, that: .constant(.true))], [guarded]] {
      let report = try report(policy(rules), ["tpm.ready": .bool(false)])
      #expect(report.verdict == .notApplicable)
      #expect(report.exemption == .nothingAsked)
      #expect(!report.isExcusedByOwnReport)
    }
    #expect(try report(policy([guarded]), ["tpm.ready": .bool(true)]).exemption == nil)
    #expect(
      try report(policy([guarded], scope: ready), ["tpm.ready": .bool(false)]).exemption == .outsideScope)
  }

  @Test("what a device reports of itself does not excuse it silently from rules that ask for attested facts")
  func ownReport() throws {
    let on = Condition(steps: [.compare(fact("boot.secure_boot", attested: true), .equal, .symbol("on"))])
    let ready = Condition(steps: [.fact(fact("tpm.ready"))])
    let scoped = policy([Rule(name: "r", kind: .require, that: on)], scope: ready)
    let guarded = policy([Rule(name: "r", kind: .require, when: ready, that: on)])
    let plain = policy(
      [rule(.require, that: .compare(fact("boot.secure_boot"), .equal, .symbol("on")))], scope: ready)
    for (policy, asksForEvidence) in [(scoped, true), (guarded, true), (plain, false)] {
      for level in [EvidenceLevel.reported, .attested] {
        let observation = Observation(.value(.bool(false)), level: level, source: "test")
        let report = try PolicyEvaluator(policy).report(on: FactSnapshot(["tpm.ready": observation]))
        #expect(report.verdict == .notApplicable)
        #expect(report.isExcusedByOwnReport == (asksForEvidence && level == .reported))
      }
    }
  }

  @Test(
    "a false scope makes the policy not applicable and an unknown scope indeterminate, whatever the rules say"
  )
  func scopes() throws {
    let failing = policy(
      [rule(.require, that: .constant(.false))], scope: Condition(steps: [.fact(fact("tpm.ready"))]))
    #expect(try report(failing, ["tpm.ready": .bool(true)]).verdict == .fail)
    #expect(try report(failing, ["tpm.ready": .bool(false)]).verdict == .notApplicable)
    #expect(try report(failing, [:]).verdict == .indeterminate)
    let passing = policy([], scope: Condition(steps: [.fact(fact("tpm.ready"))]))
    #expect(try report(passing, [:]).verdict == .indeterminate)
  }

  @Test("a false requirement fails although another fact is unknown")
  func failBeatsUnknown() throws {
    let policy = policy([
      rule(.require, that: .fact(fact("tpm.ready"))),
      rule(.require, that: .compare(fact("boot.secure_boot"), .equal, .symbol("on"))),
    ])
    let report = try report(policy, ["boot.secure_boot": .symbol("off")])
    #expect(report.rules.map(\.outcome) == [.unknown, .fail])
    #expect(report.verdict == .fail)
  }

  @Test("attested evidence is needed where the condition asks for it, and reported reads as unknown")
  func evidence() throws {
    let policy = policy([
      rule(.require, that: .compare(fact("boot.secure_boot", attested: true), .equal, .symbol("on")))
    ])
    let evaluator = try PolicyEvaluator(policy)
    for (level, expected) in [(EvidenceLevel.reported, Verdict.indeterminate), (.attested, .pass)] {
      let observation = Observation(.value(.symbol("on")), level: level, source: "log")
      #expect(evaluator.verdict(on: FactSnapshot(["boot.secure_boot": observation])) == expected)
    }
  }

  @Test(
    "a value of a wrong type is unknown, also under a negation",
    arguments: [
      Value.string("on"), .bool(true), .int(1), .symbol("enabled"), .version(Version(1)),
      .build(OSBuild(branch: 1)),
    ])
  func wrongTypes(value: Value) throws {
    let equal = ConditionStep.compare(fact("boot.secure_boot"), .notEqual, .symbol("off"))
    let report = try report(
      policy([rule(.require, that: equal), rule(.require, that: equal, .not)]), ["boot.secure_boot": value])
    #expect(report.rules.map(\.outcome) == [.unknown, .unknown])
    #expect(report.facts[0].state == .wrongType(value))
  }

  @Test("branch, revision and product follow from the build, and what is said of them beside it is set aside")
  func derivedFacts() throws {
    let policy = policy([
      rule(.require, that: .compare(fact("os.branch"), .equal, .int(22631))),
      rule(.require, that: .compare(fact("os.revision"), .equal, .int(2792))),
      rule(.require, that: .compare(fact("os.product"), .equal, .symbol("windows_11"))),
    ])
    let build = Value.build(OSBuild(branch: 22631, revision: 2792))
    #expect(try report(policy, ["os.build": build]).verdict == .pass)
    let beside = try report(
      policy, ["os.build": build, "os.branch": .int(1), "os.product": .symbol("windows_10")])
    #expect(beside.verdict == .pass)
    #expect(beside.contradictions.map(\.fact) == ["os.branch", "os.product"])
    #expect(beside.contradictions.map(\.setAside.value) == [.int(1), .symbol("windows_10")])
    let agreeing = try report(policy, ["os.build": build, "os.branch": .int(22631)])
    #expect(agreeing.verdict == .pass)
    #expect(agreeing.contradictions.isEmpty)
    let branch = try report(policy, ["os.branch": .int(22631), "os.product": .symbol("windows_10")])
    #expect(branch.rules.map(\.outcome) == [.pass, .unknown, .pass])
    #expect(branch.contradictions.map(\.fact) == ["os.product"])
    #expect(try report(policy, ["os.build": .string("10.0.22631.2792")]).verdict == .indeterminate)
    let server = try report(policy, ["os.build": .build(OSBuild(branch: 20348))])
    #expect(server.rules[2].outcome == .unknown)
    let older = try report(policy, ["os.build": .build(OSBuild(branch: 19045))])
    #expect(older.rules[2].outcome == .fail)
  }

  @Test("a derived fact has the evidence level of the build")
  func derivedEvidence() throws {
    let evaluator = try PolicyEvaluator(
      policy([rule(.require, that: .compare(fact("os.branch", attested: true), .equal, .int(1)))]))
    for (level, expected) in [(EvidenceLevel.reported, Verdict.indeterminate), (.attested, .pass)] {
      let build = Observation(.value(.build(OSBuild(branch: 1))), level: level, source: "log")
      #expect(evaluator.verdict(on: FactSnapshot(["os.build": build])) == expected)
    }
  }

  @Test(
    "strings compare by what they are, also when the policy has never seen them",
    arguments: [("IFX", "IFX", true), ("x", "x", true), ("x", "y", false), ("IFX", "y", false)])
  func strings(left: String, right: String, isEqual: Bool) throws {
    let policy = CompiledPolicy(
      name: "p", version: Version(1),
      facts: [FactDeclaration(name: "a", type: .string), FactDeclaration(name: "b", type: .string)],
      rules: [
        Rule(
          name: "same", kind: .require,
          that: Condition(steps: [.compareFacts(FactReference(index: 0), .equal, FactReference(index: 1))])),
        Rule(
          name: "maker", kind: .warn,
          that: Condition(steps: [.compare(FactReference(index: 0), .equal, .string("IFX"))])),
      ])
    let report = try report(policy, ["a": .string(left), "b": .string(right)])
    #expect(report.verdict == (isEqual ? .pass : .fail))
    #expect(report.rules[1].outcome == (left == "IFX" ? .pass : .fail))
  }

  @Test("contradictions over facts that the policy reads are in the report, also over what they derive from")
  func contradictions() throws {
    var snapshot = FactSnapshot(values: ["os.build": .build(OSBuild(branch: 1)), "x": .int(1)], source: "a")
    snapshot.merge(FactSnapshot(values: ["os.build": .build(OSBuild(branch: 2)), "x": .int(2)], source: "b"))
    let policy = CompiledPolicy(
      name: "p", version: Version(1), facts: [FactDeclaration(name: "os.branch", type: .int)], rules: [])
    #expect(try PolicyEvaluator(policy).report(on: snapshot).contradictions.map(\.fact) == ["os.build"])
  }

  @Test("a policy with a defect is refused with its place")
  func defects() throws {
    let cases: [(ConditionStep, String)] = [
      (.fact(fact("os.build")), "os.build stands alone, but is of type build, not bool"),
      (
        .compare(fact("os.build"), .less, .version(Version(10))),
        "os.build of type build is compared with 10.0.0.0"
      ),
      (
        .compare(fact("tpm.ready"), .less, .bool(true)),
        "tpm.ready of type bool has no order, but is compared with <"
      ),
      (.meets(fact("os.build"), list: 1), "step 0 names build list 1, but there are 1 build lists"),
      (.not, "step 0 needs 1 operands, but only 0 precede it"),
    ]
    for (step, problem) in cases {
      #expect(throws: PolicyDefect(place: "rule r0, that", problem: problem)) {
        try PolicyEvaluator(policy([rule(.require, that: step)]))
      }
    }
  }

  @Test("a name that a table holds twice is refused")
  func repeatedNames() {
    var policy = policy([])
    policy.facts.append(policy.facts[0])
    #expect(
      policy.defect() == PolicyDefect(place: "facts", problem: "the name boot.secure_boot stands there twice")
    )
  }

  @Test("nesting is bounded")
  func depth() throws {
    func nested(_ depth: Int) -> Rule {
      Rule(
        name: "r", kind: .require,
        that: Condition(steps: [.constant(.true)] + Array(repeating: ConditionStep.not, count: depth)))
    }
    #expect(try report(policy([nested(Condition.maximumDepth)]), [:]).verdict == .pass)
    #expect(throws: PolicyDefect.self) { try PolicyEvaluator(policy([nested(Condition.maximumDepth + 1)])) }
  }

  @Test("ten thousand rules take seconds at most even in a debug build")
  func manyRules() throws {
    let rules = (0..<10_000).map { index in
      Rule(
        name: "r\(index)", kind: .require,
        that: Condition(steps: [
          .fact(fact("tpm.ready")), .meets(fact("os.build"), list: 0), .and(2),
        ]))
    }
    let evaluator = try PolicyEvaluator(policy(rules))
    let snapshot = FactSnapshot(
      values: ["tpm.ready": .bool(true), "os.build": .build(OSBuild(branch: 26100))], source: "t")
    let clock = ContinuousClock()
    let elapsed = clock.measure { #expect(evaluator.verdict(on: snapshot) == .pass) }
    #expect(elapsed < .seconds(5))
  }
}
