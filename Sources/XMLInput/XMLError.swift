/// Why a document was refused.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    case notWellFormed
    case limitExceeded
    case forbidden
    /// The handler stopped the reading.
    case stopped
  }

  public let kind: Kind
  /// One plain sentence without a place.
  public let message: String
  public let position: XMLPosition

  public init(_ kind: Kind, _ message: String, at position: XMLPosition) {
    self.kind = kind
    self.message = message
    self.position = position
  }

  public var description: String { "\(position.line):\(position.column): \(message)" }
}
