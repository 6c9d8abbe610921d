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

  func text(from: XMLPosition, to: XMLPosition, _ text: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let start = offset(of: from), let end = offset(of: to), start <= end,
      // Of a payload that is not kept whole, two places may lie in parts that are no neighbours.
      lines.line(at: end) - lines.line(at: start) == to.line - from.line,
      end < bytes.count, bytes[end] == UInt8(ascii: "<")
    else { return nil }
    var escaped = XMLText()
    guard escaped.escaped(text) == nil else { return nil }
    return (start..<end, escaped.bytes)
  }

  func namespace(at position: XMLPosition, to namespace: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let tag = startTag(at: position), !bytes[tag.name].contains(UInt8(ascii: ":")) else { return nil }
    let declaration = Array("xmlns=".utf8)
    var index = tag.name.upperBound
    while index < tag.end {
      if bytes[index...].starts(with: declaration), isXMLSpace(bytes[index - 1]) {
        let quote = index + declaration.count
        guard quote < tag.end, let close = bytes[(quote + 1)..<tag.end].firstIndex(of: bytes[quote]) else {
          return nil
        }
        return ((quote + 1)..<close, Array(namespace.utf8))
      }
      index += 1
    }
    return (tag.name.upperBound..<tag.name.upperBound, Array(" xmlns=\"\(namespace)\"".utf8))
  }

  func renaming(at position: XMLPosition, to name: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let tag = startTag(at: position), !bytes[tag.name].contains(UInt8(ascii: ":")) else { return nil }
    if bytes[tag.end - 2] == UInt8(ascii: "/") { return (tag.name, Array(name.utf8)) }
    let limit = min(bytes.count, tag.name.lowerBound + Self.longestElement)
    guard let end = endTag(of: Array(bytes[tag.name]), from: tag.end, to: limit) else { return nil }
    return (
      tag.name.lowerBound..<end.upperBound,
      Array(name.utf8) + bytes[tag.name.upperBound..<end.lowerBound] + Array(name.utf8)
    )
  }

  func escaping(from position: XMLPosition, within name: String) -> (range: Range<Int>, text: [UInt8])? {
    guard let start = offset(of: position), start < bytes.count, bytes[start] == UInt8(ascii: "<") else {
      return nil
    }
    let limit = min(bytes.count, start + Self.longestElement)
    guard let end = endTag(of: Array(name.utf8), from: start, to: limit) else { return nil }
    var escaped = XMLText()
    let markup = start..<(end.lowerBound - "</".utf8.count)
    guard escaped.escaped(String(decoding: bytes[markup], as: UTF8.self)) == nil else { return nil }
    return (markup, escaped.bytes)
  }

  /// The name and the end of the start tag at a place.
  private func startTag(at position: XMLPosition) -> (name: Range<Int>, end: Int)? {
    guard let start = offset(of: position), start < bytes.count, bytes[start] == UInt8(ascii: "<") else {
      return nil
    }
    var index = start + 1
    while index < bytes.count, !endsName(bytes[index]) { index += 1 }
    let name = (start + 1)..<index
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return name.isEmpty ? nil : (name, index)
      }
    }
    return nil
  }

  /// The name in the end tag, if no other element of that name comes before it.
  private func endTag(of name: [UInt8], from start: Int, to limit: Int) -> Range<Int>? {
    var index = start
    while index < limit, let open = bytes[index..<limit].firstIndex(of: UInt8(ascii: "<")) {
      index = open + 1
      let isEnd = index < limit && bytes[index] == UInt8(ascii: "/")
      if isEnd { index += 1 }
      let end = index + name.count
      guard end < limit, bytes[index..<end].elementsEqual(name), endsName(bytes[end]) else { continue }
      return isEnd ? index..<end : nil
    }
    return nil
  }

  private func endsName(_ byte: UInt8) -> Bool {
    isXMLSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  /// Where a place is, or nil when the bytes that are kept do not have it.
  private func offset(of position: XMLPosition) -> Int? {
    let place = SourcePosition(line: position.line, column: position.column)
    let offset = lines.offset(of: place, in: .bytes)
    return lines.position(at: offset, in: .bytes) == place ? offset : nil
  }
}
