import CSPCatalog
import PolicyModel

/// Demands on the facts of one device that all have to be met, as far as single facts tell: whether no device can.
///
/// A demand on one fact narrows the values that the fact may have. Of the others it is looked at whether they can come
/// out right with what is left. What several facts exclude only together is not found.
struct DemandSet {
  private let types: [ValueType]
  /// What was demanded before, by fact; `domains` stands over it.
  private var inherited: [Int32: ValueDomain] = [:]
  private var domains: [Int32: ValueDomain] = [:]
  /// Demands that are not a test of one fact, with whether they must be true or false.
  private var compound: [(steps: ArraySlice<ConditionStep>, isTrue: Bool)] = []
  private var compoundSteps = 0
  /// Whether no device meets the demands.
  private(set) var isImpossible = false

  /// Beyond so many steps compound demands are not looked at again with each further one.
  private static let maximumCompoundSteps = 512
  /// Domains of more named values are not held against compound demands.
  private static let maximumNamedValues = 64

  init(types: [ValueType]) { self.types = types }

  /// The same demands, to which more can be added at the cost of those alone.
  func extended() -> DemandSet {
    var set = self
    if !domains.isEmpty {
      set.inherited.merge(domains) { $1 }
      set.domains = [:]
    }
    return set
  }

  /// Demands that a condition is true, or that it is false.
  mutating func demand(_ condition: Condition, isTrue: Bool = true) {
    demand(condition.steps[...], isTrue: isTrue, starts: condition.partStarts())
    settle()
  }

  private mutating func demand(_ steps: ArraySlice<ConditionStep>, isTrue: Bool, starts: [Int]?) {
    guard let starts, !steps.isEmpty else { return }
    var pending = [(end: steps.count - 1, isTrue: isTrue)]
    while let part = pending.popLast(), !isImpossible {
      switch steps[part.end] {
      case .not: pending.append((part.end - 1, !part.isTrue))
      case .and(let count) where part.isTrue, .or(let count) where !part.isTrue:
        var last = part.end - 1
        for _ in 0..<count where last >= 0 {
          pending.append((last, part.isTrue))
          last = starts[last] - 1
        }
      case .and, .or:
        let slice = steps[starts[part.end]...part.end]
        compound.append((slice, part.isTrue))
        compoundSteps += slice.count
      case .constant(let truth): if truth != Truth(part.isTrue) { isImpossible = true }
      default: narrow(steps[part.end], isTrue: part.isTrue)
      }
    }
  }

  private mutating func narrow(_ step: ConditionStep, isTrue: Bool) {
    guard let test = SimpleTest(step, isNegated: !isTrue) else { return }
    var domain = domain(of: test.fact) ?? ValueDomain()
    test.narrow(&domain)
    domains[test.fact] = domain
    if domain.isEmpty(of: types[Int(test.fact)]) { isImpossible = true }
  }

  private func domain(of fact: Int32) -> ValueDomain? { domains[fact] ?? inherited[fact] }

  /// Looks at the compound demands with what the others leave.
  private mutating func settle() {
    guard !isImpossible, compoundSteps <= Self.maximumCompoundSteps else { return }
    for part in compound where !truth(of: part.steps).contains(part.isTrue ? .yes : .no) {
      isImpossible = true
    }
  }

  private func truth(of steps: ArraySlice<ConditionStep>) -> TruthSet {
    var judge = Judge(demands: self)
    return steps.fold(&judge) ?? .any
  }

  /// Judges conditions by what the demands leave of each fact.
  private struct Judge: ConditionAlgebra {
    let demands: DemandSet

    func constant(_ truth: Truth) -> TruthSet { TruthSet(truth) }
    func test(_ test: ConditionTest) -> TruthSet { demands.test(test) }
    func not(_ part: TruthSet) -> TruthSet { part.negated }
    func join(_ parts: ArraySlice<TruthSet>, by connective: Connective) -> TruthSet {
      TruthSet.joined(parts, by: connective)
    }
  }

  /// What a test can give on a readable fact of its domain.
  private func test(_ test: ConditionTest) -> TruthSet {
    let step = ConditionStep.test(test)
    guard let yes = SimpleTest(step, isNegated: false), let no = SimpleTest(step, isNegated: true) else {
      return .either
    }
    let domain = domain(of: yes.fact) ?? ValueDomain()
    guard domain.only?.count ?? 0 <= Self.maximumNamedValues else { return .either }
    var truth: TruthSet = []
    for (test, value) in [(yes, TruthSet.yes), (no, .no)] {
      var left = domain
      test.narrow(&left)
      if !left.isEmpty(of: types[Int(yes.fact)]) { truth.insert(value) }
    }
    return truth.isEmpty ? .either : truth
  }
}
