import PolicyModel

/// One row of the input that could be read.
package struct FleetDevice: Hashable, Sendable {
  /// The line of the input on which the row begins, from 1.
  package var line: Int
  /// What the report shows of the device as the row tells it.
  package var texts: FleetTexts
  /// The device's facts. What the row says of a fact and cannot be understood is unknown with the reason.
  package var facts: FactSnapshot
  /// Whether the device runs Windows; nil when the row does not tell.
  package var isWindows: Bool?

  package init(line: Int, texts: FleetTexts, facts: FactSnapshot, isWindows: Bool? = nil) {
    self.line = line
    self.texts = texts
    self.facts = facts
    self.isWindows = isWindows
  }
}

/// One row of the input that could not be read. It is counted and shown, never dropped.
package struct FleetProblem: Hashable, Sendable {
  /// The line of the input on which the row begins, from 1.
  package var line: Int
  /// What is wrong with it, in one sentence, safe to print.
  package var reason: String

  /// A problem of a row.
  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

/// What became of a row.
package enum FleetEntry: Hashable, Sendable {
  case device(FleetDevice)
  case problem(FleetProblem)
}
