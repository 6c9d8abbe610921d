/// What a validation saw and found.
package struct PayloadReport: Hashable, Sendable {
  /// What the payload begins with.
  package let shape: PayloadShape
  /// The number of commands, those in groups and the groups themselves included.
  package let commands: Int
  /// The number of commands that stand in no group.
  package let topLevel: Int
  /// In the order of their places; no more than the validator keeps.
  package let findings: [PayloadFinding]
  /// All errors, those that were not kept included.
  package let errors: Int
  /// All warnings, those that were not kept included.
  package let warnings: Int
  /// All notes, those that were not kept included.
  package let notes: Int
  /// How many of the notes are findings that the author of the payload accepted.
  package let waived: Int

  /// Whether a device can take the payload as far as it can be told beforehand.
  package var isValid: Bool { errors == 0 }
  /// The number of findings that were counted and not kept.
  package var dropped: Int { errors + warnings + notes - findings.count }
}
