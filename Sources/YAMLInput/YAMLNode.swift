/// A node of a document, with every alias already replaced by what it stands for.
public struct YAMLNode: Hashable, Sendable {
  /// What a node holds.
  public enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// The entries in the order of the document; no key occurs twice.
    case mapping([YAMLEntry])
  }

  /// What the node holds.
  public let content: Content
  /// Where it stands; for an alias, where the aliased node stands.
  public let span: YAMLSpan

  /// A node at a place.
  public init(_ content: Content, span: YAMLSpan) {
    self.content = content
    self.span = span
  }

  /// The scalar, or nil for a collection.
  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { return scalar }
    return nil
  }

  /// `text`, `a list` or `a mapping`, for messages.
  public var kindName: String {
    switch content {
    case .scalar(let scalar): scalar.isNull ? "null" : "'\(YAMLScalar.shortened(scalar.text))'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A scalar as the document writes it. Its type is for the reader to decide, from what it needs.
public struct YAMLScalar: Hashable, Sendable {
  /// The text with escapes and folding resolved.
  public let text: String
  /// Whether it stands without quotation marks, so that `true`, `12` and `null` mean more than text.
  public let isPlain: Bool

  /// A scalar.
  public init(text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }

  /// Whether the scalar is null: `null`, `~` or nothing at all, without quotation marks.
  public var isNull: Bool {
    isPlain && (text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL")
  }

  /// `true` and `false` in the spellings of YAML 1.2; nil for any other text and for quoted text.
  public var boolean: Bool? {
    guard isPlain else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// A decimal integer of 64 bits without quotation marks, or nil.
  public var integer: Int64? { isPlain ? Int64(text) : nil }

  /// A text cut to a length that suits a message.
  public static func shortened(_ text: String) -> String {
    guard text.utf8.count > 60 else { return text }
    return text.prefix(60) + "…"
  }
}

/// A key and its value.
public struct YAMLEntry: Hashable, Sendable {
  /// The key's text.
  public let key: String
  /// Where the key stands.
  public let keySpan: YAMLSpan
  /// The value.
  public let value: YAMLNode

  /// An entry of a mapping.
  public init(key: String, keySpan: YAMLSpan, value: YAMLNode) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }
}
