import PolicyModel

extension FactReading {
  /// The value, or why there is none, for a failed test.
  var text: String {
    switch state {
    case .known(let value): value.description
    case .notObserved: "(not given)"
    case .unreadable: "unknown"
    case .wrongType(let value): "\(value) (of another type)"
    }
  }
}
