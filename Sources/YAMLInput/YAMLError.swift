import Diagnostics

/// Why a document was refused, and where.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was wrong, in kinds that a caller may treat apart.
  package enum Kind: Hashable, Sendable {
    /// The text is not YAML 1.2, or not UTF-8.
    case syntax
    /// The document asks for more than a limit of ``YAMLLimits`` allows.
    case limitExceeded
    /// YAML that is not used here: foreign tags, a second document, keys that are not text, a key given twice.
    case forbidden
    /// YAML that does not have the shape or the values that its reader asked for.
    case content
  }

  /// The kind of the error.
  package let kind: Kind
  /// One plain sentence without a place and without a full stop.
  package let message: String
  /// Where in the document.
  package let position: SourcePosition

  /// An error at a place.
  package init(_ kind: Kind, _ message: String, at position: SourcePosition) {
    self.kind = kind
    self.message = message
    self.position = position
  }

  /// `12:3: message`
  package var description: String { "\(position): \(message)" }
}
