/// What a condition asks of one fact, or of two: a leaf of the condition.
public enum ConditionTest: Hashable, Sendable {
  /// A Boolean fact standing alone.
  case fact(FactReference)
  /// `fact op value`.
  case compare(FactReference, Comparison, Value)
  /// `fact op fact`.
  case compareFacts(FactReference, Comparison, FactReference)
  /// `fact in [values]`.
  case member(FactReference, [Value])
  /// `fact meets list`: index into the policy's build lists.
  case meets(FactReference, list: Int32)

  /// The facts that the test reads, one or two, in the order in which they are written.
  public var references: [FactReference] {
    switch self {
    case .fact(let fact), .compare(let fact, _, _), .member(let fact, _), .meets(let fact, _): [fact]
    case .compareFacts(let left, _, let right): [left, right]
    }
  }

  /// Whether something is true of a fact that the test reads.
  package func reads(_ matches: (FactReference) -> Bool) -> Bool {
    switch self {
    case .fact(let fact), .compare(let fact, _, _), .member(let fact, _), .meets(let fact, _): matches(fact)
    case .compareFacts(let left, _, let right): matches(left) || matches(right)
    }
  }

  /// The same test of other facts.
  func mapping(_ transform: (FactReference) -> FactReference) -> ConditionTest {
    switch self {
    case .fact(let fact): .fact(transform(fact))
    case .compare(let fact, let comparison, let value): .compare(transform(fact), comparison, value)
    case .compareFacts(let left, let comparison, let right):
      .compareFacts(transform(left), comparison, transform(right))
    case .member(let fact, let values): .member(transform(fact), values)
    case .meets(let fact, let list): .meets(transform(fact), list: list)
    }
  }
}

extension ConditionStep {
  /// A test of a Boolean fact.
  public static func fact(_ fact: FactReference) -> ConditionStep { .test(.fact(fact)) }

  /// `fact op value`.
  public static func compare(_ fact: FactReference, _ comparison: Comparison, _ value: Value)
    -> ConditionStep
  {
    .test(.compare(fact, comparison, value))
  }

  /// `fact op fact`.
  public static func compareFacts(
    _ left: FactReference, _ comparison: Comparison, _ right: FactReference
  ) -> ConditionStep { .test(.compareFacts(left, comparison, right)) }

  /// `fact in [values]`.
  public static func member(_ fact: FactReference, _ values: [Value]) -> ConditionStep {
    .test(.member(fact, values))
  }

  /// `fact meets list`.
  public static func meets(_ fact: FactReference, list: Int32) -> ConditionStep {
    .test(.meets(fact, list: list))
  }

  /// The facts that the step reads: none for operators and constants.
  public var references: [FactReference] {
    if case .test(let test) = self { test.references } else { [] }
  }
}
