import CSPCatalog
import Diagnostics
import PolicyModel

/// The values that a fact may still have after some comparisons.
struct ValueDomain: Hashable {
  /// The lowest and the highest value, each with whether it is itself allowed; nil when unbounded.
  var lower: Bound?
  var upper: Bound?
  /// The values that remain when an equality or a membership named them; nil for all.
  var only: [Value]?
  var excluded: [Value] = []

  /// Beyond this many excluded values a domain is not found empty; the bound keeps long conditions cheap.
  static let maximumExcluded = 256

  struct Bound: Hashable {
    let value: Value
    let isIncluded: Bool
  }

  /// Narrows the domain by `fact comparison value`.
  mutating func narrow(_ comparison: Comparison, _ value: Value) {
    switch comparison {
    case .equal: narrow(to: [value])
    case .notEqual: if excluded.count < Self.maximumExcluded { excluded.append(value) }
    case .less: narrowUpper(Bound(value: value, isIncluded: false))
    case .lessOrEqual: narrowUpper(Bound(value: value, isIncluded: true))
    case .greater: narrowLower(Bound(value: value, isIncluded: false))
    case .greaterOrEqual: narrowLower(Bound(value: value, isIncluded: true))
    }
  }

  /// Narrows the domain to some values.
  mutating func narrow(to values: [Value]) {
    guard let only else { return self.only = values }
    guard only.count * values.count > 1024 else { return self.only = only.filter(values.contains) }
    let wanted = Set(values)
    self.only = only.filter(wanted.contains)
  }

  private mutating func narrowUpper(_ bound: Bound) {
    guard let upper else { return upper = bound }
    if bound.value.isLess(than: upper.value) == true || (bound.value == upper.value && !bound.isIncluded) {
      self.upper = bound
    }
  }

  private mutating func narrowLower(_ bound: Bound) {
    guard let lower else { return lower = bound }
    if lower.value.isLess(than: bound.value) == true || (bound.value == lower.value && !bound.isIncluded) {
      self.lower = bound
    }
  }

  /// Whether a value lies in the domain.
  func contains(_ value: Value) -> Bool {
    if excluded.contains(value) { return false }
    if let only, !only.contains(value) { return false }
    if let lower, !(lower.value.isLess(than: value) == true || (lower.isIncluded && lower.value == value)) {
      return false
    }
    if let upper, !(value.isLess(than: upper.value) == true || (upper.isIncluded && upper.value == value)) {
      return false
    }
    return true
  }

  /// Whether no value is left, as far as can be told: `all` are the values of a closed type.
  func isEmpty(of type: ValueType) -> Bool {
    if let only { return !only.contains(where: contains) }
    switch type {
    case .bool: return ![Value.bool(true), .bool(false)].contains(where: contains)
    case .symbol(let symbols): return !symbols.contains { contains(.symbol($0)) }
    default: break
    }
    guard let lower, let upper else { return false }
    if upper.value.isLess(than: lower.value) == true { return true }
    if upper.value == lower.value {
      return !(upper.isIncluded && lower.isIncluded) || excluded.contains(upper.value)
    }
    // Between two neighbouring whole numbers there is none.
    if case .int(let low) = lower.value, case .int(let high) = upper.value, !lower.isIncluded,
      !upper.isIncluded
    {
      return high.subtractingReportingOverflow(low) == (1, false)
    }
    return false
  }
}

/// Domains of facts along an `and`.
struct DomainSet {
  /// Two parts of a condition that exclude one another.
  struct Conflict {
    let explanation: String
    let span: Span
    let earlier: Span
  }

  private struct Entry {
    let test: SimpleTest
    /// What all tests of the fact leave together; nil while there is one.
    let domain: ValueDomain?
    let span: Span
  }

  private var entries: [Entry] = []

  /// Narrows by one operand of the `and` when it is a single comparison, or a comparison negated.
  mutating func narrow(by steps: ArraySlice<ConditionStep>, at span: Span, facts: FactTable) -> Conflict? {
    guard let test = SimpleTest(steps) else { return nil }
    if let index = entries.firstIndex(where: { $0.test.fact == test.fact }) {
      let before = entries[index]
      let type = facts.types[Int(test.fact)]
      var domain = before.domain ?? before.test.domain
      test.narrow(&domain)
      if domain.isEmpty(of: type), !(before.domain ?? before.test.domain).isEmpty(of: type) {
        let name = facts.entries[Int(test.fact)].name
        return Conflict(
          explanation: "no value has both \(before.test.text(name)) and \(test.text(name))", span: span,
          earlier: before.span)
      }
      entries[index] = Entry(test: test, domain: domain, span: span)
      return nil
    }
    entries.append(Entry(test: test, domain: nil, span: span))
    return nil
  }
}

/// A condition that is one test of one fact against fixed values.
struct SimpleTest: Hashable {
  let fact: Int32
  private let kind: Kind

  private enum Kind: Hashable {
    case compare(Comparison, Value)
    case member([Value], negated: Bool)
  }

  init?(_ steps: ArraySlice<ConditionStep>) {
    guard let first = steps.first, steps.count <= 2 else { return nil }
    let isNegated = steps.count == 2
    if isNegated, steps.last != .not { return nil }
    guard case .test(let test) = first else { return nil }
    switch test {
    case .fact(let reference):
      fact = reference.index
      kind = .compare(.equal, .bool(!isNegated))
    case .compare(let reference, let comparison, let value):
      fact = reference.index
      kind = .compare(isNegated ? comparison.inverse : comparison, value)
    case .member(let reference, let values):
      fact = reference.index
      kind = .member(values, negated: isNegated)
    default: return nil
    }
  }

  /// A single step, or what is false where it is true.
  init?(_ step: ConditionStep, isNegated: Bool) { self.init(isNegated ? [step, .not] : [step]) }

  /// The values that the test alone leaves.
  var domain: ValueDomain {
    var domain = ValueDomain()
    narrow(&domain)
    return domain
  }

  func narrow(_ domain: inout ValueDomain) {
    switch kind {
    case .compare(let comparison, let value): domain.narrow(comparison, value)
    case .member(let values, negated: false): domain.narrow(to: values)
    case .member(let values, negated: true):
      domain.excluded += values.prefix(ValueDomain.maximumExcluded)
    }
  }

  /// The comparison, when the test is one.
  var comparison: (Comparison, Value)? {
    if case .compare(let comparison, let value) = kind { return (comparison, value) }
    return nil
  }

  /// The test as the language writes it.
  func text(_ name: String) -> String {
    switch kind {
    case .compare(.equal, .bool(true)): name
    case .compare(.equal, .bool(false)): "not \(name)"
    case .compare(let comparison, .string(let text)): "\(name) \(comparison.rawValue) \"\(text)\""
    case .compare(let comparison, let value): "\(name) \(comparison.rawValue) \(value)"
    case .member(let values, let negated):
      "\(name) \(negated ? "not in" : "in") [\(values.map(\.description).joined(separator: ", "))]"
    }
  }
}
