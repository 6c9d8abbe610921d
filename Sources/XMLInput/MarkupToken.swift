import Diagnostics

/// One piece of markup as it is in the bytes of a document.
package struct MarkupToken {
  /// What it is; an element without content may be `empty`.
  package enum Kind {
    case start, empty, end, comment, cdata, instruction, declaration, doctype
  }

  /// What it is.
  package let kind: Kind
  /// The offsets of its bytes.
  package let bytes: Range<Int>
  /// The place of the `<`.
  let at: SourcePosition
  /// The place right behind the `>`.
  let endsAt: SourcePosition

  /// All markup that is complete in some bytes, by their indices, up to the first that is no markup at all.
  package static func all(in bytes: ArraySlice<UInt8>) -> [MarkupToken] {
    var scanner = MarkupScanner(limits: XMLLimits())
    scanner.begin(at: bytes.startIndex)
    var tokens: [MarkupToken] = []
    _ = bytes.withUnsafeBytes { scanner.scan($0, into: &tokens) }
    return tokens
  }

  /// The markup that some bytes begin with; nil when it is not complete.
  package static func first(in bytes: ArraySlice<UInt8>) -> MarkupToken? {
    var scanner = MarkupScanner(limits: XMLLimits())
    scanner.begin(at: bytes.startIndex)
    var tokens: [MarkupToken] = []
    var rest = bytes
    while tokens.isEmpty, let end = rest.firstIndex(of: Byte.greater) {
      _ = rest[...end].withUnsafeBytes { scanner.scan($0, into: &tokens) }
      rest = rest[(end + 1)...]
    }
    return tokens.first
  }
}
