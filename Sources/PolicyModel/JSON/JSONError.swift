import Diagnostics

/// Why bytes are not JSON as we read it, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where.
  package let position: SourcePosition
  /// What was expected and what was found, without the position.
  public let problem: String

  /// A problem at a position.
  package init(_ problem: String, at position: SourcePosition) {
    self.position = position
    self.problem = problem
  }

  /// `LINE:COLUMN: PROBLEM`.
  public var description: String { "\(position): \(problem)" }
}

/// What a JSON reader accepts at most.
public struct JSONLimits: Hashable, Sendable {
  /// The length of the input in bytes.
  public var bytes: Int
  /// How deep arrays and objects may nest.
  public var depth: Int
  /// Whether a number with a fraction or an exponent, or one beyond 64 bits, is read as a string of its text. Our own formats have none.
  public var keepsNumbersAsText: Bool
  /// Whether an object may repeat a name, as RFC 8259 leaves open; all of its members are kept. None of our own formats has such.
  package var takesRepeatedNames: Bool

  /// Limits; the defaults suit a snapshot or a compiled policy.
  public init(
    bytes: Int = 64 << 20, depth: Int = 128, keepsNumbersAsText: Bool = false,
    takesRepeatedNames: Bool = false
  ) {
    self.bytes = bytes
    self.depth = depth
    self.keepsNumbersAsText = keepsNumbersAsText
    self.takesRepeatedNames = takesRepeatedNames
  }
}
