import Diagnostics

/// Why a document was refused.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is.
  public enum Kind: Hashable, Sendable {
    /// The bytes are not XML in UTF-8.
    case notWellFormed
    /// The document asks for more than ``XMLLimits`` allows.
    case limitExceeded
    /// The document has what is refused on principle, such as a declaration of an entity.
    case forbidden
    /// The handler stopped the reading.
    case stopped
    /// libxml2 is not on this machine.
    case unavailable
  }

  /// What kind of refusal it is.
  public let kind: Kind
  /// One plain sentence without a place.
  public let message: String
  /// Where the cause stands.
  package let position: SourcePosition

  /// An error from its parts.
  package init(_ kind: Kind, _ message: String, at position: SourcePosition) {
    self.kind = kind
    self.message = message
    self.position = position
  }

  /// `LINE:COLUMN: MESSAGE`
  public var description: String { "\(position): \(message)" }
}
