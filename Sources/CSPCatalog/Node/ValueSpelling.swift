import PolicyModel

extension ValueType {
  /// The value of this type that a text spells, or nil when it spells none: `true`, `12`, `2.0`,
  /// `10.0.22631.2792`, a symbol of the enum, any text for a string.
  package func value(spelled text: String) -> Value? {
    switch self {
    case .bool: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .int: Int64(text).map(Value.int)
    case .version: Version(text).map(Value.version)
    case .build: OSBuild(text).map(Value.build)
    case .string: .string(text)
    case .symbol(let symbols): symbols.containsSame(text) ? .symbol(text) : nil
    }
  }

  /// What a value of this type looks like, for messages: `a whole number`, `one of on, off`.
  package var expectation: String {
    switch self {
    case .bool: "true or false"
    case .int: "a whole number"
    case .version: "a version such as 2.0"
    case .build: "a build such as 10.0.22631.2792"
    case .string: "a text"
    case .symbol(let symbols): "one of \(symbols.joined(separator: ", "))"
    }
  }
}
