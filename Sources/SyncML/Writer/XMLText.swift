/// A growing XML text in UTF-8: indented lines, and character data that reads back as what was given.
struct XMLText {
  private(set) var bytes: [UInt8] = []

  mutating func line(_ depth: Int, _ markup: String) {
    open(depth, markup)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func open(_ depth: Int, _ markup: String) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    bytes.append(contentsOf: markup.utf8)
  }

  mutating func close(_ markup: String) {
    bytes.append(contentsOf: markup.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Character data with references where the text could be misread; the first forbidden character, if any.
  ///
  /// `>` is always escaped, so that `]]>` cannot arise; CR, which a reader would turn into LF, and U+F000, the
  /// separator of Windows' lists that no editor shows, are written as references.
  mutating func escaped(_ text: String) -> UInt32? {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": append("&amp;")
      case "<": append("&lt;")
      case ">": append("&gt;")
      case "\r": append("&#xD;")
      case "\u{F000}": append("&#xF000;")
      default:
        guard Self.isAllowed(scalar) else { return scalar.value }
        bytes.append(contentsOf: scalar.utf8)
      }
    }
    return nil
  }

  /// A CDATA section, cut in two where the text holds its end mark or a CR; the first forbidden character, if any.
  mutating func cdata(_ text: String) -> UInt32? {
    append("<![CDATA[")
    var brackets = 0
    for scalar in text.unicodeScalars {
      guard Self.isAllowed(scalar) else { return scalar.value }
      if scalar == ">", brackets >= 2 { append("]]><![CDATA[") }
      brackets = scalar == "]" ? brackets + 1 : 0
      if scalar == "\r" {
        append("]]>&#xD;<![CDATA[")
      } else {
        bytes.append(contentsOf: scalar.utf8)
      }
    }
    append("]]>")
    return nil
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// `Char` of XML 1.0, section 2.2.
  static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
