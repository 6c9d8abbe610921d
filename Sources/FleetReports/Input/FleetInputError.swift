/// Why an input as a whole cannot be read. What is wrong with one row is a ``FleetProblem``.
public struct FleetInputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line of the input, from 1.
  public let line: Int
  /// One plain sentence without a full stop, safe to print.
  public let message: String

  /// `12: message`
  public var description: String { "\(line): \(message)" }
}

/// What is read at most, so that memory stays bounded whatever the input is.
public struct FleetLimits: Hashable, Sendable {
  /// The bytes of one row.
  public var rowBytes: Int
  /// The columns of one row.
  public var columns: Int

  /// Limits; the defaults suit any export of devices.
  public init(rowBytes: Int = 1 << 20, columns: Int = 4096) {
    self.rowBytes = rowBytes
    self.columns = columns
  }
}
