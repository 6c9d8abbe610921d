/// Why a compiled policy cannot be evaluated: a mistake of whoever made it, not of the device.
public struct PolicyDefect: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it is: `scope`, or `rule NAME, when` or `rule NAME, that`, or `facts`.
  public let place: String
  /// What is wrong, as a sentence part that follows the place.
  public let problem: String

  /// A defect at a place.
  public init(place: String, problem: String) {
    self.place = place
    self.problem = problem
  }

  /// Place and problem in one line.
  public var description: String { "\(place): \(problem)" }
}
