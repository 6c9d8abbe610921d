import Diagnostics
import PolicyModel
import PolicySyntax

/// What rules without a guard demand of one fact together: demands that exclude one another, and demands that
/// another rule makes stronger.
extension PolicyChecker {
  private struct Demand {
    let rule: Int
    let test: SimpleTest
  }

  mutating func analyseRequirements() {
    guard !isBroken else { return }
    var demands: [Int32: [Demand]] = [:]
    for index in rules.indices where rules[index].rule.kind == .require && rules[index].rule.when == nil {
      for steps in rules[index].rule.that.conjuncts() {
        guard let test = SimpleTest(steps) else { continue }
        demands[test.fact, default: []].append(
          Demand(rule: index, test: test))
      }
    }
    for fact in demands.keys.sorted() {
      guard let list = demands[fact], list.count > 1 else { continue }
      let (name, type) = (factTable.entries[Int(fact)].name, factTable.types[Int(fact)])
      if reportContradiction(list, name, type) || !type.isOrdered { continue }
      // A demand that allows unknown cannot stand in for one that does not; any can stand in for one that does.
      reportWeaker(list.filter { !rules[$0.rule].rule.allowsUnknown }, name) { !$0.allowsUnknown }
      reportWeaker(list, name) { $0.allowsUnknown }
    }
  }

  private mutating func reportContradiction(_ demands: [Demand], _ name: String, _ type: ValueType) -> Bool {
    var domain = ValueDomain()
    // Most rules repeat a few demands; each different one narrows once.
    var seen: Set<SimpleTest> = []
    for (index, demand) in demands.enumerated() where seen.insert(demand.test).inserted {
      demand.test.narrow(&domain)
      guard domain.isEmpty(of: type) else { continue }
      // The earlier demand that alone excludes this one, else the one before it.
      let other =
        demands[..<index].last { earlier in
          var pair = ValueDomain()
          earlier.test.narrow(&pair)
          demand.test.narrow(&pair)
          return pair.isEmpty(of: type)
        } ?? demands[max(0, index - 1)]
      // Within one rule the condition itself has been reported.
      guard other.rule != demand.rule else { return true }
      let (late, early) = (rules[demand.rule], rules[other.rule])
      let known = late.rule.allowsUnknown && early.rule.allowsUnknown ? "that tells \(name) " : ""
      report(
        Diagnostic(
          "AP2202", .error,
          "the rules '\(early.rule.name)' and '\(late.rule.name)' contradict each other: no device has both "
            + "\(other.test.text(name)) and \(demand.test.text(name))",
          at: Label(late.thatSpan, "requires \(demand.test.text(name))"),
          secondary: [Label(early.thatSpan, "requires \(other.test.text(name))")],
          help: ["every device \(known)fails one of them; change one, or give each a 'when'"]),
        on: late.node, in: tree(of: late.file), within: late.owners)
      return true
    }
    return false
  }

  /// A lower bound below another rule's lower bound, and the same for upper bounds, says nothing more.
  private mutating func reportWeaker(
    _ demands: [Demand], _ name: String, where isAsked: (Rule) -> Bool
  ) {
    for isLower in [true, false] {
      let bounds = demands.compactMap { demand -> (Demand, Value, Bool)? in
        guard let (comparison, value) = demand.test.comparison else { return nil }
        switch comparison {
        case .greater, .greaterOrEqual: return isLower ? (demand, value, comparison == .greaterOrEqual) : nil
        case .less, .lessOrEqual: return isLower ? nil : (demand, value, comparison == .lessOrEqual)
        case .equal: return (demand, value, true)
        case .notEqual: return nil
        }
      }
      func isWeaker(_ left: (Demand, Value, Bool), _ right: (Demand, Value, Bool)) -> Bool {
        if left.1 == right.1 { return left.2 && !right.2 }
        return (isLower ? left.1.isLess(than: right.1) : right.1.isLess(than: left.1)) ?? false
      }
      guard var strongest = bounds.first else { continue }
      for bound in bounds.dropFirst() where isWeaker(strongest, bound) { strongest = bound }
      var seen: [Value: Int] = [:]
      var order: [(Demand, Value)] = []
      for bound in bounds where bound.0.rule != strongest.0.rule && isWeaker(bound, strongest) {
        guard isAsked(rules[bound.0.rule].rule) else { continue }
        if case .equal? = bound.0.test.comparison?.0 { continue }
        if seen[bound.1] == nil { order.append((bound.0, bound.1)) }
        seen[bound.1, default: 0] += 1
      }
      for (demand, value) in order {
        let (weak, strong) = (rules[demand.rule], rules[strongest.0.rule])
        let others = (seen[value] ?? 1) - 1
        report(
          Diagnostic(
            "AP2203", .warning,
            "the rule '\(weak.rule.name)' requires \(demand.test.text(name)), which is weaker than what "
              + "'\(strong.rule.name)' requires",
            at: Label(weak.thatSpan, demand.test.text(name)),
            secondary: [Label(strong.thatSpan, strongest.0.test.text(name))],
            help: [
              others > 0
                ? "the weaker demand changes nothing; \(others) more rules make it too"
                : "the weaker demand changes nothing; remove it or raise it"
            ]),
          on: weak.node, in: tree(of: weak.file), within: weak.owners)
      }
    }
  }
}

extension Condition {
  /// The parts of a condition that all must hold: the operands of its outermost `and`s.
  func conjuncts() -> [ArraySlice<ConditionStep>] {
    guard let begin = partStarts() else { return [] }
    var result: [ArraySlice<ConditionStep>] = []
    var pending = [steps.count - 1]
    while let end = pending.popLast() {
      guard case .and(let count) = steps[end] else {
        result.append(steps[begin[end]...end])
        continue
      }
      var last = end - 1
      for _ in 0..<count where last >= 0 {
        pending.append(last)
        last = begin[last] - 1
      }
    }
    return result
  }
}
