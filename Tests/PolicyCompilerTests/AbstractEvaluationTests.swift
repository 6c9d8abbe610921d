import CSPCatalog
import Diagnostics
import PolicyModel
import TestSupport
import Testing

@testable import PolicyCompiler

@Suite("Classes of devices")
struct AbstractEvaluationTests {
  static let facts = [
    FactDeclaration(name: "a", type: .bool), FactDeclaration(name: "b", type: .int),
    FactDeclaration(name: "c", type: .build), FactDeclaration(name: "d", type: .symbol(["x", "y", "z"])),
  ]
  static let lists = [
    BuildList(
      name: "l", minimums: [OSBuild(branch: 22000, revision: 5), OSBuild(branch: 22621, revision: 7)],
      allowsNewerBranches: true)
  ]

  static func value(of type: ValueType, _ random: inout SeededGenerator) -> Value {
    switch type {
    case .bool: .bool(Bool.random(using: &random))
    case .int: .int(Int64.random(in: 0...4, using: &random))
    case .build:
      .build(
        OSBuild(
          branch: [19045, 22000, 22621, 22631].randomElement(using: &random) ?? 0,
          revision: UInt32.random(in: 4...8, using: &random)))
    case .symbol(let symbols): .symbol(symbols.randomElement(using: &random) ?? "")
    default: .string("")
    }
  }

  static func condition(depth: Int, _ random: inout SeededGenerator) -> [ConditionStep] {
    if depth > 0 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return condition(depth: depth - 1, &random) + [.not]
      case 1:
        let count = Int.random(in: 2...3, using: &random)
        return (0..<count).flatMap { _ in condition(depth: depth - 1, &random) } + [.and(Int32(count))]
      case 2:
        let count = Int.random(in: 2...3, using: &random)
        return (0..<count).flatMap { _ in condition(depth: depth - 1, &random) } + [.or(Int32(count))]
      default: break
      }
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return [.fact(FactReference(index: 0))]
    case 1: return [.meets(FactReference(index: 2), list: 0)]
    case 2: return [.member(FactReference(index: 3), [.symbol("x"), .symbol("z")])]
    case 3:
      return [.compare(FactReference(index: 2), .greaterOrEqual, value(of: .build, &random))]
    default:
      let comparison = Comparison.allCases.randomElement(using: &random) ?? .equal
      return [.compare(FactReference(index: 1), comparison, value(of: .int, &random))]
    }
  }

  @Test("what the evaluator says of a device is always among what the checker says of its class")
  func soundness() throws {
    var random = SeededGenerator(seed: 42)
    let symbol = Symbol(
      kind: .builds, file: FileID(index: 0), node: 0, name: "l",
      nameSpan: Span(file: FileID(index: 0), start: 0, end: 0), isLocal: true)
    let lists = Self.lists.map { LoweredBuildList(list: $0, symbol: symbol) }
    for _ in 0..<3000 {
      let condition = Condition(steps: Self.condition(depth: 4, &random))
      var knowledge: [DeviceClass.Knowledge] = []
      var observations: [String: Observation] = [:]
      for fact in Self.facts {
        let value = Self.value(of: fact.type, &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0:
          knowledge.append(.any)
          observations[fact.name] = Observation(.value(value), source: "test")
        case 1: knowledge.append(.unreadable)
        default:
          knowledge.append(.value(value))
          observations[fact.name] = Observation(.value(value), source: "test")
        }
      }
      let policy = CompiledPolicy(
        name: "p", version: Version(1), facts: Self.facts, buildLists: Self.lists,
        rules: [Rule(name: "r", kind: .require, that: condition)])
      let evaluator = try PolicyEvaluator(policy)
      let truth = evaluator.report(on: FactSnapshot(observations)).rules[0].that.truth
      let set = DeviceClass(facts: knowledge).truth(of: condition, lists: lists)
      #expect(set.contains(TruthSet(truth)), "\(condition) is \(truth), the checker says \(set.rawValue)")
    }
  }

  @Test("a long condition takes the same way as a short one")
  func longCondition() {
    let fact = FactReference(index: 0)
    let steps = (0..<500).map { _ in ConditionStep.fact(fact) } + [.and(500)]
    let yes = DeviceClass(facts: [.value(.bool(true))])
    let no = DeviceClass(facts: [.value(.bool(false))])
    #expect(yes.truth(of: Condition(steps: steps), lists: []) == .yes)
    #expect(no.truth(of: Condition(steps: steps), lists: []) == .no)
  }
}

@Suite("Conjuncts of a condition")
struct ConjunctTests {
  @Test("nested ands fall into their parts, ors and nots stay whole")
  func parts() {
    let a = ConditionStep.fact(FactReference(index: 0))
    let b = ConditionStep.fact(FactReference(index: 1))
    let nested = Condition(steps: [a, b, .and(2), a, .not, .and(2)])
    #expect(Set(nested.conjuncts().map(Array.init)) == [[a], [b], [a, .not]])
    let either = Condition(steps: [a, b, .or(2)])
    #expect(either.conjuncts().map(Array.init) == [[a, b, .or(2)]])
  }
}

@Suite("Fingerprints of conditions")
struct ConditionFingerprintTests {
  @Test("equal conditions share one, and a changed step gives another")
  func distinguishes() {
    let fact = FactReference(index: 0)
    let one = Condition(steps: [.compare(fact, .less, .int(1))])
    #expect(one.fingerprint == Condition(steps: [.compare(fact, .less, .int(1))]).fingerprint)
    #expect(one.fingerprint != Condition(steps: [.compare(fact, .less, .int(2))]).fingerprint)
    #expect(one.fingerprint != Condition(steps: [.compare(fact, .greater, .int(1))]).fingerprint)
    #expect(one.fingerprint != Condition(steps: [.compare(fact, .less, .int(1)), .not]).fingerprint)
  }
}
