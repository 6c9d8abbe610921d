/// Text of the catalogue's compact form in which a backslash takes the meaning off the byte behind it.
enum EscapedText {
  private static let backslash = UInt8(ascii: "\\")

  /// Escapes what would end a line or a field, and the separators of the field's parts.
  static func escape(_ text: String, separators: String = "") -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\t"): result += Array("\\t".utf8)
      case UInt8(ascii: "\n"): result += Array("\\n".utf8)
      case UInt8(ascii: "\r"): result += Array("\\r".utf8)
      case backslash: result += [backslash, backslash]
      default:
        if separators.utf8.contains(byte) { result.append(backslash) }
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Takes the escapes out.
  static func unescape(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(backslash) else { return String(text) }
    var result: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        switch byte {
        case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
        default: result.append(byte)
        }
        isEscaped = false
      } else if byte == backslash {
        isEscaped = true
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The parts between separators that are not escaped, their own escapes still in them.
  static func split(_ text: some StringProtocol, at separator: Character) -> [String] {
    guard let separator = separator.asciiValue else { return [String(text)] }
    var parts: [String] = []
    var part: [UInt8] = []
    var isEscaped = false
    for byte in text.utf8 {
      if byte == separator, !isEscaped {
        parts.append(String(decoding: part, as: UTF8.self))
        part.removeAll(keepingCapacity: true)
        continue
      }
      part.append(byte)
      isEscaped = byte == backslash && !isEscaped
    }
    parts.append(String(decoding: part, as: UTF8.self))
    return parts
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The parts between a byte, empty ones included; of `most` parts the last holds the rest.
  func parts(at separator: UInt8, most: Int = .max) -> [Substring] {
    utf8.split(separator: separator, maxSplits: most - 1, omittingEmptySubsequences: false).map { part in
      self[part.startIndex..<part.endIndex]
    }
  }
}
