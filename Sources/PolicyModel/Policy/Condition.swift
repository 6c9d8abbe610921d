/// How two values of one type compare.
public enum Comparison: String, Hashable, Sendable, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A fact as a condition reads it.
public struct FactReference: Hashable, Sendable {
  /// Index into the policy's fact table.
  public let index: Int32
  /// Whether only `attested` evidence counts; anything less reads as unknown.
  public let attested: Bool

  /// A fact at this index of the fact table.
  public init(index: Int32, attested: Bool = false) {
    self.index = index
    self.attested = attested
  }
}

/// One step of a condition in postfix order.
public enum ConditionStep: Hashable, Sendable {
  /// A constant, from a comparison of params and literals that the compiler folded.
  case constant(Truth)
  /// What is asked of facts.
  case test(ConditionTest)
  /// Negates the top of the stack.
  case not
  /// Takes the given number of operands, at least two, from the stack.
  case and(Int32)
  case or(Int32)
}

/// A condition of the language, typed and with its params filled in: postfix steps over a stack of ``Truth``.
///
/// Order never matters and nothing is short-circuited: `false and unknown` is false both ways round.
public struct Condition: Hashable, Sendable {
  /// The steps; exactly one truth is left when all have run.
  public private(set) var steps: [ConditionStep]

  /// A condition of these steps; see ``isWellFormed(factCount:listCount:)``.
  public init(steps: [ConditionStep]) { self.steps = steps }

  /// Gives facts new numbers: fact `i` becomes fact `map[i]`. Every fact of the condition must have one.
  public mutating func renumberFacts(_ map: [Int32]) {
    func renumbered(_ reference: FactReference) -> FactReference {
      FactReference(index: map[Int(reference.index)], attested: reference.attested)
    }
    for index in steps.indices {
      if case .test(let test) = steps[index] { steps[index] = .test(test.mapping(renumbered)) }
    }
  }
}
