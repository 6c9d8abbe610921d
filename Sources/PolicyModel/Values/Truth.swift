/// A truth value of strong Kleene logic.
///
/// A fact that no probe could read makes a condition `unknown`, which is neither true nor false; a policy passes
/// only on `true`.
public enum Truth: UInt8, Hashable, Sendable, CaseIterable {
  case `false` = 0
  case unknown = 1
  case `true` = 2

  /// The truth value of a Swift Boolean.
  @inlinable public init(_ value: Bool) { self = value ? .true : .false }

  /// Kleene conjunction: the lesser of the two in the order false < unknown < true.
  @inlinable public func and(_ other: Truth) -> Truth { rawValue < other.rawValue ? self : other }

  /// Kleene disjunction: the greater of the two in the order false < unknown < true.
  @inlinable public func or(_ other: Truth) -> Truth { rawValue > other.rawValue ? self : other }

  /// Kleene negation; the negation of unknown is unknown.
  @inlinable public var negated: Truth {
    switch self {
    case .true: .false
    case .false: .true
    case .unknown: .unknown
    }
  }

  /// `true`, `false` or `unknown`, as in files and reports.
  public var name: String {
    switch self {
    case .true: "true"
    case .false: "false"
    case .unknown: "unknown"
    }
  }
}
