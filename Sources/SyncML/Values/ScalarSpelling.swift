import CSPCatalog

/// How the values of a format are spelled, whatever the node.
enum ScalarSpelling: Sendable {
  case anyText
  case integer, bool, float, base64, iso8601

  init(_ format: NodeFormat) {
    switch format {
    case .int: self = .integer
    case .bool: self = .bool
    case .float: self = .float
    case .b64: self = .base64
    case .date, .time: self = .iso8601
    case .bin, .chr, .node, .null, .xml: self = .anyText
    }
  }

  /// `a whole number`
  var expectation: String {
    switch self {
    case .anyText: "text"
    case .integer: "a whole number"
    case .bool: "true or false"
    case .float: "a number"
    case .base64: "Base64"
    case .iso8601: "a date and time (ISO 8601)"
    }
  }

  func accepts(_ text: Substring) -> Bool {
    switch self {
    case .anyText: true
    case .integer: IntegerText(decimal: text) != nil
    case .bool: text.isWord("true") || text.isWord("false") || text == "0" || text == "1"
    case .float: Double(text)?.isFinite == true
    case .base64: Self.isBase64(text)
    case .iso8601: Self.isISO8601Shaped(text)
    }
  }

  private static func isBase64(_ text: Substring) -> Bool {
    var digits = 0
    var padding = 0
    for byte in text.utf8 where !isXMLSpace(byte) {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
        if padding > 0 { return false }
        digits += 1
      case UInt8(ascii: "="): padding += 1
      default: return false
      }
    }
    return padding <= 2 && (digits + padding) % 4 == 0
  }

  private static func isISO8601Shaped(_ text: Substring) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= 4, bytes.prefix(2).allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
    return bytes.allSatisfy { (0x30...0x39).contains($0) || "T:+-.Z".utf8.contains($0) }
  }
}
