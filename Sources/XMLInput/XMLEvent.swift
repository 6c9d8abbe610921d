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
