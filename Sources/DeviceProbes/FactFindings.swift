import PolicyModel

/// What a source says of the facts that it can give: values, and reasons where there is none.
///
/// A source that was read and keeps silent about a fact has no entry for it; one that should have told and did not has a reason.
struct FactFindings: Hashable, Sendable {
  /// The findings by fact name.
  private(set) var contents: [String: Observation.Content] = [:]

  /// Records a value.
  mutating func set(_ name: String, _ value: Value) { contents[name] = .value(value) }

  /// Records why a fact could not be read: one plain sentence without a full stop, with the line quoted that was not understood.
  mutating func miss(_ name: String, _ reason: String) { contents[name] = .unknown(reason: reason) }

  /// Adds what another source of the same probe says: a value takes the place of a reason, the first value stays.
  mutating func add(_ other: FactFindings) {
    contents.merge(other.contents) { first, second in
      if case .unknown = first, case .value = second { return second }
      return first
    }
  }

  /// The finding about a fact.
  subscript(name: String) -> Observation.Content? {
    get { contents[name] }
    set { contents[name] = newValue }
  }

  /// The findings about the wanted facts, as a probe's answer.
  func observations(
    of wanted: Set<String>, level: EvidenceLevel = .reported, source: String
  ) -> [String: Observation] {
    contents.filter { wanted.contains($0.key) }.mapValues { Observation($0, level: level, source: source) }
  }
}
