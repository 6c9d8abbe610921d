import Diagnostics

/// A node of a document, with every alias already replaced by what it stands for.
package struct YAMLNode: Hashable, Sendable {
  /// What a node holds.
  package enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// The entries in the order of the document; no key occurs twice.
    case mapping([YAMLEntry])
  }

  /// What the node holds.
  package let content: Content
  /// Where it stands; for an alias, where the aliased node stands.
  package let span: SourceRange

  /// A node at a place.
  package init(_ content: Content, span: SourceRange) {
    self.content = content
    self.span = span
  }

  /// The scalar, or nil for a collection.
  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  /// `text`, `a list` or `a mapping`, for messages.
  package var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "null" : "'\(shortened(scalar.text))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A scalar as the document writes it. Its type is for the reader to decide, from what it needs.
package struct YAMLScalar: Hashable, Sendable {
  /// The text with escapes and folding resolved.
  package let text: String
  /// Whether it stands without quotation marks, so that `true`, `12` and `null` mean more than text.
  package let isPlain: Bool

  /// A scalar.
  package init(text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }

  /// Whether the scalar is null: `null`, `~` or nothing at all, without quotation marks.
  package var isNull: Bool {
    isPlain && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL")
  }

  /// `true` and `false` in the spellings of YAML 1.2; nil for any other text and for quoted text.
  package var boolean: Bool? {
    guard isPlain else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// A decimal integer of 64 bits without quotation marks, or nil.
  package var integer: Int64? { isPlain ? Int64(text) : nil }
}

/// A key and its value.
package struct YAMLEntry: Hashable, Sendable {
  /// The key's text.
  package let key: String
  /// Where the key stands.
  package let keySpan: SourceRange
  /// The value.
  package let value: YAMLNode

  /// An entry of a mapping.
  package init(key: String, keySpan: SourceRange, value: YAMLNode) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}
