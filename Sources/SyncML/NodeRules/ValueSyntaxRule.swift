import CSPCatalog

/// SM1701, SM1706: a value is spelled as its format asks.
struct ValueSyntaxRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.writes, let value = use.judgeableValue, use.node.listDelimiter == nil else { return }
    let format = use.node.format
    guard let expectation = Self.expectation(format) else { return }
    let text = value.trimmed
    // A bool with values of its own (DMAcc, 0 and 1) is for the rule of allowed values.
    if format == .bool, case .enumeration = use.node.allowedValues { return }
    guard Self.isSpelled(text, as: format, flags: use.node.allowedValues) else {
      report.report(
        PayloadFinding(
          "SM1701",
          "\(use.subject): '\(clipped(text))' is not \(expectation), as the format \(format.rawValue) asks",
          at: value.position, label: "expected \(expectation)", status: .commandFailed))
      return
    }
    if text.utf8.count != value.value.utf8.count, format != .b64 {
      report.report(
        PayloadFinding(
          "SM1706", "\(use.subject): white space stands around the value '\(clipped(text))'",
          at: value.element,
          label: "white space", help: ["write <Data>\(clipped(text))</Data>"]))
    }
  }

  /// What a value of a format looks like; nil for one that takes any text.
  private static func expectation(_ format: NodeFormat) -> String? {
    switch format {
    case .int: "a whole number"
    case .bool: "true or false"
    case .float: "a number"
    case .b64: "Base64"
    case .date: "a date (ISO 8601)"
    case .time: "a time (ISO 8601)"
    case .bin, .chr, .node, .null, .xml: nil
    }
  }

  private static func isSpelled(_ text: Substring, as format: NodeFormat, flags: AllowedValues) -> Bool {
    switch format {
    case .int:
      if IntegerText.decimal(text) != nil { return true }
      if case .flags = flags { return IntegerText.hexadecimal(text) != nil }
      return false
    case .bool: return ["true", "false", "0", "1"].contains(text.lowercased())
    case .float: return Double(text)?.isFinite == true
    case .b64: return isBase64(text)
    case .date, .time: return isISO8601Shaped(text)
    case .bin, .chr, .node, .null, .xml: return true
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

/// Whole numbers as values spell them.
enum IntegerText {
  /// `-12`, `12`; nil for anything else or beyond 64 bits.
  static func decimal(_ text: some StringProtocol) -> Int64? {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.dropFirst() : text.dropFirst(0)
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return nil }
    return Int64(text)
  }

  /// `0x1F`
  static func hexadecimal(_ text: some StringProtocol) -> UInt64? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return nil }
    let digits = text.dropFirst(2)
    guard digits.utf8.first != UInt8(ascii: "+") else { return nil }
    return UInt64(digits, radix: 16)
  }
}
