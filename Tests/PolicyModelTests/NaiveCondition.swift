import PolicyModel
import TestSupport

/// A condition as a tree, evaluated in the plainest way; the evaluator is held against it.
indirect enum NaiveCondition {
  case constant(Bool?)
  case test(ConditionStep)
  case not(NaiveCondition)
  case and([NaiveCondition])
  case or([NaiveCondition])

  var steps: [ConditionStep] {
    switch self {
    case .constant(let value): [.constant(value.map { Truth($0) } ?? .unknown)]
    case .test(let step): [step]
    case .not(let operand): operand.steps + [.not]
    case .and(let operands): operands.flatMap(\.steps) + [.and(Int32(operands.count))]
    case .or(let operands): operands.flatMap(\.steps) + [.or(Int32(operands.count))]
    }
  }

  /// The truth, nil for unknown, given what each fact of the table is observed to be.
  func truth(in world: NaiveWorld) -> Bool? {
    switch self {
    case .constant(let value): return value
    case .test(let step): return world.truth(of: step)
    case .not(let operand): return operand.truth(in: world).map { !$0 }
    case .and(let operands):
      let truths = operands.map { $0.truth(in: world) }
      return truths.contains(false) ? false : truths.contains(nil) ? nil : true
    case .or(let operands):
      let truths = operands.map { $0.truth(in: world) }
      return truths.contains(true) ? true : truths.contains(nil) ? nil : false
    }
  }
}

/// The facts, lists and observations that a naive evaluation sees.
struct NaiveWorld {
  let facts: [FactDeclaration]
  let lists: [BuildList]
  let snapshot: FactSnapshot

  private func value(_ reference: FactReference) -> Value? {
    let fact = facts[Int(reference.index)]
    guard let observation = snapshot.observations[fact.name], case .value(let value) = observation.content,
      !reference.attested || observation.level == .attested
    else { return nil }
    switch (fact.type, value) {
    case (.bool, .bool), (.int, .int), (.version, .version), (.build, .build), (.string, .string):
      return value
    case (.symbol(let symbols), .symbol(let symbol)): return symbols.contains(symbol) ? value : nil
    default: return nil
    }
  }

  func truth(of step: ConditionStep) -> Bool? {
    guard case .test(let test) = step else { return nil }
    switch test {
    case .fact(let reference):
      guard case .bool(let flag) = value(reference) else { return nil }
      return flag
    case .compare(let reference, let comparison, let constant):
      return value(reference).map { compare($0, comparison, constant) }
    case .compareFacts(let left, let comparison, let right):
      guard let first = value(left), let second = value(right) else { return nil }
      return compare(first, comparison, second)
    case .member(let reference, let values):
      return value(reference).map { found in values.contains { $0 == found } }
    case .meets(let reference, let list):
      guard case .build(let build) = value(reference) else { return nil }
      let list = lists[Int(list)]
      if let minimum = list.minimums.filter({ $0.branch == build.branch }).first {
        return build.revision >= minimum.revision
      }
      return list.allowsNewerBranches && !list.minimums.isEmpty
        && list.minimums.allSatisfy { $0.branch < build.branch }
    }
  }

  private func compare(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
    let isLess: Bool
    switch (left, right) {
    case (.int(let a), .int(let b)): isLess = a < b
    case (.version(let a), .version(let b)): isLess = a < b
    case (.build(let a), .build(let b)): isLess = a < b
    default: isLess = false
    }
    switch comparison {
    case .equal: return left == right
    case .notEqual: return left != right
    case .less: return isLess
    case .lessOrEqual: return isLess || left == right
    case .greater: return !(isLess || left == right)
    case .greaterOrEqual: return !isLess
    }
  }
}

/// Makes conditions and snapshots over a fixed table of facts of every type.
struct ConditionGenerator {
  var random: SeededGenerator

  static let facts: [FactDeclaration] = [
    FactDeclaration(name: "b0", type: .bool), FactDeclaration(name: "b1", type: .bool),
    FactDeclaration(name: "build", type: .build), FactDeclaration(name: "build2", type: .build),
    FactDeclaration(name: "i0", type: .int), FactDeclaration(name: "i1", type: .int),
    FactDeclaration(name: "s0", type: .string), FactDeclaration(name: "s1", type: .string),
    FactDeclaration(name: "y0", type: .symbol(["on", "off", "auto"])),
    FactDeclaration(name: "y1", type: .symbol(["on", "off", "auto"])),
    FactDeclaration(name: "v0", type: .version), FactDeclaration(name: "v1", type: .version),
  ]
  static let lists = [
    BuildList(
      name: "a", minimums: [OSBuild(branch: 3, revision: 2), OSBuild(branch: 1, revision: 2)],
      allowsNewerBranches: true),
    BuildList(name: "b", minimums: [OSBuild(branch: 2, revision: 1)], allowsNewerBranches: false),
    BuildList(name: "c", minimums: [], allowsNewerBranches: true),
  ]

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func value(of type: ValueType) -> Value {
    switch type {
    case .bool: .bool(Bool.random(using: &random))
    case .int: .int([Int64.min, -1, 0, 1, 2, Int64.max][number(0..<6)])
    case .version:
      .version(Version(UInt32(number(1..<3)), UInt32(number(0..<3)), written: UInt8(number(2..<5))))
    case .build: .build(OSBuild(branch: UInt32(number(0..<5)), revision: UInt32(number(0..<4))))
    case .string: .string(["", "IFX", "AMD", "INTC", "x"][number(0..<5)])
    case .symbol(let symbols): .symbol(symbols[number(0..<symbols.count)])
    }
  }

  mutating func reference(_ index: Int) -> FactReference {
    FactReference(index: Int32(index), attested: number(0..<5) == 0)
  }

  mutating func test() -> ConditionStep {
    let index = number(0..<Self.facts.count)
    let type = Self.facts[index].type
    let comparisons = Comparison.allCases.filter { type.isOrdered || !$0.isOrder }
    let comparison = comparisons[number(0..<comparisons.count)]
    switch number(0..<5) {
    case 0 where type == .bool: return .fact(reference(index))
    case 1 where type == .build: return .meets(reference(index), list: Int32(number(0..<Self.lists.count)))
    case 2: return .member(reference(index), (0..<number(0..<4)).map { _ in value(of: type) })
    case 3:
      let others = Self.facts.indices.filter { Self.facts[$0].type == type }
      return .compareFacts(reference(index), comparison, reference(others[number(0..<others.count)]))
    default: return .compare(reference(index), comparison, value(of: type))
    }
  }

  mutating func condition(depth: Int) -> NaiveCondition {
    switch depth == 0 ? 9 : number(0..<10) {
    case 0: return .constant([true, false, nil][number(0..<3)])
    case 1, 2: return .not(condition(depth: depth - 1))
    case 3, 4, 5: return .and((0..<number(2..<5)).map { _ in condition(depth: depth - 1) })
    case 6, 7, 8: return .or((0..<number(2..<5)).map { _ in condition(depth: depth - 1) })
    default: return .test(test())
    }
  }

  /// A snapshot in which facts are known, unreadable, missing or of a wrong type.
  mutating func snapshot() -> FactSnapshot {
    var snapshot = FactSnapshot()
    for fact in Self.facts {
      let level: EvidenceLevel = number(0..<3) == 0 ? .attested : .reported
      switch number(0..<8) {
      case 0: continue
      case 1: snapshot[fact.name] = Observation(.unknown(reason: "no answer"), source: "test")
      case 2:
        let other = Self.facts[number(0..<Self.facts.count)].type
        snapshot[fact.name] = Observation(.value(value(of: other)), level: level, source: "test")
      default: snapshot[fact.name] = Observation(.value(value(of: fact.type)), level: level, source: "test")
      }
    }
    return snapshot
  }
}
