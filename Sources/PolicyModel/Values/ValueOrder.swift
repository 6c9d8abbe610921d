extension Value {
  /// Whether this value is below another of the same ordered type; nil when the two have no order. `EvaluationProgram.Key` orders
  /// values so too.
  package func isLess(than other: Value) -> Bool? {
    switch (self, other) {
    case (.int(let left), .int(let right)): left < right
    case (.version(let left), .version(let right)): left < right
    case (.build(let left), .build(let right)): left < right
    default: nil
    }
  }
}

extension Comparison {
  /// Whether the comparison holds between two comparable things.
  @inlinable
  public func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// Whether two values of one type compare so; of values without an order only `==` and `!=` hold.
  package func holds(_ left: Value, _ right: Value) -> Bool {
    if left == right { return holds(0, 0) }
    guard let isLess = left.isLess(than: right) else { return self == .notEqual }
    return isLess ? holds(0, 1) : holds(1, 0)
  }

  /// The comparison that holds where this one does not.
  package var inverse: Comparison {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }
}
