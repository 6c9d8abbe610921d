import Diagnostics

/// Bytes that no token begins with. What a person would call one mistake is one token, and so one finding.
extension Lexer {
  mutating func unknown(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    let start = at
    malformedTokens.append(tokens.count)
    if isForeignBlank(bytes, at) {
      at += bytes[at] == 0xC2 ? 2 : 3
      foreign(
        start..<at, "a blank or mark that the language does not know stands between the words",
        "not a plain blank",
        help: "replace it with a plain blank")
    } else if isTypographicQuote(bytes, at) {
      at += 3
      var end = at
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, !isTypographicQuote(bytes, end) {
        end += 1
      }
      if end < bytes.count, bytes[end] == 0xE2 { at = end + 3 }
      foreign(
        start..<at, "a text stands in straight quotation marks, not in typographic ones",
        "write \" at both ends")
    } else if bytes[at] >= 0x80 || isWord(bytes[at]) {
      while at < bytes.count, belongsToForeignWord(bytes, at), !isForeignBlank(bytes, at),
        !isTypographicQuote(bytes, at)
      {
        at += 1
      }
      foreign(
        start..<at, "'\(text(bytes, start..<at))' cannot stand outside a text or a comment",
        "names are made of a-z, A-Z, 0-9, _ and -",
        help: "a letter that only looks like a Latin one counts as foreign; retype the word")
    } else {
      at += 1
      sign(bytes, start, &at)
    }
    return .unknown
  }

  /// A sign of ASCII that the language does not have, with what it most often is in other languages.
  private mutating func sign(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ at: inout Int) {
    let label = "the language does not use this character"
    switch bytes[start] {
    case UInt8(ascii: "'") where skipped(bytes, &at, through: UInt8(ascii: "'")):
      foreign(
        start..<at, "a text stands in double quotation marks, not in single ones", "write \" at both ends")
    case UInt8(ascii: "#"):
      _ = skipped(bytes, &at, through: nil)
      foreign(start..<at, "a comment begins with //, not with #", "write // before it")
    case UInt8(ascii: "/") where skippedBlockComment(bytes, &at):
      foreign(
        start..<at, "a comment begins with // and ends with its line; there is none in /* and */",
        "write // before each of its lines")
    case UInt8(ascii: "/"):
      foreign(
        start..<at, "'/' has no meaning here", label, help: "a comment begins with //, a CSP path with ./")
    case UInt8(ascii: ";"):
      foreign(start..<at, "';' has no meaning here", label, help: "clauses need no separator; leave it out")
    case UInt8(ascii: "\\"):
      foreign(start..<at, "'\\' has no meaning here", label, help: "a CSP path separates its segments with /")
    case let byte where byte < 0x20 || byte == 0x7F:
      foreign(start..<at, "the control character \(byte) has no meaning here", label)
    case let byte:
      foreign(start..<at, "'\(Character(Unicode.Scalar(byte)))' has no meaning here", label)
    }
  }

  private mutating func foreign(_ range: Range<Int>, _ message: String, _ label: String, help: String? = nil)
  {
    diagnostics.report("AP1001", .error, message, at: span(range), label, help: help.map { [$0] } ?? [])
  }

  /// Whether a blank or an invisible mark that the language does not know stands here: U+00A0, U+2000–206F, U+3000.
  func isForeignBlank(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at + 1 < bytes.count else { return false }
    if bytes[at] == 0xC2 { return bytes[at + 1] == 0xA0 }
    guard at + 2 < bytes.count else { return false }
    switch (bytes[at], bytes[at + 1], bytes[at + 2]) {
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF), (0xE3, 0x80, 0x80),
      (0xEF, 0xBB, 0xBF):
      return true
    default: return false
    }
  }

  /// Whether one of U+2018 to U+201F stands here.
  private func isTypographicQuote(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    at + 2 < bytes.count && bytes[at] == 0xE2 && bytes[at + 1] == 0x80
      && (0x98...0x9F).contains(bytes[at + 2])
  }

  private func belongsToForeignWord(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    if bytes[at] >= 0x80 || isWord(bytes[at]) { return true }
    guard bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "."), at + 1 < bytes.count else {
      return false
    }
    return isWord(bytes[at + 1]) || bytes[at + 1] >= 0x80
  }

  /// Goes on behind a byte on this line; where the line has none, stays and says so. Without a byte, goes to the
  /// line's end.
  private func skipped(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, through last: UInt8?) -> Bool {
    var end = at
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
      end += 1
      if let last, bytes[end - 1] == last {
        at = end
        return true
      }
    }
    if last == nil { at = end }
    return last == nil
  }

  /// Goes on behind a comment of the C kind, if one stands here and ends.
  private mutating func skippedBlockComment(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "*"), !lacksCommentEnd else { return false }
    var end = at + 1
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") {
        at = end + 2
        return true
      }
      end += 1
    }
    lacksCommentEnd = true
    return false
  }
}
