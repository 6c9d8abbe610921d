import CSPCatalog
import Diagnostics
import PolicyModel
import TestSupport
import Testing

@testable import PolicyCompiler

@Suite("Conditions on builds, judged for all builds at once")
struct BuildMapTests {
  static let facts = FactTable(of: ["os.build", "os.branch", "os.revision", "os.product", "tpm.present"])
  static let branches: [UInt32] = [
    0, 10239, 10240, 19044, 19045, 19046, 20347, 20348, 20349, 21999, 22000, 22621, 22631, 25398, 26100,
    28000,
    40000, .max,
  ]
  static let revisions: [UInt32] = Array(0...12) + [98, 99, 100, 19045, 22000, 4_294_967_294, .max]
  static let lists = [
    BuildList(
      name: "newer", minimums: [OSBuild(branch: 19045, revision: 5), OSBuild(branch: 22621, revision: 7)],
      allowsNewerBranches: true),
    BuildList(
      name: "listed", minimums: [OSBuild(branch: 22000), OSBuild(branch: 28000, revision: 3)],
      allowsNewerBranches: false),
  ].map { list in
    LoweredBuildList(
      list: list,
      symbol: Symbol(
        kind: .builds, file: FileID(index: 0), node: 0, name: list.name,
        nameSpan: Span(file: FileID(index: 0), start: 0, end: 0), isLocal: true))
  }

  /// What is known of the devices of one build: what the checker's own judge of classes is asked.
  static func devices(of build: OSBuild) -> DeviceClass {
    let product: DeviceClass.Knowledge =
      switch build.branch {
      case 20348, 25398, 0..<10240: .unreadable
      case 10240..<22000: .value(.symbol("windows_10"))
      default: .value(.symbol("windows_11"))
      }
    return DeviceClass(facts: [
      .value(.build(build)), .value(.int(Int64(build.branch))), .value(.int(Int64(build.revision))), product,
      .any,
    ])
  }

  static func test(_ random: inout SeededGenerator) -> ConditionStep {
    func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
    func build() -> Value { .build(OSBuild(branch: pick(branches), revision: pick(revisions))) }
    func number(_ values: [UInt32]) -> Value {
      Int.random(in: 0..<20, using: &random) == 0
        ? pick([.int(-1), .int(1 << 32), .int(.max), .int(.min)]) : .int(Int64(pick(values)))
    }
    let comparison = pick(Comparison.allCases)
    let count = pick([1, 2, 5, 12])
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .compare(FactReference(index: 0), comparison, build())
    case 1: return .compare(FactReference(index: 1), comparison, number(branches))
    case 2: return .compare(FactReference(index: 2), comparison, number(revisions))
    case 3:
      return .compare(
        FactReference(index: 3), pick([.equal, .notEqual]), .symbol(pick(["windows_10", "windows_11"])))
    case 4: return .member(FactReference(index: 0), (0..<count).map { _ in build() })
    case 5: return .member(FactReference(index: 1), (0..<count).map { _ in number(branches) })
    case 6: return .member(FactReference(index: 2), (0..<count).map { _ in number(revisions) })
    case 7: return .meets(FactReference(index: 0), list: Int32(pick([0, 1])))
    default: return .fact(FactReference(index: 4))
    }
  }

  static func steps(depth: Int, _ random: inout SeededGenerator) -> [ConditionStep] {
    guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else { return [test(&random)] }
    let count = Int.random(in: 2...4, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return steps(depth: depth - 1, &random) + [.not]
    case 1: return (0..<count).flatMap { _ in steps(depth: depth - 1, &random) } + [.and(Int32(count))]
    default: return (0..<count).flatMap { _ in steps(depth: depth - 1, &random) } + [.or(Int32(count))]
    }
  }

  @Test("each build has what its class of devices has, whatever the condition")
  func differential() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<600 {
      let condition = Condition(steps: Self.steps(depth: 4, &random))
      var conditions = BuildConditions(
        Self.facts, lists: Self.lists, devices: DeviceClass(facts: Array(repeating: .any, count: 5)))
      let map = conditions.truth(of: condition)
      for branch in Self.branches {
        for revision in Self.revisions {
          let build = OSBuild(branch: branch, revision: revision)
          let expected = Self.devices(of: build).truth(of: condition, lists: Self.lists)
          guard map[build] != expected else { continue }
          Issue.record("\(build): \(map[build]) instead of \(expected) for \(condition)")
          return
        }
      }
    }
  }

  @Test("two sets overlap where a build is in both, and on the branches where one is")
  func overlaps() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<600 {
      var conditions = BuildConditions(
        Self.facts, lists: Self.lists, devices: DeviceClass(facts: Array(repeating: .any, count: 5)))
      let sets = (0..<2).map { _ in
        conditions.truth(of: Condition(steps: Self.steps(depth: 2, &random))).builds(where: .yes)
      }
      let both = conditions.intersection(sets)
      #expect(sets[0].overlaps(sets[1]) == !both.isEmpty)
      let shared = Self.branches.filter { branch in
        (Self.revisions + [13, 50]).contains { both[OSBuild(branch: branch, revision: $0)] == .yes }
      }
      #expect(sets[0].branches(of: Self.branches, shared: sets[1]) == shared)
    }
  }

  @Test("a branch against a revision is exact on branches that shipped, and open elsewhere")
  func branchAgainstRevision() {
    var conditions = BuildConditions(
      Self.facts, lists: [], devices: DeviceClass(facts: Array(repeating: .any, count: 5)))
    let map = conditions.truth(
      of: Condition(steps: [.compareFacts(FactReference(index: 2), .greater, FactReference(index: 1))]))
    #expect(map[OSBuild(branch: 22631, revision: 22631)] == .no)
    #expect(map[OSBuild(branch: 22631, revision: 22632)] == .yes)
    #expect(map[OSBuild(branch: 30000, revision: 5)] == .either)
  }

  @Test("thousands of builds beside thousands of revisions meet a bound, many of one kind do not")
  func bound() {
    let count: UInt32 = 3000
    let builds = ConditionStep.member(
      FactReference(index: 0), (0..<count).map { .build(OSBuild(branch: 20000 + $0, revision: $0)) })
    let revisions = ConditionStep.member(FactReference(index: 2), (0..<count).map { .int(Int64($0) * 2) })
    let branches = ConditionStep.member(FactReference(index: 1), (0..<count).map { .int(Int64($0) * 2) })
    func isExceeded(_ steps: [ConditionStep]) -> Bool {
      var conditions = BuildConditions(
        Self.facts, lists: [], devices: DeviceClass(facts: Array(repeating: .any, count: 5)))
      _ = conditions.truth(of: Condition(steps: steps))
      return conditions.isExceeded
    }
    #expect(isExceeded([builds, revisions, .or(2)]))
    #expect(!isExceeded([branches, revisions, .and(2)]))
    #expect(!isExceeded([builds, branches, .or(2)]))
  }
}

extension FactTable {
  /// A table of facts in this order.
  fileprivate init(of names: [String]) {
    self.init()
    for name in names { if let entry = FactCatalog.embedded[name] { _ = index(of: entry) } }
  }
}
