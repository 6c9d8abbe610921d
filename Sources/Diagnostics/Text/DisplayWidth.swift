/// What the reader's terminal can show.
public enum TextRepertoire: Hashable, Sendable {
  case unicode
  /// Printable ASCII alone; everything else is written as an escape.
  case ascii
}

/// The number of terminal cells that a text takes when it is shown with ``visible(_:in:)``.
public func displayWidth(
  of text: some StringProtocol, in repertoire: TextRepertoire = .unicode, tabWidth: Int = 4
) -> Int {
  var reader = ScalarReader(text)
  var pen = CellPen(tabWidth: tabWidth, repertoire: repertoire)
  while let next = reader.next() { _ = pen.advance(over: next.scalar) }
  return pen.column
}

/// A text that is safe to print on a terminal in one line: control characters, line ends and characters that
/// hide or reorder others are shown instead of obeyed.
public func visible(_ text: some StringProtocol, in repertoire: TextRepertoire = .unicode) -> String {
  var reader = ScalarReader(text)
  var pen = CellPen(tabWidth: 1, repertoire: repertoire)
  var shown = ""
  while let next = reader.next() { pen.draw(next.scalar, into: &shown) }
  return shown
}

/// Walks over scalars as a terminal does and counts cells.
///
/// A combining mark takes none, an East Asian wide or fullwidth character and an emoji two; an emoji sequence
/// that is joined with U+200D, toned, or made of tags takes the two cells of its first member; U+FE0F makes a
/// narrow emoji wide.
struct CellPen {
  private let tabWidth: Int
  private let repertoire: TextRepertoire
  /// The cells written so far.
  private(set) var column = 0
  private var base: Base = .none
  private var isJoined = false

  /// What the scalars to come may attach to.
  private enum Base {
    case none
    case narrow
    case wide
    case emoji(isWide: Bool, takesTags: Bool)
  }

  init(tabWidth: Int, repertoire: TextRepertoire = .unicode) {
    self.tabWidth = max(tabWidth, 1)
    self.repertoire = repertoire
  }

  /// Moves over a scalar and gives the number of cells that it adds.
  mutating func advance(over scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value >= 0x20, value < 0x7F {
      (base, isJoined) = (.narrow, false)
      column += 1
      return 1
    }
    let cells: Int
    if value == 0x09 {
      cells = tabWidth - column % tabWidth
      (base, isJoined) = (.none, false)
    } else if let substitute = substitute(for: scalar) {
      cells = substitute.unicodeScalars.count
      (base, isJoined) = (.none, false)
    } else {
      cells = attach(scalar)
    }
    column += cells
    return cells
  }

  /// Moves over a scalar and appends what shows it.
  mutating func draw(_ scalar: Unicode.Scalar, into text: inout String) {
    if scalar.value == 0x09 {
      text += String(repeating: " ", count: advance(over: scalar))
      return
    }
    if let substitute = substitute(for: scalar) {
      text += substitute
    } else {
      text.unicodeScalars.append(scalar)
    }
    _ = advance(over: scalar)
  }

  /// The text to show instead of a scalar that must not reach the terminal, or nil.
  private func substitute(for scalar: Unicode.Scalar) -> String? {
    let value = scalar.value
    if value >= 0x20, value < 0x7F { return nil }
    if repertoire == .ascii { return Self.asciiForms[value] ?? Self.escape(scalar) }
    if value < 0x20 { return Unicode.Scalar(0x2400 + value).map { String(Character($0)) } }
    if value == 0x7F { return "\u{2421}" }
    if value >= 0xE0000, value < 0xE0080 {
      if case .emoji(_, takesTags: true) = base { return nil }
      return Self.escape(scalar)
    }
    return HiddenScalars.contains(scalar) ? Self.escape(scalar) : nil
  }

  /// `<U+202E>`.
  static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
  }

  /// ASCII stand-ins for the punctuation that messages are written with.
  private static let asciiForms: [UInt32: String] = [
    0x00A0: " ", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "--", 0x2018: "'", 0x2019: "'", 0x201C: "\"",
    0x201D: "\"", 0x2026: "...", 0x2190: "<-", 0x2192: "->", 0x2260: "!=", 0x2264: "<=", 0x2265: ">=",
  ]

  private mutating func attach(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value == 0x200D {
      if case .emoji = base { isJoined = true }
      return 0
    }
    if value == 0xFE0F, case .emoji(isWide: false, let takesTags) = base {
      base = .emoji(isWide: true, takesTags: takesTags)
      return 1
    }
    if Self.takesNoCell(scalar) { return 0 }
    let isEmoji = value > 0xFF && scalar.properties.isEmoji
    if isEmoji, case .emoji(isWide: true, _) = base, isJoined || scalar.properties.isEmojiModifier {
      isJoined = false
      return 0
    }
    isJoined = false
    let isWide = EastAsianWidth.isWide(scalar)
    base = isEmoji ? .emoji(isWide: isWide, takesTags: value == 0x1F3F4) : isWide ? .wide : .narrow
    return isWide ? 2 : 1
  }

  /// Marks, the vowels and finals of a Hangul syllable, and format characters that ``HiddenScalars`` does not
  /// name.
  private static func takesNoCell(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x300 { return false }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }
}
