// How each kind of document has a text that a stranger may have written: it reads as what was written, it is no markup, and what would act
// on a terminal or reorder other text is an escape.

/// Content of XML, or of an attribute between double quotation marks.
///
/// - Parameter forbidden: What replaces a scalar that XML 1.0 has no way to write; nil leaves it for the writer of the document to refuse.
package func xmlEscaped(_ text: String, forbidden: Unicode.Scalar? = "\u{FFFD}") -> String {
  text.unicodeScalars.reduce(into: "") { xml, scalar in
    if let reference = scalar.xmlReference {
      xml += reference
    } else {
      xml.unicodeScalars.append(scalar.isXML ? scalar : forbidden ?? scalar)
    }
  }
}

extension Unicode.Scalar {
  /// `Char` of XML 1.0, section 2.2.
  package var isXML: Bool {
    switch value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// What XML has instead of markup, of line ends, which readers change, of U+F000, the separator of Windows' lists that no editor shows, and of
  /// ``HiddenScalars``. Nil for what is written as it is or not at all.
  package var xmlReference: String? {
    switch self {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case _ where isXML && (HiddenScalars.act(self) || self == "\u{F000}"):
      "&#x\(String(value, radix: 16, uppercase: true));"
    default: nil
    }
  }
}

/// One line of HTML, in content or in an attribute between double quotation marks. A browser obeys references to hidden scalars, so these are
/// named instead.
package func htmlEscaped(_ text: String) -> String { xmlEscaped(safeLine(text, limit: .max)) }

/// One line of CommonMark.
package func markdownEscaped(_ text: String) -> String {
  safeLine(text, limit: .max).reduce(into: "") { markdown, character in
    if "\\`*_[]<>#&~|".contains(character) { markdown.append("\\") }
    markdown.append(character)
  }
}

/// The message of a workflow command of GitHub, or one of its properties. A log shows hidden scalars as they are, so these are named.
package func annotationEscaped(_ text: String, isProperty: Bool = false) -> String {
  text.unicodeScalars.reduce(into: "") { escaped, scalar in
    switch scalar {
    case "%", "\r", "\n": escaped += percentEscape(scalar)
    case ":", ",": escaped += isProperty ? percentEscape(scalar) : String(scalar)
    case _ where HiddenScalars.act(scalar): escaped += visible(String(scalar))
    default: escaped.unicodeScalars.append(scalar)
    }
  }
}

/// `%0A`, of a scalar in ASCII.
private func percentEscape(_ scalar: Unicode.Scalar) -> String {
  "%" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16, uppercase: true)
}

/// A flow scalar of YAML between double quotation marks. YAML reads strings of JSON, but has its own escapes for what it does not print.
package func yamlQuoted(_ text: String) -> String {
  var quoted: [UInt8] = []
  appendJSON(text, escaping: .canonical, to: &quoted)
  return String(decoding: quoted, as: UTF8.self).unicodeScalars.reduce(into: "") { yaml, scalar in
    let category = scalar.properties.generalCategory
    guard HiddenScalars.act(scalar) || [.format, .unassigned, .privateUse].contains(category) else {
      yaml.unicodeScalars.append(scalar)
      return
    }
    let digits = String(scalar.value, radix: 16)
    let isLong = scalar.value > 0xFFFF
    yaml += (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - digits.count) + digits
  }
}
