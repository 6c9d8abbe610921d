/// What is made of a condition, part by part: a truth, a set of them for many devices at once, text, JSON, a query.
///
/// The fold alone takes conditions apart. Order never matters and nothing is short-circuited, so an algebra is asked of every part once,
/// the operands before what joins them.
@usableFromInline
package protocol ConditionAlgebra {
  /// What is made of a part.
  associatedtype Part

  mutating func constant(_ truth: Truth) -> Part
  mutating func test(_ test: ConditionTest) -> Part
  mutating func not(_ part: Part) -> Part
  /// `parts` are at least one, in the order in which they are written.
  mutating func join(_ parts: ArraySlice<Part>, by connective: Connective) -> Part
}

/// What joins the parts of a condition.
@usableFromInline
package enum Connective: Hashable, Sendable {
  case and, or
}

extension Sequence<ConditionStep> {
  /// What an algebra makes of a condition of these steps; nil for steps that are not one whole condition.
  @inlinable
  package func fold<Algebra: ConditionAlgebra>(_ algebra: inout Algebra) -> Algebra.Part? {
    var parts: [Algebra.Part] = []
    parts.reserveCapacity(underestimatedCount)
    for step in self {
      switch step {
      case .constant(let truth): parts.append(algebra.constant(truth))
      case .test(let test): parts.append(algebra.test(test))
      case .not:
        guard let part = parts.popLast() else { return nil }
        parts.append(algebra.not(part))
      case .and(let count), .or(let count):
        guard count > 0, parts.count >= count else { return nil }
        let first = parts.count - Int(count)
        let connective: Connective = if case .and = step { .and } else { .or }
        let joined = algebra.join(parts[first...], by: connective)
        parts.removeLast(Int(count) - 1)
        parts[first] = joined
      }
    }
    return parts.count == 1 ? parts[0] : nil
  }
}

extension Condition {
  /// What an algebra makes of the condition; nil for one that is not well formed.
  @inlinable
  package func fold<Algebra: ConditionAlgebra>(_ algebra: inout Algebra) -> Algebra.Part? {
    steps.fold(&algebra)
  }
}
