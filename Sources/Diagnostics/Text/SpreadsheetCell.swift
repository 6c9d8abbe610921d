/// A text as a field of a CSV file (RFC 4180) that a spreadsheet opens without obeying it.
///
/// A spreadsheet takes what begins with `= + - @` for a formula, and some take the fullwidth forms too. Where that could
/// be, an apostrophe is put before it, which makes it a text (OWASP, CSV Injection). Blanks and quotation marks before it
/// do not hide it; nor does a separator of another locale, since a spreadsheet that divides fields at semicolons begins
/// a new cell there. Line ends become blanks; other control characters, and those that hide or reorder others, U+FFFD.
package struct SpreadsheetCell {
  /// How many UTF-16 code units a cell of Excel holds.
  package static let limit = 32_767

  /// The field, with quotation marks where it needs them.
  package let field: String

  package init(_ text: String) {
    field = Self.isPlain(text) ? text : Self.field(of: text)
  }

  /// Whether a text is a field as it is, as nearly all are: printable ASCII without anything that counts here.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count < limit - 4,
      !"=+-@ ".utf8.contains(first), last != UInt8(ascii: " ")
    else { return text.isEmpty }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"):
        false
      default: byte >= 0x20 && byte < 0x7F
      }
    }
  }

  private static func field(of text: String) -> String {
    var cell = String.UnicodeScalarView()
    var units = 0
    var mayBegin = true
    var needsQuotes = false
    for scalar in text.unicodeScalars {
      // Room for an apostrophe, a pair of surrogates and the ellipsis.
      if units > limit - 4 {
        cell.append("…")
        break
      }
      if mayBegin, beginsFormula(scalar) {
        cell.append("'")
        units += 1
      }
      let divides = separates(scalar)
      let drawn = shown(scalar)
      mayBegin = divides || mayBegin && leadsIn(scalar, shownAs: drawn)
      needsQuotes = needsQuotes || divides || scalar == "\"" || scalar == "'"
      if drawn == "\"" { cell.append(drawn) }
      cell.append(drawn)
      units += UTF16.width(drawn)
    }
    let hasBlankEdge = cell.first == " " || cell.last == " "
    return needsQuotes || hasBlankEdge ? "\"\(cell)\"" : String(cell)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20..<0x7F: scalar
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
    default: HiddenScalars.act(scalar) ? "\u{FFFD}" : scalar
    }
  }

  /// The signs in ASCII, fullwidth and small forms, and the minus sign.
  private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3D, 0x2B, 0x2D, 0x40, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0xFE66, 0xFE62, 0xFE63, 0xFE6B, 0x2212: true
    default: false
    }
  }

  /// What divides fields in one locale or another, line ends included.
  private static func separates(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", ";", "|", "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  /// What may stand before a formula: white space, quotation marks, and what shows nothing.
  private static func leadsIn(_ scalar: Unicode.Scalar, shownAs shown: Unicode.Scalar) -> Bool {
    scalar == "\"" || scalar == "'" || shown == "\u{FFFD}" || scalar.properties.isWhitespace
  }
}
