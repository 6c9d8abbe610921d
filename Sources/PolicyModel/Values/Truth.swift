/// A truth value of strong Kleene logic.
///
/// A fact that no probe could read makes a condition `unknown`, which is neither true nor false; a policy passes
/// only on `true`.
package enum Truth: UInt8, Hashable, Sendable, CaseIterable {
  case `false` = 0
  case unknown = 1
  case `true` = 2

  /// The truth value of a Swift Boolean.
  package init(_ value: Bool) { self = value ? .true : .false }

  /// Kleene conjunction: the lesser of the two in the order false < unknown < true.
  package func and(_ other: Truth) -> Truth { rawValue < other.rawValue ? self : other }

  /// Kleene disjunction: the greater of the two in the order false < unknown < true.
  package func or(_ other: Truth) -> Truth { rawValue > other.rawValue ? self : other }

  /// Kleene negation; the negation of unknown is unknown.
  package var negated: Truth {
    switch self {
    case .true: .false
    case .false: .true
    case .unknown: .unknown
    }
  }

  /// `true`, `false` or `unknown`, as in files and reports.
  package var name: String {
    switch self {
    case .true: "true"
    case .false: "false"
    case .unknown: "unknown"
    }
  }
}
