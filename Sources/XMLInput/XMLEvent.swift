/// A place in an XML document, both counted from 1. The column counts bytes of UTF-8.
///
/// Every text of a payload has several, so that its numbers are kept in 32 bits; what is larger counts as the largest.
package struct XMLPosition: Hashable, Sendable, CustomStringConvertible {
  private let lineNumber: UInt32
  private let columnNumber: UInt32

  /// The line; a line ends with a line feed.
  package var line: Int { Int(lineNumber) }
  /// The byte in its line.
  package var column: Int { Int(columnNumber) }

  /// A place from its two numbers.
  package init(line: Int, column: Int) {
    lineNumber = UInt32(clamping: line)
    columnNumber = UInt32(clamping: column)
  }

  /// `LINE:COLUMN`
  package var description: String { "\(line):\(column)" }
}

/// The name of an element or attribute with the namespace it resolves to (empty for none).
package struct XMLName: Hashable, Sendable {
  /// The namespace's URI, empty for none.
  package let namespace: String
  /// The name without its prefix.
  package let local: String

  /// A name in a namespace, or in none.
  /// An attribute from its two halves.
  package init(namespace: String = "", local: String) {
    self.namespace = namespace
    self.local = local
  }
}

/// An attribute of an element; namespace declarations are not attributes.
package struct XMLAttribute: Hashable, Sendable {
  /// The name; one without a prefix is in no namespace.
  package let name: XMLName
  /// The value with its references resolved.
  package let value: String

  /// An attribute from its two halves.
  package init(name: XMLName, value: String) {
    self.name = name
    self.value = value
  }
}

/// What the reader meets, in document order. Adjacent text may come in several pieces.
package enum XMLEvent: Hashable, Sendable {
  /// `at` is the place of the `<`.
  case start(XMLName, attributes: [XMLAttribute], at: XMLPosition)
  case end(XMLName, at: XMLPosition)
  /// Character data; `cdata` tells a CDATA section from plain text.
  case text(String, cdata: Bool, at: XMLPosition)
  case comment(at: XMLPosition)
  case processingInstruction(target: String, at: XMLPosition)
}
