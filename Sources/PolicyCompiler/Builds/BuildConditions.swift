import PolicyModel

/// Judges conditions on every Windows build at once.
///
/// A test of `os.build`, `os.branch`, `os.revision` or `os.product` changes only at the values that it mentions, so
/// one build between two of them stands for all; ``DeviceClass`` judges it. Other facts are readable and may have any
/// value.
struct BuildConditions {
  /// The facts that follow from the build, by their numbers; nil for those that the policy does not read.
  private let build, branch, revision, product: Int32?
  private let lists: [LoweredBuildList]
  private var devices: DeviceClass
  /// How many pieces combining maps has taken; beyond ``BuildMap/maximumWork`` no answer means anything.
  private(set) var work = 0

  /// `devices` is a class that nothing is known of.
  init(_ table: FactTable, lists: [LoweredBuildList], devices: DeviceClass) {
    build = table.index(of: "os.build")
    branch = table.index(of: "os.branch")
    revision = table.index(of: "os.revision")
    product = table.index(of: "os.product")
    self.lists = lists
    self.devices = devices
    facts = Set([build, branch, revision, product].compactMap(\.self))
  }

  /// Whether there are too many combinations of branches and revisions to tell anything.
  var isExceeded: Bool { work > BuildMap.maximumWork }

  /// The facts that follow from the build.
  let facts: Set<Int32>

  /// Makes the class one of devices of a build.
  private mutating func know(_ number: OSBuild) {
    if let build { devices.facts[Int(build)] = .value(.build(number)) }
    if let branch { devices.facts[Int(branch)] = .value(.int(Int64(number.branch))) }
    if let revision { devices.facts[Int(revision)] = .value(.int(Int64(number.revision))) }
    if let product {
      devices.facts[Int(product)] =
        WindowsLines.product(of: number.branch).map { .value(.symbol($0)) } ?? .unreadable
    }
  }

  /// A part of a condition: the same on every build, or not.
  enum Part {
    case same(TruthSet)
    case varied(BuildMap)
  }

  /// What can come of a condition on each build.
  mutating func truth(of condition: Condition) -> BuildMap {
    switch condition.fold(&self) {
    case .same(let truth): return BuildMap(truth)
    case .varied(let map): return map
    case nil: return BuildMap(.any)
    }
  }

  private mutating func join(_ parts: ArraySlice<Part>, _ join: (TruthSet, TruthSet) -> TruthSet) -> Part {
    var same: TruthSet?
    var maps: [BuildMap] = []
    for part in parts {
      switch part {
      case .same(let truth): same = same.map { join($0, truth) } ?? truth
      case .varied(let map): maps.append(map)
      }
    }
    guard let map = BuildMap.fold(maps, &work, join) else { return .same(same ?? .any) }
    guard let same else { return .varied(map) }
    return .varied(map.mapped { join($0, same) })
  }

  mutating func test(_ test: ConditionTest) -> Part {
    switch test {
    case .compare(let fact, _, let value): return self.test(test, of: fact.index, against: [value])
    case .member(let fact, let values): return self.test(test, of: fact.index, against: values)
    case .meets(let fact, let list):
      guard fact.index == build, lists.indices.contains(Int(list)) else { break }
      return .varied(BuildMap(changingAt: lists[Int(list)].list.minimums) { judge(test, on: $0) })
    case .compareFacts(let left, _, let right):
      return compare(test, left.index, right.index)
    case .fact: break
    }
    return .same(.either)
  }

  private mutating func test(_ test: ConditionTest, of fact: Int32, against values: [Value]) -> Part {
    // A long list is looked up, not searched.
    let members: Set<Value>? =
      if case .member = test, values.count > 8 { Set(values) } else { nil }
    func holds(_ value: Value) -> TruthSet? { members.map { TruthSet(Truth($0.contains(value))) } }
    switch fact {
    case build:
      let builds = values.compactMap { value -> OSBuild? in
        if case .build(let build) = value { build } else { nil }
      }
      return .varied(BuildMap(changingAt: builds) { holds(.build($0)) ?? judge(test, on: $0) })
    case branch:
      return .varied(
        BuildMap(changingAtBranches: Self.numbers(values)) {
          holds(.int(Int64($0))) ?? judge(test, on: OSBuild(branch: $0))
        })
    case revision:
      return .varied(
        BuildMap(changingAtRevisions: Self.numbers(values)) {
          holds(.int(Int64($0))) ?? judge(test, on: OSBuild(branch: 0, revision: $0))
        })
    case product:
      return .varied(
        BuildMap(changingAtBranches: WindowsLines.productChanges) { judge(test, on: OSBuild(branch: $0)) })
    default: return .same(.either)
    }
  }

  private mutating func compare(_ test: ConditionTest, _ left: Int32, _ right: Int32) -> Part {
    if left == right, facts.contains(left) {
      return .varied(
        BuildMap(changingAtBranches: WindowsLines.productChanges) { judge(test, on: OSBuild(branch: $0)) })
    }
    // A branch against a revision changes at another revision on every branch: exact on those that shipped.
    guard Set([left, right]) == Set([branch, revision].compactMap(\.self)) else { return .same(.either) }
    let shipped = ShippedBranches.numbers
    return .varied(
      BuildMap(changingAt: shipped.map { OSBuild(branch: $0, revision: $0) }) {
        ShippedBranches.contains($0.branch) ? judge(test, on: $0) : .either
      })
  }

  private mutating func judge(_ test: ConditionTest, on build: OSBuild) -> TruthSet {
    know(build)
    return devices.test(test, lists)
  }

  /// Whether a device of a build can meet a rule, or need not.
  mutating func canHold(_ rule: Rule, on build: OSBuild) -> Bool {
    know(build)
    if devices.truth(of: rule.that, lists: lists).contains(.yes) { return true }
    return rule.when.map { devices.truth(of: $0, lists: lists).contains(.no) } ?? false
  }

  private static func numbers(_ values: [Value]) -> [UInt32] {
    values.compactMap { value in
      if case .int(let number) = value { UInt32(exactly: number) } else { nil }
    }
  }

  /// The builds that all of some sets hold.
  mutating func intersection(_ sets: [BuildMap]) -> BuildMap {
    BuildMap.fold(sets, &work) { $0.and($1) } ?? BuildMap(.yes)
  }

  /// The builds that any of some sets holds.
  mutating func union(_ sets: [BuildMap]) -> BuildMap {
    BuildMap.fold(sets, &work) { $0.or($1) } ?? BuildMap(.no)
  }

  /// The branches that a condition names as such, by `==` or `in`, shipped or not.
  func branchesNamed(in condition: Condition, into branches: inout Set<UInt32>) {
    func note(_ fact: FactReference, _ values: [Value]) {
      guard fact.index == build || fact.index == branch else { return }
      for value in values {
        switch value {
        case .build(let build): branches.insert(build.branch)
        case .int(let number): if let branch = UInt32(exactly: number) { branches.insert(branch) }
        default: break
        }
      }
    }
    for case .test(let test) in condition.steps {
      switch test {
      case .compare(let fact, .equal, let value): note(fact, [value])
      case .member(let fact, let values): note(fact, values)
      default: break
      }
    }
  }
}

extension BuildConditions: ConditionAlgebra {
  func constant(_ truth: Truth) -> Part { .same(TruthSet(truth)) }

  func not(_ part: Part) -> Part {
    switch part {
    case .same(let truth): .same(truth.negated)
    case .varied(let map): .varied(map.mapped(\.negated))
    }
  }

  mutating func join(_ parts: ArraySlice<Part>, by connective: Connective) -> Part {
    connective == .and ? join(parts) { $0.and($1) } : join(parts) { $0.or($1) }
  }
}
