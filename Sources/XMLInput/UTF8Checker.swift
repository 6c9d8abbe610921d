/// Accepts well-formed UTF-8 byte by byte (Unicode, table 3-7): no overlong forms, no surrogates, nothing above
/// U+10FFFF.
struct UTF8Checker {
  /// Bytes of an unfinished character.
  private(set) var seen = 0
  private var missing = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Takes the next byte; false when it cannot follow.
  mutating func accept(_ byte: UInt8) -> Bool {
    if missing > 0 {
      guard byte >= low, byte <= high else { return false }
      low = 0x80
      high = 0xBF
      missing -= 1
      seen = missing == 0 ? 0 : seen + 1
      return true
    }
    switch byte {
    case 0x00...0x7F: return true
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF:
      missing = 2
      if byte == 0xE0 { low = 0xA0 }
      if byte == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      missing = 3
      if byte == 0xF0 { low = 0x90 }
      if byte == 0xF4 { high = 0x8F }
    default: return false
    }
    seen = 1
    return true
  }
}
