import PolicyModel
import TestSupport

/// Policies of every shape that the format can hold, the same for the same seed.
struct PolicyGenerator: RandomNumberGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

  private mutating func chance() -> Bool { Bool.random(using: &self) }

  private mutating func text() -> String {
    let texts = [
      "", "plain", "TPM の準備ができていません", "quote \" and \\ and /", "line\nfeed\ttab\u{1B}[31m",
      "😀 e\u{301} \u{202E}",
      "{os.build} needs {minimum}", "\u{0}\u{1F}\u{7F}\u{FB33}",
    ]
    return texts[number(0..<texts.count)]
  }

  private mutating func optionalText() -> String? { chance() ? text() : nil }

  private mutating func value(of type: ValueType) -> Value {
    let integers: [Int64] = [.min, -(1 << 53) - 1, -(1 << 53), -1, 0, 1, 1 << 53, (1 << 53) + 1, .max]
    switch type {
    case .bool: return .bool(chance())
    case .int: return .int(integers[number(0..<integers.count)])
    case .version:
      let written = number(1..<5)
      let parts = (0..<4).map { $0 < written ? UInt32.random(in: 0...(.max), using: &self) : 0 }
      return .version(Version(parts[0], parts[1], parts[2], parts[3], written: UInt8(written)))
    case .build:
      return .build(
        OSBuild(
          branch: .random(in: 0...(.max), using: &self), revision: .random(in: 0...(.max), using: &self)))
    case .string: return .string(text())
    case .symbol(let symbols): return .symbol(symbols[number(0..<symbols.count)])
    }
  }

  mutating func policy() -> CompiledPolicy {
    let types: [ValueType] = [
      .bool, .int, .version, .build, .string, .symbol(["on", "off"]), .symbol(["a", "b", "c"]),
    ]
    let facts = (0..<number(7..<20)).map { index in
      FactDeclaration(
        name: "group.fact_\(index)", type: types[index % types.count], unit: chance() ? "seconds" : nil)
    }
    let lists = (0..<number(1..<4)).map { index in
      BuildList(
        name: "list_\(index)",
        minimums: (0..<number(0..<5)).map {
          OSBuild(branch: UInt32($0), revision: .random(in: 0...(.max), using: &self))
        },
        allowsNewerBranches: chance())
    }
    func condition(_ generator: inout PolicyGenerator) -> Condition {
      var steps: [ConditionStep] = []
      generator.addSteps(to: &steps, depth: 4, facts: facts, lists: lists.count)
      return Condition(steps: steps)
    }
    let rules = (0..<number(0..<8)).map { index in
      let kind: Rule.Kind = chance() ? .require : .warn
      return Rule(
        name: "rule_\(index)", kind: kind, when: chance() ? condition(&self) : nil,
        that: condition(&self), allowsUnknown: kind == .require && chance(),
        severity: Rule.Severity.allCases[number(0..<4)], status: optionalText(),
        remedy: optionalText(),
        messages: ["en", "ja", "pt-BR"].prefix(number(0..<4)).map {
          Rule.Message(language: $0, text: text())
        },
        summary: optionalText(), source: text())
    }
    let ranges = (0..<number(0..<3)).map { index in
      CompiledPolicy.BranchRange(lower: UInt32(index), upper: chance() ? UInt32.max : nil)
    }
    var policy = CompiledPolicy(
      name: text(), version: Version(1, 2, written: UInt8(number(2..<5))), title: optionalText(),
      summary: optionalText(),
      scope: CompiledPolicy.Scope(
        branches: ranges, names: (0..<number(0..<3)).map { _ in text() },
        editions: (0..<number(0..<3)).map { _ in text() }, condition: chance() ? condition(&self) : nil),
      facts: facts, buildLists: lists,
      parameters: (0..<number(0..<5)).map { index in
        CompiledPolicy.Parameter(name: "param_\(index)", value: value(of: types[number(0..<types.count)]))
      }, rules: rules)
    policy.evidence = EvidenceClause(
      banks: PCRBank.allCases.filter { _ in chance() },
      references: ["a0", "b1", "07"].filter { _ in chance() }.map { String(repeating: $0, count: 32) })
    return policy
  }

  private mutating func addSteps(
    to steps: inout [ConditionStep], depth: Int, facts: [FactDeclaration], lists: Int
  ) {
    switch depth == 0 ? 9 : number(0..<10) {
    case 0, 1:
      addSteps(to: &steps, depth: depth - 1, facts: facts, lists: lists)
      steps.append(.not)
    case 2...5:
      let count = number(2..<5)
      for _ in 0..<count { addSteps(to: &steps, depth: depth - 1, facts: facts, lists: lists) }
      steps.append(chance() ? .and(Int32(count)) : .or(Int32(count)))
    case 6: steps.append(.constant(Truth.allCases[number(0..<3)]))
    default: steps.append(test(facts: facts, lists: lists))
    }
  }

  private mutating func test(facts: [FactDeclaration], lists: Int) -> ConditionStep {
    let index = number(0..<facts.count)
    let type = facts[index].type
    let reference = FactReference(index: Int32(index), attested: chance())
    let comparisons = Comparison.allCases.filter { type.isOrdered || !$0.isOrder }
    let comparison = comparisons[number(0..<comparisons.count)]
    switch number(0..<5) {
    case 0 where type == .bool: return .fact(reference)
    case 1 where type == .build: return .meets(reference, list: Int32(number(0..<lists)))
    case 2: return .member(reference, (0..<number(0..<4)).map { _ in value(of: type) })
    case 3:
      return .compareFacts(reference, comparison, FactReference(index: Int32(index), attested: chance()))
    default: return .compare(reference, comparison, value(of: type))
    }
  }
}
