/// A place in an XML document, both counted from 1. The column counts bytes of UTF-8.
///
/// Every text of a payload has several, so that its numbers are kept in 32 bits; what is larger counts as the largest.
public struct XMLPosition: Hashable, Sendable, CustomStringConvertible {
  private let lineNumber: UInt32
  private let columnNumber: UInt32

  /// The line; a line ends with a line feed.
  public var line: Int { Int(lineNumber) }
  /// The byte in its line.
  public var column: Int { Int(columnNumber) }

  /// A place from its two numbers.
  public init(line: Int, column: Int) {
    lineNumber = UInt32(clamping: line)
    columnNumber = UInt32(clamping: column)
  }

  /// `LINE:COLUMN`
  public var description: String { "\(line):\(column)" }
}

/// The name of an element or attribute with the namespace it resolves to (empty for none).
public struct XMLName: Hashable, Sendable {
  /// The namespace's URI, empty for none.
  public let namespace: String
  /// The name without its prefix.
  public let local: String

  /// A name in a namespace, or in none.
  /// An attribute from its two halves.
  public init(namespace: String = "", local: String) {
    self.namespace = namespace
    self.local = local
  }
}

/// An attribute of an element; namespace declarations are not attributes.
public struct XMLAttribute: Hashable, Sendable {
  /// The name; one without a prefix is in no namespace.
  public let name: XMLName
  /// The value with its references resolved.
  public let value: String

  /// An attribute from its two halves.
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
