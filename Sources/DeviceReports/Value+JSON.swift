import PolicyModel

extension Value {
  /// Booleans and integers as such, everything else as the language writes it.
  var json: JSONValue {
    switch self {
    case .bool(let flag): .bool(flag)
    case .int(let number): .exact(number)
    case .version, .build, .string, .symbol: .string(description)
    }
  }
}
