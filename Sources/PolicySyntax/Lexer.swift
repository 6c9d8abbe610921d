import Diagnostics

/// Cuts the bytes of a policy file into tokens. It accepts every input: what fits nothing becomes an `unknown` token
/// with a diagnostic.
///
/// Files are limited to ``maximumBytes``, so that offsets fit 32 bits.
public struct Lexer {
  /// The largest file that is read, in bytes.
  public static let maximumBytes = 64 << 20

  let file: FileID
  var tokens = TokenList()
  var diagnostics = DiagnosticSink()
  /// The tokens that an error has been given for, ascending, so that the parser does not give a second one.
  var malformedTokens: [Int] = []
  /// No `*/` stands in the rest of the file, so that none need be looked for again.
  var lacksCommentEnd = false

  init(file: FileID) { self.file = file }

  /// The tokens of a file, and what is wrong with its characters.
  public static func tokenize(_ source: [UInt8], file: FileID) -> (
    tokens: TokenList, diagnostics: [Diagnostic]
  ) {
    var lexer = Lexer(file: file)
    lexer.run(source)
    return (lexer.tokens, lexer.diagnostics.items)
  }

  mutating func run(_ source: [UInt8]) {
    tokens.kinds.reserveCapacity(source.count / 3 + 8)
    tokens.ends.reserveCapacity(source.count / 3 + 8)
    source.withUnsafeBufferPointer { scan($0) }
  }

  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = 0
    let count = bytes.count
    if bytes.starts(with: byteOrderMark) {
      at = byteOrderMark.count
      tokens.append(.byteOrderMark, end: at)
    }
    while at < count {
      let start = at
      let kind = next(bytes, &at)
      if at <= start { at = start + 1 }
      tokens.append(kind, end: at)
    }
    tokens.append(.endOfFile, end: count)
  }

  private mutating func next(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    let byte = bytes[at]
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D, 0x0C:
      repeat { at += 1 } while at < bytes.count && isBlank(bytes[at])
      return .whitespace
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      return word(bytes, &at)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return number(bytes, &at)
    case UInt8(ascii: "-"):
      if at + 1 < bytes.count, isDigit(bytes[at + 1]) {
        at += 1
        return number(bytes, &at)
      }
      return unknown(bytes, &at)
    case UInt8(ascii: "\""):
      return string(bytes, &at)
    case UInt8(ascii: "/"):
      return slash(bytes, &at)
    case UInt8(ascii: "."):
      if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") { return path(bytes, &at) }
      return unknown(bytes, &at)
    case UInt8(ascii: "{"): return single(.leftBrace, &at)
    case UInt8(ascii: "}"): return single(.rightBrace, &at)
    case UInt8(ascii: "("): return single(.leftParen, &at)
    case UInt8(ascii: ")"): return single(.rightParen, &at)
    case UInt8(ascii: "["): return single(.leftBracket, &at)
    case UInt8(ascii: "]"): return single(.rightBracket, &at)
    case UInt8(ascii: ","): return single(.comma, &at)
    case UInt8(ascii: ":"): return single(.colon, &at)
    case UInt8(ascii: "="): return pair(bytes, &at, .assign, "=", .equal)
    case UInt8(ascii: "!"): return pair(bytes, &at, .bang, "=", .notEqual)
    case UInt8(ascii: "<"): return pair(bytes, &at, .less, "=", .lessOrEqual)
    case UInt8(ascii: ">"): return pair(bytes, &at, .greater, "=", .greaterOrEqual)
    case UInt8(ascii: "&"):
      if at + 1 < bytes.count, bytes[at + 1] == byte {
        at += 2
        return .ampersands
      }
      return unknown(bytes, &at)
    case UInt8(ascii: "|"):
      if at + 1 < bytes.count, bytes[at + 1] == byte {
        at += 2
        return .bars
      }
      return unknown(bytes, &at)
    default:
      return unknown(bytes, &at)
    }
  }

  private func single(_ kind: TokenKind, _ at: inout Int) -> TokenKind {
    at += 1
    return kind
  }

  private func pair(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ short: TokenKind, _ second: Unicode.Scalar,
    _ long: TokenKind
  ) -> TokenKind {
    at += 1
    if at < bytes.count, bytes[at] == UInt8(ascii: second) {
      at += 1
      return long
    }
    return short
  }

  /// An identifier, or several joined by dots. A hyphen or a dot belongs to the word when a word character follows.
  /// A word with foreign letters is one unknown token, so that it is one mistake.
  private mutating func word(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    var kind = TokenKind.identifier
    let start = at
    at += 1
    while at < bytes.count {
      let byte = bytes[at]
      if isWord(byte) {
        at += 1
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."), at + 1 < bytes.count,
        isWord(bytes[at + 1])
      {
        if byte == UInt8(ascii: ".") { kind = .dottedName }
        at += 2
      } else {
        break
      }
    }
    if at < bytes.count, bytes[at] >= 0x80, !isForeignBlank(bytes, at) {
      at = start
      return unknown(bytes, &at)
    }
    return kind
  }

  private mutating func number(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    let start = at
    if bytes[at] == UInt8(ascii: "0"), at + 1 < bytes.count, bytes[at + 1] | 0x20 == UInt8(ascii: "x") {
      at += 2
      let digits = at
      while at < bytes.count, isWord(bytes[at]) { at += 1 }
      let isHex = at > digits && at - digits <= 16 && (digits..<at).allSatisfy { isHexDigit(bytes[$0]) }
      if !isHex {
        malformed(start..<at, "a hexadecimal number has one to sixteen digits 0-9 and A-F after 0x")
      } else if at - digits == 16, hexValue(bytes[digits]) > 7 {
        malformed(start..<at, "the largest number is 0x7FFFFFFFFFFFFFFF")
      }
      return .integer
    }
    var dots = 0
    var letters = false
    var components = true
    var componentStart = at
    while at < bytes.count {
      let byte = bytes[at]
      if isDigit(byte) {
        at += 1
      } else if byte == UInt8(ascii: "."), at + 1 < bytes.count, isDigit(bytes[at + 1]) {
        if components, !letters, !isComponent(bytes, componentStart..<at) { components = false }
        dots += 1
        at += 1
        componentStart = at
      } else if isWord(byte) {
        letters = true
        at += 1
      } else {
        break
      }
    }
    if letters {
      if dots == 0 { return .digitWord }
      malformed(start..<at, "a version is numbers joined by dots, such as 10.0.22631.2792")
      return .version
    }
    if dots == 0 {
      if at - start > 19 || magnitude(bytes, start..<at) > UInt64(Int64.max) {
        malformed(start..<at, "the largest number is 9223372036854775807")
      }
      return .integer
    }
    if start > 0, bytes[start - 1] == UInt8(ascii: "-") {
      malformed(start - 1..<at, "a version has no sign")
    } else if dots > 3 {
      malformed(start..<at, "a version has at most four numbers, such as 10.0.22631.2792")
    } else if !components || !isComponent(bytes, componentStart..<at) {
      malformed(start..<at, "each number of a version is at most 4294967295")
    }
    return .version
  }

  private func isComponent(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: Range<Int>) -> Bool {
    digits.count <= 10 && magnitude(bytes, digits) <= UInt64(UInt32.max)
  }

  /// The value of at most 19 decimal digits.
  private func magnitude(_ bytes: UnsafeBufferPointer<UInt8>, _ digits: Range<Int>) -> UInt64 {
    bytes[digits].reduce(0) { $0 &* 10 &+ UInt64($1 &- 0x30) }
  }

  private mutating func malformed(_ range: Range<Int>, _ rule: String) {
    malformedTokens.append(tokens.count)
    diagnostics.report(
      "AP1004", .error, "the number cannot be read: \(rule)", at: span(range), "not a number or version")
  }

  private mutating func string(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    let start = at
    at += 1
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return .string
      case UInt8(ascii: "\\"):
        escape(bytes, &at)
      case 0x0A, 0x0D:
        unterminated(bytes, start, &at)
        return .string
      case 0xE2, 0xD8:
        warnOfDirection(bytes, at)
        at += 1
      default:
        at += 1
      }
    }
    unterminated(bytes, start, &at)
    return .string
  }

  /// Ends a text at the end of its line, but gives back closing braces there: they more likely end a block than
  /// belong to the text.
  private mutating func unterminated(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ at: inout Int) {
    var end = at
    while end > start + 1, bytes[end - 1] == UInt8(ascii: "}") || bytes[end - 1] == 0x20 { end -= 1 }
    if bytes[end..<at].contains(UInt8(ascii: "}")) { at = end }
    malformedTokens.append(tokens.count)
    diagnostics.report(
      "AP1002", .error, "the text has no closing quotation mark on its line", at: span(start..<at),
      "a \" is missing at the end", help: ["write a line break inside a text as \\n"])
  }

  private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) {
    let start = at
    at += 1
    guard at < bytes.count else { return }
    switch bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "{"):
      at += 1
    case UInt8(ascii: "u"):
      at += 1
      var digits = 0
      var value: UInt32 = 0
      if at < bytes.count, bytes[at] == UInt8(ascii: "{") {
        at += 1
        while at < bytes.count, isHexDigit(bytes[at]) {
          value = min(value << 4 | UInt32(hexValue(bytes[at])), 0x11_0000)
          digits += 1
          at += 1
        }
        if at < bytes.count, bytes[at] == UInt8(ascii: "}"), digits > 0, Unicode.Scalar(value) != nil,
          value != 0
        {
          at += 1
          return
        }
      }
      badEscape(start..<at)
    case 0x0A, 0x0D:
      break
    default:
      at += 1
      while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
      badEscape(start..<at)
    }
  }

  private mutating func badEscape(_ range: Range<Int>) {
    diagnostics.report(
      "AP1003", .error, "the text has an escape that the language does not know", at: span(range),
      "known are \\\" \\\\ \\n \\t \\{ and \\u{…}", help: ["write a backslash itself as \\\\"])
  }

  private mutating func slash(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") else { return unknown(bytes, &at) }
    let isDoc =
      at + 2 < bytes.count && bytes[at + 2] == UInt8(ascii: "/")
      && !(at + 3 < bytes.count && bytes[at + 3] == UInt8(ascii: "/"))
    while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D {
      if bytes[at] == 0xE2 || bytes[at] == 0xD8 { warnOfDirection(bytes, at) }
      at += 1
    }
    return isDoc ? .docComment : .lineComment
  }

  /// A bare path ends at a blank, at punctuation that a value could follow, or at a comment; `{name}` belongs to it.
  private mutating func path(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> TokenKind {
    let start = at
    var placeholder = -1
    at += 2
    scan: while at < bytes.count {
      switch bytes[at] {
      case 0x00...0x20, 0x7F...0xFF, UInt8(ascii: "\""), UInt8(ascii: "="), UInt8(ascii: ","),
        UInt8(ascii: "["), UInt8(ascii: "]"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "}"):
        break scan
      case UInt8(ascii: "{"):
        guard at + 1 < bytes.count, isWord(bytes[at + 1]) else { break scan }
        let opening = at
        at += 1
        let isName = !isDigit(bytes[at]) && word(bytes, &at) == .identifier
        guard isName, at < bytes.count, bytes[at] == UInt8(ascii: "}") else {
          placeholder = opening
          break scan
        }
      case UInt8(ascii: "/"):
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") { break scan }
      default:
        break
      }
      at += 1
    }
    if at < bytes.count, bytes[at] > 0x7F, !isForeignBlank(bytes, at) {
      while at < bytes.count, bytes[at] > 0x20, bytes[at] != 0x7F { at += 1 }
      malformedTokens.append(tokens.count)
      diagnostics.report(
        "AP1014", .error, "the path '\(text(bytes, start..<at))' has letters that a bare path cannot have",
        at: span(start..<at), "a bare path is ASCII", help: ["write the path in quotation marks"])
    } else if placeholder >= 0 {
      while at < bytes.count, bytes[at] > 0x20, bytes[at] < 0x7F { at += 1 }
      malformedTokens.append(tokens.count)
      diagnostics.report(
        "AP1014", .error, "the path has a placeholder that is not the name of a param between { and }",
        at: span(placeholder..<at), "expected {name}")
    }
    return .path
  }

  /// Marks that reorder text on screen (U+200E–F, U+202A–E, U+2066–9, U+061C) can make a policy read as another.
  private mutating func warnOfDirection(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) {
    guard at + 1 < bytes.count else { return }
    var length = 0
    if bytes[at] == 0xD8, bytes[at + 1] == 0x9C { length = 2 }
    if bytes[at] == 0xE2, at + 2 < bytes.count {
      switch (bytes[at + 1], bytes[at + 2]) {
      case (0x80, 0x8E), (0x80, 0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): length = 3
      default: break
      }
    }
    guard length > 0 else { return }
    diagnostics.report(
      "AP1013", .warning, "the file holds an invisible mark that changes the direction of text",
      at: span(at..<(at + length)), "what a reader sees here may not be what the compiler reads",
      help: ["delete the mark, or write it as \\u{…} where a text needs it"])
  }

  func span(_ range: Range<Int>) -> Span {
    Span(
      file: file, start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound))
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: bytes[range.prefix(40)], as: UTF8.self)
  }
}

@inline(__always) func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
}

@inline(__always) func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always) func isWord(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
}

@inline(__always) func isHexDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }

@inline(__always) func hexValue(_ byte: UInt8) -> UInt8 {
  byte &- 0x30 < 10 ? byte &- 0x30 : (byte | 0x20) &- 0x61 &+ 10
}
