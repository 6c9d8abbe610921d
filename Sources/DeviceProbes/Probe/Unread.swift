import PolicyModel

/// Why a fact could not be read: one plain sentence without a full stop.
struct Unread: Error, Hashable, Sendable {
  let reason: String
}

extension Result where Failure == Unread {
  /// Nothing was read, for this reason.
  static func unread(_ reason: String) -> Self { .failure(Unread(reason: reason)) }
}

extension FactFindings {
  /// Records what was read: a value, or why there is none.
  mutating func set(_ name: String, _ result: Result<Value, Unread>) {
    switch result {
    case .success(let value): set(name, value)
    case .failure(let unread): miss(name, unread.reason)
    }
  }
}
