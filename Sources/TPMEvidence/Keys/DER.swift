/// One element of DER: a tag of one byte, a definite length, the content.
package struct DERElement {
  /// The tag.
  package let tag: UInt8
  /// The content, a slice of what was read.
  package let content: ArraySlice<UInt8>

  /// The tag of a SEQUENCE.
  package static let sequence: UInt8 = 0x30
  static let set: UInt8 = 0x31
  static let objectIdentifier: UInt8 = 0x06
}

/// Reads elements of DER side by side. What lies in an element is read by a reader of its own, so that depth is bounded by the
/// caller's code and not by the input.
package struct DERReader {
  private var cursor: ByteCursor

  /// A reader of elements that stand side by side.
  package init(_ bytes: ArraySlice<UInt8>) { cursor = ByteCursor(bytes) }

  /// Whether nothing is left.
  package var isAtEnd: Bool { cursor.left == 0 }

  /// The next element; nil at the end, and for what is not DER: a tag of several bytes, a length that is indefinite, longer
  /// than needed or beyond the end.
  package mutating func next() -> DERElement? {
    guard let tag = cursor.byte(), tag & 0x1F != 0x1F, let first = cursor.byte() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), let bytes = cursor.take(count), let lead = bytes.first, lead != 0 else {
        return nil
      }
      length = bytes.reduce(0) { $0 << 8 | Int($1) }
      guard length >= 0x80 else { return nil }
    }
    return cursor.take(length).map { DERElement(tag: tag, content: $0) }
  }

  /// The next element if it has this tag.
  package mutating func next(_ tag: UInt8) -> DERElement? {
    guard let element = next(), element.tag == tag else { return nil }
    return element
  }
}
