import XMLInput

extension PayloadText {
  /// Where the byte at an offset of `value` stands in the payload, as well as it can be told without the payload.
  ///
  /// The places of both ends are known. If the value, written as people write it (with `&lt;` and `&amp;`, and with or
  /// without the other references), ends just where it does, every byte is where that spelling has it; else the
  /// place is that of the value's beginning.
  func place(ofByte offset: Int) -> XMLPosition {
    guard start != element, start != end || value.isEmpty else { return position }
    let bytes = Array(value.utf8)
    guard offset <= bytes.count else { return position }
    return isCDATA ? placeInSection(bytes, offset) : placeInText(bytes, offset)
  }

  private func placeInText(_ bytes: [UInt8], _ offset: Int) -> XMLPosition {
    for spelling in Spelling.all {
      var cursor = Cursor(start)
      var place = cursor
      for index in bytes.indices {
        if index == offset { place = cursor }
        cursor.advance(over: bytes, at: index, spelling)
      }
      if offset == bytes.count { place = cursor }
      if cursor.position == end { return place.position }
    }
    return position
  }

  /// One section with white space around it, cut in two wherever the text has `]]>`.
  private func placeInSection(_ bytes: [UInt8], _ offset: Int) -> XMLPosition {
    var cursor = Cursor(start)
    var first = 0
    while cursor.position != position, first < bytes.count, isXMLSpace(bytes[first]) {
      cursor.advance(over: bytes[first])
      first += 1
    }
    guard cursor.position == position, let last = bytes.lastIndex(where: { !isXMLSpace($0) }) else {
      return position
    }
    cursor.column += Self.sectionStart
    var place = first
    var found: Cursor?
    while place <= last {
      if place == offset { found = cursor }
      cursor.advance(over: bytes[place])
      if place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: ">"), bytes[place] == UInt8(ascii: "]"),
        place > first, bytes[place - 1] == UInt8(ascii: "]")
      {
        cursor.column += Self.sectionCut
      }
      place += 1
    }
    if offset > last { found = cursor }
    guard let found, endsHere(cursor, bytes[(last + 1)...].prefix(256)) else { return position }
    return found.position
  }

  /// Whether the section ends somewhere in the trailing white space so that the element ends where it does.
  private func endsHere(_ cursor: Cursor, _ blanks: ArraySlice<UInt8>) -> Bool {
    var inside = cursor
    for cut in blanks.startIndex...blanks.endIndex {
      var outside = inside
      outside.column += Self.sectionEnd
      for blank in blanks[cut...] { outside.advance(over: blank) }
      if outside.position == end { return true }
      if cut < blanks.endIndex { inside.advance(over: blanks[cut]) }
    }
    return false
  }

  /// `<![CDATA[`
  private static let sectionStart = 9
  /// `]]>`
  private static let sectionEnd = 3
  /// `]]><![CDATA[`
  private static let sectionCut = 12
}

/// Which characters that need no reference are written as one.
private struct Spelling {
  var greater: Bool
  var quote: Bool
  var apostrophe: Bool
  var separator: Bool

  static let all = (0..<16).map {
    Spelling(greater: $0 & 1 == 0, quote: $0 & 2 != 0, apostrophe: $0 & 4 != 0, separator: $0 & 8 == 0)
  }
}

/// A place that moves over text.
private struct Cursor {
  var line: Int
  var column: Int

  init(_ position: XMLPosition) {
    line = position.line
    column = position.column
  }

  var position: XMLPosition { XMLPosition(line: line, column: column) }

  mutating func advance(over byte: UInt8) {
    if byte == 0x0A {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }

  /// Moves over a byte of text that is written in a spelling.
  mutating func advance(over bytes: [UInt8], at index: Int, _ spelling: Spelling) {
    advance(over: bytes[index])
    switch bytes[index] {
    case UInt8(ascii: "<"): column += 3
    case UInt8(ascii: "&"): column += 4
    case UInt8(ascii: ">") where spelling.greater: column += 3
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if bytes[index] == UInt8(ascii: "\"") ? spelling.quote : spelling.apostrophe { column += 5 }
    // U+F000 is EF 80 80, and &#xF000; has eight bytes.
    case 0xEF
    where spelling.separator && index + 2 < bytes.count && bytes[index + 1] == 0x80
      && bytes[index + 2] == 0x80:
      column += 5
    default: break
    }
  }
}
