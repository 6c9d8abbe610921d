/// Why an input as a whole cannot be read. What is wrong with one row is a ``FleetProblem``.
package struct FleetInputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the input, from 1.
  package let line: Int
  /// One plain sentence without a full stop, safe to print.
  package let message: String

  /// `12: message`
  package var description: String { "\(line): \(message)" }
}

/// What is read at most, so that memory stays bounded whatever the input is.
package struct FleetLimits: Hashable, Sendable {
  /// The bytes of one row.
  package var rowBytes: Int
  /// The columns of one row.
  package var columns: Int

  /// Limits; the defaults suit any export of devices.
  package init(rowBytes: Int = 1 << 20, columns: Int = 4096) {
    self.rowBytes = rowBytes
    self.columns = columns
  }
}
