/// What a rule has found out about the last paths, by their numbers.
struct PathMemo<Value> {
  private var entries = [(number: UInt32, value: Value)?](repeating: nil, count: PathStrings.capacity)

  /// What is known of a path; it is made when the path is new, or without a number.
  mutating func value(of path: PayloadText, make: () -> Value) -> Value {
    let number = path.pathNumber
    guard number != 0 else { return make() }
    let index = Int(number) & (PathStrings.capacity - 1)
    if let entry = entries[index], entry.number == number { return entry.value }
    let value = make()
    entries[index] = (number, value)
    return value
  }
}

extension PathMemo: Sendable where Value: Sendable {}
