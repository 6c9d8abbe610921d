/// A JSON value with whole numbers only; fractions have no place in any format of ours.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])

  /// What the value is, for messages: `null`, `a boolean`, `an integer`, `a string`, `an array`, `an object`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer: "an integer"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value of the first member of that name; nil when there is none or this is not an object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { isSame($0.name, name) }?.value
  }

  /// The greatest integer that every JSON reader keeps exactly, 2^53.
  public static let greatestExactInteger: Int64 = 1 << 53

  /// An integer as canonical JSON can carry it: a number up to 2^53 either way, beyond that a string of digits.
  public static func exact(_ integer: Int64) -> JSONValue {
    (-greatestExactInteger...greatestExactInteger).contains(integer)
      ? .integer(integer) : .string("\(integer)")
  }
}

extension JSONValue {
  /// Whether two values are the same, texts and names by their code points, members in the same order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): isSame(left, right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

/// A member of a JSON object.
public struct JSONMember: Hashable, Sendable {
  /// The member's name.
  public let name: String
  /// The member's value.
  public let value: JSONValue

  /// A member of this name and value.
  public init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }

  /// Whether names, by their code points, and values are the same.
  public static func == (left: JSONMember, right: JSONMember) -> Bool {
    isSame(left.name, right.name) && left.value == right.value
  }
}
