/// What a rule has found out about the last paths, by their numbers.
struct PathMemo<Value> {
  /// None before the first path with a number.
  private var entries: [(number: UInt32, value: Value)?] = []

  /// What is known of a path.
  func value(of path: PayloadText) -> Value? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[Int(path.pathNumber) & (PathStrings.capacity - 1)]
    return entry?.number == path.pathNumber ? entry?.value : nil
  }

  /// Keeps what was found out about a path that has a number.
  mutating func keep(_ value: Value, of path: PayloadText) {
    guard path.pathNumber != 0 else { return }
    if entries.isEmpty { entries = Array(repeating: nil, count: PathStrings.capacity) }
    entries[Int(path.pathNumber) & (PathStrings.capacity - 1)] = (path.pathNumber, value)
  }

  /// What is known of a path; it is made when the path is new, or without a number.
  mutating func value(of path: PayloadText, make: () -> Value) -> Value {
    if let known = value(of: path) { return known }
    let value = make()
    keep(value, of: path)
    return value
  }
}

extension PathMemo: Sendable where Value: Sendable {}
