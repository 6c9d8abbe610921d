/// A whole number as a value spells it.
enum IntegerText: Hashable, Sendable {
  case number(Int64)
  /// More than 64 bits.
  case beyond(isNegative: Bool)

  /// `-12`, `12`; nil for anything else.
  init?(decimal text: some StringProtocol) {
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    var isBeyond = false
    for byte in digits {
      guard (0x30...0x39).contains(byte) else { return nil }
      let digit = Int64(byte - 0x30)
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.subtractingReportingOverflow(digit)
      if overflow || carry { isBeyond = true } else { value = sum }
    }
    // Counted downwards, as the least number has no positive counterpart.
    if isBeyond || (!isNegative && value == .min) {
      self = .beyond(isNegative: isNegative)
    } else {
      self = .number(isNegative ? value : -value)
    }
  }

  /// `12`, `0x1F`; nil for anything else, a negative number included.
  static func bits(_ text: some StringProtocol) -> UInt64? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return hexadecimal(text) }
    switch IntegerText(decimal: text) {
    case .number(let number): return UInt64(exactly: number)
    // All bits, so that some of them mean nothing.
    case .beyond(false): return .max
    case .beyond(true), nil: return nil
    }
  }

  /// `0x1F`; nil for anything else. A number of more than 64 bits has all of them.
  static func hexadecimal(_ text: some StringProtocol) -> UInt64? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X") else { return nil }
    let digits = text.utf8.dropFirst(2)
    guard !digits.isEmpty, digits.allSatisfy(isHexadecimalDigit) else { return nil }
    return UInt64(text.dropFirst(2), radix: 16) ?? .max
  }
}

/// `0` to `9`, `a` to `f`, `A` to `F`.
func isHexadecimalDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
}
