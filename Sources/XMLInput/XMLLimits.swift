/// What a document may ask of the reader. Anything beyond is an error, not a slow success.
public struct XMLLimits: Hashable, Sendable {
  /// Size of the document in bytes.
  public var bytes: Int
  /// Elements open at one time.
  public var depth: Int
  /// Bytes of one run of text, one tag, one comment or one processing instruction.
  public var textBytes: Int
  /// Attributes of one element, namespace declarations included.
  public var attributes: Int
  /// Whether a document type declaration may stand in the document. It is skipped; one that declares anything
  /// (an entity, an element) is refused all the same.
  public var allowsDoctype: Bool

  /// Limits that any document of Windows' management fits in.
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
