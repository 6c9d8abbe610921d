import PolicyModel

/// What a source says of the facts that it can give: values, and reasons where there is none.
///
/// A source that was read and keeps silent about a fact has no entry for it; one that should have told and did not has a reason.
struct FactFindings: Hashable, Sendable {
  /// The findings by fact name.
  private(set) var contents: [String: Observation.Content] = [:]

  /// What of the output a value comes from, where that says more than the value: it follows the source.
  private var remarks: [String: String] = [:]

  /// Records a value.
  mutating func set(_ name: String, _ value: Value, remark: String? = nil) {
    contents[name] = .value(value)
    remarks[name] = remark
  }

  /// Records why a fact could not be read: one plain sentence without a full stop, with the line quoted that was not understood.
  mutating func miss(_ name: String, _ reason: String) { self[name] = .unknown(reason: reason) }

  /// Adds what another source of the same probe says: a value takes the place of a reason, the first value stays.
  mutating func add(_ other: FactFindings) {
    for (name, content) in other.contents {
      switch (contents[name], content) {
      case (nil, _), (.unknown, .value):
        contents[name] = content
        remarks[name] = other.remarks[name]
      default: break
      }
    }
  }

  /// The finding about a fact.
  subscript(name: String) -> Observation.Content? {
    get { contents[name] }
    set {
      contents[name] = newValue
      remarks[name] = nil
    }
  }

  /// The findings about the wanted facts, as a probe's answer.
  func observations(
    of wanted: Set<String>, level: EvidenceLevel = .reported, source: String
  ) -> [String: Observation] {
    var result: [String: Observation] = [:]
    for (name, content) in contents where wanted.contains(name) {
      result[name] = Observation(
        content, level: level, source: remarks[name].map { "\(source), \($0)" } ?? source)
    }
    return result
  }
}
