import Diagnostics
import XMLInput

/// The bytes of a payload, to find what a ``PayloadFix`` changes.
struct FixSource {
  /// Such changes show all that is written anew; what is longer is left to its author.
  static let longestElement = 2000

  private let lines: LineIndex
  private let bytes: [UInt8]

  init(_ lines: LineIndex) {
    self.lines = lines
    bytes = lines.bytes
  }

  func text(
    from: SourcePosition, to: SourcePosition, _ text: String
  ) -> (range: Range<Int>, text: [UInt8])? {
    let start = lines.offset(of: from)
    var escaped = XMLText()
    guard escaped.escaped(text) == nil else { return nil }
    return (start..<max(start, lines.offset(of: to)), escaped.bytes)
  }

  func namespace(at position: SourcePosition, to namespace: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let tag = markup(from: position).first, let name = name(of: tag) else { return nil }
    let declaration = Array("xmlns=".utf8)
    var index = name.upperBound
    while index < tag.bytes.upperBound {
      if bytes[index...].starts(with: declaration), isXMLSpace(bytes[index - 1]) {
        let quote = index + declaration.count
        let value = bytes[quote..<tag.bytes.upperBound].dropFirst()
        guard let close = value.firstIndex(of: bytes[quote]) else { return nil }
        return (value.startIndex..<close, Array(namespace.utf8))
      }
      index += 1
    }
    return (name.upperBound..<name.upperBound, Array(" xmlns=\"\(namespace)\"".utf8))
  }

  func renaming(at position: SourcePosition, to text: String) -> (range: Range<Int>, text: [UInt8])? {
    let markup = markup(from: position)
    guard let tag = markup.first, let name = name(of: tag) else { return nil }
    if tag.kind == .empty { return (name, Array(text.utf8)) }
    guard let end = endTag(in: markup, ofDepth: 0), bytes[end].elementsEqual(bytes[name]) else { return nil }
    return (
      name.lowerBound..<end.upperBound,
      Array(text.utf8) + bytes[name.upperBound..<end.lowerBound] + Array(text.utf8)
    )
  }

  func escaping(from position: SourcePosition, within name: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let end = endTag(in: markup(from: position), ofDepth: 1), bytes[end].elementsEqual(name.utf8)
    else { return nil }
    var escaped = XMLText()
    let content = lines.offset(of: position)..<(end.lowerBound - "</".utf8.count)
    guard escaped.escaped(String(decoding: bytes[content], as: UTF8.self)) == nil else { return nil }
    return (content, escaped.bytes)
  }

  /// The markup from a place on, as far as changes reach.
  private func markup(from position: SourcePosition) -> [MarkupToken] {
    let start = lines.offset(of: position)
    return MarkupToken.all(in: bytes[start..<min(bytes.count, start + Self.longestElement)])
  }

  /// The name in the end tag of the element that is open at a depth before some markup, or that begins with it.
  private func endTag(in markup: [MarkupToken], ofDepth depth: Int) -> Range<Int>? {
    var depth = depth
    for token in markup {
      if token.kind == .start { depth += 1 }
      guard token.kind == .end else { continue }
      depth -= 1
      if depth == 0 { return name(of: token) }
    }
    return nil
  }

  /// The name in a tag; nil when it has a prefix.
  private func name(of tag: MarkupToken) -> Range<Int>? {
    let start = tag.bytes.lowerBound + (tag.kind == .end ? 2 : 1)
    let name = bytes[start..<tag.bytes.upperBound].prefix {
      !isXMLSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
    }
    return name.isEmpty || name.contains(UInt8(ascii: ":")) ? nil : name.startIndex..<name.endIndex
  }
}
