import Diagnostics

/// The name of an element or attribute with the namespace it resolves to (empty for none).
public struct XMLName: Hashable, Sendable {
  /// The namespace's URI, empty for none.
  public let namespace: String
  /// The name without its prefix.
  public let local: String

  /// A name in a namespace, or in none.
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
  case start(XMLName, attributes: [XMLAttribute], at: SourcePosition)
  case end(XMLName, at: SourcePosition)
  /// Character data; `cdata` tells a CDATA section from plain text.
  case text(String, cdata: Bool, at: SourcePosition)
  case comment(at: SourcePosition)
  case processingInstruction(target: String, at: SourcePosition)
}
