import Diagnostics
import PolicyModel
import YAMLInput

/// What is wrong in a snapshot or in a program's answer, and where.
package struct SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One plain sentence without a place.
  package let message: String
  /// The line and the column in characters, both from 1; nil when only the fact is known.
  package let place: SourcePosition?

  init(_ message: String, at place: SourcePosition?) {
    self.message = message
    self.place = place
  }

  init(_ error: YAMLError) { self.init(error.message, at: error.position) }

  init(_ error: JSONError) {
    let advice = error.problem.contains("fraction") ? "; versions and builds stand in quotation marks" : ""
    self.init(error.problem + advice, at: error.position)
  }

  /// `12:3: message`
  package var description: String { place.map { "\($0): \(message)" } ?? " \(message)" }
}
