/// The type of a fact, a parameter or a literal. Values of two types never compare; there are no conversions.
public enum ValueType: Hashable, Sendable {
  case bool
  case int
  case version
  case build
  case string
  /// One of a closed set of symbols, in the order of the catalogue.
  case symbol([String])

  /// The type's name in the language and in files: `bool`, `int`, `version`, `build`, `string`, `enum`.
  public var name: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .version: "version"
    case .build: "build"
    case .string: "string"
    case .symbol: "enum"
    }
  }
}

/// A value of a fact, a parameter or a literal.
public enum Value: Hashable, Sendable {
  case bool(Bool)
  case int(Int64)
  case version(Version)
  case build(OSBuild)
  case string(String)
  case symbol(String)
}

extension Value {
  /// Whether two values are of one type and equal; texts and symbols by their code points.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.version(let left), .version(let right)): left == right
    case (.build(let left), .build(let right)): left == right
    case (.string(let left), .string(let right)), (.symbol(let left), .symbol(let right)): isSame(left, right)
    default: false
    }
  }

  /// Takes in the type and the value.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value):
      hasher.combine(1 as UInt8)
      hasher.combine(value)
    case .version(let value):
      hasher.combine(2 as UInt8)
      hasher.combine(value)
    case .build(let value):
      hasher.combine(3 as UInt8)
      hasher.combine(value)
    case .string(let value):
      hasher.combine(4 as UInt8)
      hasher.combine(exactly: value)
    case .symbol(let value):
      hasher.combine(5 as UInt8)
      hasher.combine(exactly: value)
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as the language writes it, strings without quotation marks.
  public var description: String {
    switch self {
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .version(let value): value.description
    case .build(let value): value.description
    case .string(let value): value
    case .symbol(let value): value
    }
  }
}
