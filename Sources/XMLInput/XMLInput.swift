/// What a document may ask of the reader. Anything beyond is an error, not a slow success.
public struct XMLLimits: Hashable, Sendable {
  /// Size of the document in bytes.
  public var bytes: Int
  /// Elements open at one time.
  public var depth: Int
  /// Bytes of one run of text, one attribute value or one name.
  public var textBytes: Int
  /// Attributes of one element.
  public var attributes: Int
  /// Whether a document type declaration may stand in the document. Its entities and external subset are never used.
  public var allowsDoctype: Bool

  public init(
    bytes: Int = 256 << 20, depth: Int = 256, textBytes: Int = 16 << 20, attributes: Int = 64,
    allowsDoctype: Bool = false
  ) {
    self.bytes = bytes
    self.depth = depth
    self.textBytes = textBytes
    self.attributes = attributes
    self.allowsDoctype = allowsDoctype
  }
}

/// A place in an XML document, both counted from 1. The column counts bytes of UTF-8.
public struct XMLPosition: Hashable, Sendable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The name of an element or attribute with the namespace it resolves to (empty for none).
public struct XMLName: Hashable, Sendable {
  public let namespace: String
  public let local: String

  public init(namespace: String = "", local: String) {
    self.namespace = namespace
    self.local = local
  }
}

/// An attribute of an element; namespace declarations are not attributes.
public struct XMLAttribute: Hashable, Sendable {
  public let name: XMLName
  public let value: String

  public init(name: XMLName, value: String) {
    self.name = name
    self.value = value
  }
}

/// What the reader meets, in document order. Adjacent text may come in several pieces.
public enum XMLEvent: Hashable, Sendable {
  /// `at` is the place of the `<`.
  case start(XMLName, attributes: [XMLAttribute], at: XMLPosition)
  case end(XMLName, at: XMLPosition)
  /// Character data; `cdata` tells a CDATA section from plain text.
  case text(String, cdata: Bool, at: XMLPosition)
  case comment(at: XMLPosition)
  case processingInstruction(target: String, at: XMLPosition)
}

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
