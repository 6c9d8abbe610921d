extension Condition {
  /// How deep `and`, `or` and `not` may nest: more than any source of the language gets, whose parser counts
  /// parentheses and `not`. Every reader of a compiled policy refuses more, so that no later stage needs a bound of
  /// its own.
  public static let maximumDepth = 640

  /// Whether the steps form exactly one condition and every index lies in its table.
  ///
  /// Evaluation is defined for well-formed conditions only. Types are the matter of ``defect(facts:lists:)``.
  public func isWellFormed(factCount: Int, listCount: Int) -> Bool {
    structureDefect(factCount: factCount, listCount: listCount) == nil
  }

  /// What makes the condition one that cannot be evaluated, in words, or nil when it is sound in structure and types.
  public func defect(facts: [FactDeclaration], lists: [BuildList]) -> String? {
    if let defect = structureDefect(factCount: facts.count, listCount: lists.count) { return defect }
    for step in steps {
      if case .test(let test) = step, let defect = Self.typeDefect(of: test, facts: facts) { return defect }
    }
    return nil
  }

  private func structureDefect(factCount: Int, listCount: Int) -> String? {
    var depths: [Int] = []
    for (position, step) in steps.enumerated() {
      for reference in step.references where !(0..<factCount).contains(Int(reference.index)) {
        return "step \(position) names fact \(reference.index), but there are \(factCount) facts"
      }
      if case .test(.meets(_, let list)) = step, !(0..<listCount).contains(Int(list)) {
        return "step \(position) names build list \(list), but there are \(listCount) build lists"
      }
      let operands: Int
      switch step {
      case .not: operands = 1
      case .and(let count), .or(let count):
        guard count >= 2 else { return "step \(position) joins \(count) operands, but needs at least 2" }
        operands = Int(count)
      default:
        depths.append(0)
        continue
      }
      guard depths.count >= operands else {
        return "step \(position) needs \(operands) operands, but only \(depths.count) precede it"
      }
      let depth = 1 + (depths.suffix(operands).max() ?? 0)
      guard depth <= Self.maximumDepth else { return "it nests deeper than \(Self.maximumDepth) levels" }
      depths.removeLast(operands)
      depths.append(depth)
    }
    return depths.count == 1 ? nil : "its steps leave \(depths.count) results, but exactly 1 is needed"
  }

  private static func typeDefect(of test: ConditionTest, facts: [FactDeclaration]) -> String? {
    func fact(_ reference: FactReference) -> FactDeclaration { facts[Int(reference.index)] }
    switch test {
    case .fact(let reference):
      return fact(reference).type == .bool
        ? nil : "\(fact(reference).name) stands alone, but is of type \(fact(reference).type.name), not bool"
    case .compare(let reference, let comparison, let value):
      let type = fact(reference).type
      guard value.isOf(type) else {
        return "\(fact(reference).name) of type \(type.name) is compared with \(value)"
      }
      return orderDefect(comparison, fact(reference))
    case .compareFacts(let left, let comparison, let right):
      guard fact(left).type == fact(right).type else {
        return
          "\(fact(left).name) of type \(fact(left).type.name) is compared with \(fact(right).name) of type "
          + fact(right).type.name
      }
      return orderDefect(comparison, fact(left))
    case .member(let reference, let values):
      guard let stray = values.first(where: { !$0.isOf(fact(reference).type) }) else { return nil }
      return
        "\(fact(reference).name) of type \(fact(reference).type.name) is looked for in a list with \(stray)"
    case .meets(let reference, _):
      return fact(reference).type == .build
        ? nil : "\(fact(reference).name) of type \(fact(reference).type.name) is held against a build list"
    }
  }

  private static func orderDefect(_ comparison: Comparison, _ fact: FactDeclaration) -> String? {
    guard comparison.isOrder, !fact.type.isOrdered else { return nil }
    return "\(fact.name) of type \(fact.type.name) has no order, but is compared with \(comparison.rawValue)"
  }
}

extension Comparison {
  /// Whether the comparison asks for an order, not for equality.
  public var isOrder: Bool { self != .equal && self != .notEqual }
}

extension ValueType {
  /// Whether values of the type can be greater and less: `int`, `version` and `build`.
  public var isOrdered: Bool {
    switch self {
    case .int, .version, .build: true
    case .bool, .string, .symbol: false
    }
  }
}
