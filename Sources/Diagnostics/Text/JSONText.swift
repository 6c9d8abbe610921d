/// Writes JSON by hand: members in the order given, no blanks. The caller pairs what it opens.
struct JSONText {
  private var bytes: [UInt8] = []
  private var needsComma = false

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func object(_ members: (inout JSONText) -> Void) { nest("{", "}", members) }

  mutating func array<Element>(_ elements: some Sequence<Element>, _ write: (inout JSONText, Element) -> Void)
  {
    nest("[", "]") { json in
      for element in elements { write(&json, element) }
    }
  }

  /// Begins a member of an object; its value comes next.
  mutating func key(_ name: String) {
    string(name)
    bytes += ":".utf8
    needsComma = false
  }

  mutating func member(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  mutating func member(_ name: String, _ value: Int) {
    key(name)
    separate()
    bytes += String(value).utf8
  }

  mutating func member(_ name: String, _ value: Bool) {
    key(name)
    separate()
    bytes += (value ? "true" : "false").utf8
  }

  mutating func null() {
    separate()
    bytes += "null".utf8
  }

  mutating func string(_ value: String) {
    separate()
    appendJSON(value, escaping: .hidden, to: &bytes)
  }

  private mutating func nest(_ open: String, _ close: String, _ content: (inout JSONText) -> Void) {
    separate()
    bytes += open.utf8
    needsComma = false
    content(&self)
    bytes += close.utf8
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes += ",".utf8 }
    needsComma = true
  }
}

/// Which scalars a string of JSON has as escapes. It has the same value whichever they are.
package enum JSONEscapes: Sendable {
  /// Those that JSON cannot have otherwise, in the form of RFC 8785: what digests are taken over.
  case canonical
  /// Also what acts on a terminal and what hides or reorders other text.
  case hidden
  /// Also what would end a `script` element or open a comment.
  case script
}

/// Appends a string with its quotation marks.
package func appendJSON(_ text: String, escaping escapes: JSONEscapes, to bytes: inout [UInt8]) {
  var text = text
  bytes.append(UInt8(ascii: "\""))
  text.withUTF8 { utf8 in
    var copied = 0
    for index in utf8.indices {
      let scalar: Unicode.Scalar
      switch utf8[index] {
      case 0x80...:
        guard escapes != .canonical, let candidate = HiddenScalars.candidate(at: index, in: utf8),
          HiddenScalars.act(candidate)
        else { continue }
        scalar = candidate
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20: scalar = Unicode.Scalar(utf8[index])
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        guard escapes == .script else { continue }
        scalar = Unicode.Scalar(utf8[index])
      case 0x7F where escapes != .canonical: scalar = "\u{7F}"
      default: continue
      }
      bytes += utf8[copied..<index]
      copied = index + UTF8.width(scalar)
      appendEscape(scalar, to: &bytes)
    }
    bytes += utf8[copied...]
  }
  bytes.append(UInt8(ascii: "\""))
}

private func appendEscape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
  switch scalar {
  case "\"", "\\": bytes += "\\\(scalar)".utf8
  case "\u{8}": bytes += "\\b".utf8
  case "\t": bytes += "\\t".utf8
  case "\n": bytes += "\\n".utf8
  case "\u{C}": bytes += "\\f".utf8
  case "\r": bytes += "\\r".utf8
  default:
    for unit in scalar.utf16 {
      let digits = String(unit, radix: 16)
      bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
    }
  }
}
