import Diagnostics

/// A text as a field of a CSV file (RFC 4180) that a spreadsheet opens without obeying it.
///
/// A spreadsheet takes what begins with `= + - @` for a formula, and some take the fullwidth forms too. Where that could
/// be, an apostrophe is put before it, which makes it a text (OWASP, CSV Injection). Blanks and quotation marks before it
/// do not hide it; nor does a separator of another locale, since a spreadsheet that divides fields at semicolons begins
/// a new cell there. Line ends become blanks; other control characters, and those that hide or reorder others, U+FFFD.
struct SpreadsheetCell {
  /// How many UTF-16 code units a cell of Excel holds.
  static let limit = 32_767

  /// The field, with quotation marks where it needs them.
  let field: String

  init(_ text: String) {
    var cell = String.UnicodeScalarView()
    var units = 0
    var mayBegin = true
    var needsQuotes = false
    for scalar in text.unicodeScalars {
      // Room for an apostrophe, a pair of surrogates and the ellipsis.
      if units > Self.limit - 4 {
        cell.append("…")
        break
      }
      if mayBegin, Self.beginsFormula(scalar) {
        cell.append("'")
        units += 1
      }
      let separates = Self.separates(scalar)
      let shown = Self.shown(scalar)
      mayBegin = separates || mayBegin && Self.leadsIn(scalar, shownAs: shown)
      needsQuotes = needsQuotes || separates || scalar == "\"" || scalar == "'"
      if shown == "\"" { cell.append(shown) }
      cell.append(shown)
      units += UTF16.width(shown)
    }
    let hasBlankEdge = cell.first == " " || cell.last == " "
    field = needsQuotes || hasBlankEdge ? "\"\(cell)\"" : String(cell)
  }

  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x20..<0x7F: scalar
    case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
    case 0..<0x20, 0x7F, 0xE0000..<0xE0080: "\u{FFFD}"
    default: HiddenScalars.contains(scalar) ? "\u{FFFD}" : scalar
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
