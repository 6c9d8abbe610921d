import PolicyModel

/// The truth values that a condition can have in a class of devices.
struct TruthSet: OptionSet, Hashable {
  let rawValue: UInt8

  static let no = TruthSet(rawValue: 1)
  static let unknown = TruthSet(rawValue: 2)
  static let yes = TruthSet(rawValue: 4)
  /// A readable fact of any value.
  static let either: TruthSet = [.no, .yes]
  /// Nothing is told.
  static let any: TruthSet = [.no, .unknown, .yes]

  init(rawValue: UInt8) { self.rawValue = rawValue }
  init(_ truth: Truth) { self.init(rawValue: 1 << truth.rawValue) }

  /// The members as truth values of the model, whose tables alone say what `and`, `or` and `not` mean.
  private var members: [Truth] { Truth.allCases.filter { contains(TruthSet($0)) } }

  private static let conjunctions = table { $0.and($1) }
  private static let disjunctions = table { $0.or($1) }
  private static let negations: [TruthSet] = (UInt8(0)..<8).map { raw in
    TruthSet(rawValue: raw).members.reduce(into: []) { $0.insert(TruthSet($1.negated)) }
  }

  private static func table(_ operation: (Truth, Truth) -> Truth) -> [TruthSet] {
    (UInt8(0)..<64).map { pair in
      var result: TruthSet = []
      for left in TruthSet(rawValue: pair >> 3).members {
        for right in TruthSet(rawValue: pair & 7).members { result.insert(TruthSet(operation(left, right))) }
      }
      return result
    }
  }

  func and(_ other: TruthSet) -> TruthSet { Self.conjunctions[Int(rawValue << 3 | other.rawValue)] }
  func or(_ other: TruthSet) -> TruthSet { Self.disjunctions[Int(rawValue << 3 | other.rawValue)] }
  /// What can come of some parts, at least one.
  static func joined(_ parts: ArraySlice<TruthSet>, by connective: Connective) -> TruthSet {
    guard let first = parts.first else { return .any }
    return parts.dropFirst().reduce(first) { connective == .and ? $0.and($1) : $0.or($1) }
  }

  var negated: TruthSet { Self.negations[Int(rawValue & 7)] }
}

/// What a class of devices has in common.
struct DeviceClass {
  /// What is known of one fact throughout the class.
  enum Knowledge {
    /// Readable, any value.
    case any
    /// No device of the class has it.
    case unreadable
    case value(Value)
  }

  /// By the number of the fact in the policy's table.
  var facts: [Knowledge]

  /// The truth values that a condition can have among the class. Tests of one fact in several places are taken as
  /// independent, so the set may hold more than really occurs, never less.
  func truth(of condition: Condition, lists: [LoweredBuildList]) -> TruthSet {
    var judge = TruthJudge(devices: self, lists: lists)
    return condition.fold(&judge) ?? .any
  }

  /// A single test.
  func test(_ test: ConditionTest, _ lists: [LoweredBuildList]) -> TruthSet {
    switch test {
    case .fact(let reference):
      return self.test(reference) { $0 == .bool(true) }
    case .compare(let reference, let comparison, let value):
      return self.test(reference) { comparison.holds($0, value) }
    case .member(let reference, let values):
      return self.test(reference) { values.contains($0) }
    case .meets(let reference, let list):
      return self.test(reference) { value in
        guard case .build(let build) = value, lists.indices.contains(Int(list)) else { return false }
        return lists[Int(list)].list.judge(build).isMet
      }
    case .compareFacts(let left, let comparison, let right):
      switch (facts[Int(left.index)], facts[Int(right.index)]) {
      case (.unreadable, _), (_, .unreadable): return .unknown
      case (.value(let first), .value(let second)): return TruthSet(Truth(comparison.holds(first, second)))
      default: return .either
      }
    }
  }

  private func test(_ reference: FactReference, _ holds: (Value) -> Bool) -> TruthSet {
    switch facts[Int(reference.index)] {
    case .any: .either
    case .unreadable: .unknown
    case .value(let value): TruthSet(Truth(holds(value)))
    }
  }
}

/// Judges conditions for a class of devices.
private struct TruthJudge: ConditionAlgebra {
  let devices: DeviceClass
  let lists: [LoweredBuildList]

  func constant(_ truth: Truth) -> TruthSet { TruthSet(truth) }
  func test(_ test: ConditionTest) -> TruthSet { devices.test(test, lists) }
  func not(_ part: TruthSet) -> TruthSet { part.negated }
  func join(_ parts: ArraySlice<TruthSet>, by connective: Connective) -> TruthSet {
    TruthSet.joined(parts, by: connective)
  }
}

extension PolicyChecker {
  /// A class that nothing is known of.
  func anyDevice() -> DeviceClass {
    DeviceClass(facts: Array(repeating: .any, count: factTable.entries.count))
  }

  /// Whether every device of the class fails a rule, whatever else is true of it.
  func rejects(_ rule: Int, _ devices: DeviceClass) -> Bool {
    if let when = rules[rule].rule.when, devices.truth(of: when, lists: buildLists) != .yes { return false }
    return devices.truth(of: rules[rule].rule.that, lists: buildLists) == .no
  }

  /// Whether the policy is sent to a device of the class.
  func isInScope(_ devices: DeviceClass) -> Bool {
    scope.condition.map { devices.truth(of: $0, lists: buildLists).contains(.yes) } ?? true
  }

  /// Whether a guarded clause can concern a device of the class.
  func canApply(_ condition: Condition?, to devices: DeviceClass) -> Bool {
    condition.map { devices.truth(of: $0, lists: buildLists).contains(.yes) } ?? true
  }
}
