import Diagnostics

/// Finds where markup begins and ends, without judging it.
///
/// libxml2 says neither where a tag began nor accepts every cut between two chunks, and some of its work grows with the
/// square of what a document asks for. The scanner supplies the places, cuts only between pieces of markup, and refuses
/// what is too large or forbidden before libxml2 sees it. Whether the document is well-formed is for libxml2 to say.
struct MarkupScanner {
  private enum State {
    case text, reference, open, bang, tag, comment, cdata, instruction, doctype
  }

  /// Bytes of the longest reference that text can hold; libxml2 waits for the `;` however far it is.
  private static let referenceLength = 128

  let limits: XMLLimits
  private var state = State.text
  private var utf8 = UTF8Checker()
  private(set) var offset = 0
  private var line = 1
  /// What an offset in the line is less than its column by, less one: where the line began, and the bytes of its
  /// characters behind their first.
  private var lineStart = 0
  /// Whether the last byte is a CR, which ends a line unless an LF does.
  private var followsReturn = false

  private var tokenStart = 0
  private(set) var tokenAt = SourcePosition.start
  private var kind = MarkupToken.Kind.start
  private var quote: UInt8 = 0
  private var last: UInt8 = 0
  private var matched = 0
  private var assignments = 0
  private var target: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
  private var doctype = DoctypeScanner()
  private var hasDoctype = false
  private var hasElement = false

  init(limits: XMLLimits) { self.limits = limits }

  /// The place of the next byte.
  var position: SourcePosition { place(offset) }

  /// Bytes before this offset are outside of unfinished markup.
  var safeEnd: Int {
    state == .text ? offset - utf8.seen : tokenStart
  }

  /// The place of the byte at ``safeEnd``.
  var safePosition: SourcePosition {
    guard state == .text else { return tokenAt }
    guard utf8.seen > 0 else { return position }
    return SourcePosition(line: line, column: offset - lineStart, offset: offset - utf8.seen)
  }

  /// The place of a byte of the line that is read, in front of which all is ASCII from where it is read.
  private func place(_ offset: Int) -> SourcePosition {
    SourcePosition(line: line, column: offset - lineStart + 1, offset: offset)
  }

  /// Leaves out what comes before an offset, such as a byte order mark. Nothing was read yet.
  mutating func begin(at offset: Int) {
    self.offset = offset
    lineStart = offset
  }

  /// Reads on; complete markup is appended to `tokens`. The error, if any, is the first that the bytes have.
  mutating func scan(_ bytes: UnsafeRawBufferPointer, into tokens: inout [MarkupToken]) -> XMLError? {
    let start = offset
    var index = 0
    while index < bytes.count {
      if followsReturn {
        followsReturn = false
        if bytes[index] != Byte.lineFeed { beginLine(start + index) }
      }
      index = skip(bytes, from: index, at: start, into: &tokens)
      offset = start + index
      guard index < bytes.count else { break }
      let byte = bytes[index]
      if byte >= 0x80 || utf8.seen > 0 {
        guard utf8.accept(byte) else { return notUTF8(byte) }
        if byte & 0xC0 == 0x80 { lineStart += 1 }
      } else if byte < 0x20, byte != Byte.lineFeed, byte != Byte.carriageReturn, byte != Byte.tab {
        return controlCharacter(byte)
      }
      if let error = step(byte, into: &tokens) { return error }
      index += 1
      offset = start + index
      if byte == Byte.lineFeed { beginLine(offset) }
      followsReturn = byte == Byte.carriageReturn
    }
    if state != .text, offset - tokenStart > limits.textBytes { return tooLong() }
    return nil
  }

  private mutating func beginLine(_ offset: Int) {
    line += 1
    lineStart = offset
  }

  /// Passes over bytes that ``step(_:into:)`` has nothing to do for, and gives the index of the next that it must see.
  private mutating func skip(
    _ bytes: UnsafeRawBufferPointer, from first: Int, at start: Int, into tokens: inout [MarkupToken]
  ) -> Int {
    guard utf8.seen == 0 else { return first }
    var index = first
    switch state {
    case .text: return readText(bytes, from: first, at: start, into: &tokens)
    case .tag:
      while index < bytes.count, PlainByte.isInTag(bytes[index]) { index += 1 }
      if index > first { last = bytes[index - 1] }
    case .comment:
      while index < bytes.count, PlainByte.isInComment(bytes[index]) { index += 1 }
      if index > first { matched = 0 }
    case .cdata:
      while index < bytes.count, PlainByte.isInCDATA(bytes[index]) { index += 1 }
      if index > first { matched = 0 }
    case .instruction:
      guard matched == 4 else { return first }
      while index < bytes.count, PlainByte.isInTag(bytes[index]) { index += 1 }
      if index > first { last = bytes[index - 1] }
    case .reference, .open, .bang, .doctype: break
    }
    return index
  }

  /// Reads text, and tags that are nothing but a name: most of what a document of data has.
  private mutating func readText(
    _ bytes: UnsafeRawBufferPointer, from first: Int, at start: Int, into tokens: inout [MarkupToken]
  ) -> Int {
    var index = first
    while index < bytes.count {
      if index + 8 <= bytes.count {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let stop = PlainByte.firstNotInText(UInt64(littleEndian: word))
        index += stop
        if stop == 8 { continue }
      }
      let byte = bytes[index]
      if PlainByte.isInText(byte) {
        index += 1
      } else if byte == Byte.lineFeed {
        index += 1
        beginLine(start + index)
      } else if byte == Byte.carriageReturn, index + 1 < bytes.count {
        index += bytes[index + 1] == Byte.lineFeed ? 2 : 1
        beginLine(start + index)
      } else if byte == Byte.less, let end = endOfPlainTag(bytes, from: index) {
        let kind: MarkupToken.Kind =
          bytes[index + 1] == Byte.slash ? .end : bytes[end - 2] == Byte.slash ? .empty : .start
        tokens.append(
          MarkupToken(
            kind: kind, bytes: start + index..<start + end, at: place(start + index),
            endsAt: place(start + end)))
        if kind != .end { hasElement = true }
        index = end
      } else {
        break
      }
    }
    return index
  }

  /// The index behind the tag that begins at an index, when all of it is there and nothing in it needs a closer look.
  private func endOfPlainTag(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = start + 1
    guard index < bytes.count, bytes[index] != Byte.bang, bytes[index] != Byte.question else { return nil }
    while index < bytes.count, PlainByte.isInTag(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == Byte.greater, index - start <= limits.textBytes else {
      return nil
    }
    return index + 1
  }

  /// What is missing at the end of the document, or nil when no markup is unfinished.
  func finish() -> XMLError? {
    if utf8.seen > 0 {
      return XMLError(.notWellFormed, "the document ends inside a UTF-8 character", at: position)
    }
    let what: String
    switch state {
    case .text: return nil
    case .reference: return notReference()
    case .open, .tag: what = "tag is not closed: expected '>'"
    case .bang: what = "'<!' is not followed by '--', '[CDATA[' or 'DOCTYPE'"
    case .comment: what = "comment is not closed: expected '-->'"
    case .cdata: what = "CDATA section is not closed: expected ']]>'"
    case .instruction: what = "processing instruction is not closed: expected '?>'"
    case .doctype: what = "document type declaration is not closed: expected '>'"
    }
    return XMLError(.notWellFormed, "the document ends too early; the \(what)", at: tokenAt)
  }

  private mutating func step(_ byte: UInt8, into tokens: inout [MarkupToken]) -> XMLError? {
    switch state {
    case .text:
      if byte == Byte.less {
        begin(.open)
      } else if byte == Byte.ampersand {
        begin(.reference)
      }
      return nil
    case .reference:
      if byte == Byte.semicolon {
        state = .text
      } else if byte <= 0x20 || byte == Byte.less || byte == Byte.ampersand
        || offset - tokenStart > Self.referenceLength
      {
        return notReference()
      }
      return nil
    case .open: return open(byte, into: &tokens)
    case .tag: return tag(byte, into: &tokens)
    case .bang: return bang(byte)
    case .comment:
      if byte == Byte.greater, matched >= 2 { return complete(.comment, into: &tokens) }
      matched = byte == Byte.dash ? matched + 1 : 0
      return nil
    case .cdata:
      if byte == Byte.greater, matched >= 2 { return complete(.cdata, into: &tokens) }
      matched = byte == Byte.closingBracket ? matched + 1 : 0
      return nil
    case .instruction:
      if byte == Byte.greater, last == Byte.question { return complete(instructionKind, into: &tokens) }
      remember(byte)
      last = byte
      return nil
    case .doctype:
      switch doctype.step(byte) {
      case .more: return nil
      case .end:
        hasDoctype = true
        return complete(.doctype, into: &tokens)
      case .declares:
        return XMLError(
          .forbidden,
          "the document type declaration declares something of its own; entities and other declarations are never read",
          at: position)
      }
    }
  }

  private mutating func begin(_ next: State) {
    state = next
    tokenStart = offset
    tokenAt = position
  }

  private mutating func open(_ byte: UInt8, into tokens: inout [MarkupToken]) -> XMLError? {
    quote = 0
    last = 0
    matched = 0
    assignments = 0
    switch byte {
    case Byte.bang: state = .bang
    case Byte.question:
      state = .instruction
      target = (0, 0, 0, 0)
    case Byte.slash:
      state = .tag
      kind = .end
    default:
      state = .tag
      kind = .start
      return tag(byte, into: &tokens)
    }
    return nil
  }

  private mutating func tag(_ byte: UInt8, into tokens: inout [MarkupToken]) -> XMLError? {
    if byte == Byte.less {
      return XMLError(
        .notWellFormed,
        "'<' stands inside the tag that opens at \(tokenAt): expected '>' first,"
          + " or '&lt;' in an attribute's value", at: position)
    }
    if quote != 0 {
      if byte == quote { quote = 0 }
    } else if byte == Byte.greater {
      return complete(kind == .start && last == Byte.slash ? .empty : kind, into: &tokens)
    } else if kind == .start {
      if byte == Byte.doubleQuote || byte == Byte.singleQuote { quote = byte }
      if byte == Byte.equals {
        assignments += 1
        if assignments > limits.attributes {
          return XMLError(
            .limitExceeded, "an element has more than \(limits.attributes) attributes, the most that is read",
            at: tokenAt)
        }
      }
    }
    last = byte
    return nil
  }

  private mutating func bang(_ byte: UInt8) -> XMLError? {
    let wanted: StaticString
    if matched == 0 { last = byte }
    switch last {
    case Byte.dash: wanted = "--"
    case Byte.openingBracket: wanted = "[CDATA["
    default: wanted = "DOCTYPE"
    }
    guard byte == wanted.utf8Start[matched] else {
      return XMLError(
        .notWellFormed, "'<!' begins nothing known: expected '<!--', '<![CDATA[' or '<!DOCTYPE'", at: tokenAt)
    }
    matched += 1
    guard matched == wanted.utf8CodeUnitCount else { return nil }
    matched = 0
    switch last {
    case Byte.dash: state = .comment
    case Byte.openingBracket: state = .cdata
    default:
      guard limits.allowsDoctype else {
        return XMLError(.forbidden, "a document type declaration (DOCTYPE) is not accepted here", at: tokenAt)
      }
      guard !hasDoctype, !hasElement else {
        return XMLError(
          .notWellFormed, "a document type declaration stands once, before the first element", at: tokenAt)
      }
      doctype = DoctypeScanner()
      state = .doctype
    }
    return nil
  }

  private mutating func complete(_ kind: MarkupToken.Kind, into tokens: inout [MarkupToken]) -> XMLError? {
    guard offset - tokenStart <= limits.textBytes else { return tooLong() }
    tokens.append(
      MarkupToken(kind: kind, bytes: tokenStart..<offset + 1, at: tokenAt, endsAt: place(offset + 1)))
    if kind == .start || kind == .empty { hasElement = true }
    state = .text
    return nil
  }

  private mutating func remember(_ byte: UInt8) {
    switch matched {
    case 0: target.0 = byte
    case 1: target.1 = byte
    case 2: target.2 = byte
    case 3: target.3 = byte
    default: return
    }
    matched += 1
  }

  /// `<?xml …?>` is a declaration; any other target is an instruction.
  private var instructionKind: MarkupToken.Kind {
    let isDeclaration =
      target.0 == UInt8(ascii: "x") && target.1 == UInt8(ascii: "m") && target.2 == UInt8(ascii: "l")
      && target.3 <= 0x20
    return isDeclaration ? .declaration : .instruction
  }
}
