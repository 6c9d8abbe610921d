/// What a boot log says of one matter, or why it does not say it.
package enum BootFinding<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The log's verified digests support this value.
  case known(Value)
  /// They do not support any; the text says why, one plain sentence without a full stop.
  case unknown(String)

  /// The value, or nil.
  package var value: Value? {
    if case .known(let value) = self { return value }
    return nil
  }

  /// The reason, or nil.
  package var reason: String? {
    if case .unknown(let reason) = self { return reason }
    return nil
  }

  /// The same finding about what follows from the value.
  package func map<Other>(_ transform: (Value) -> Other) -> BootFinding<Other> {
    switch self {
    case .known(let value): .known(transform(value))
    case .unknown(let reason): .unknown(reason)
    }
  }
}
