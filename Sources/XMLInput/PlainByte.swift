/// Bytes that need no look where they stand: neither markup nor the end of a line, neither a control character nor outside
/// of ASCII. Each switch compiles to one test of a bit.
enum PlainByte {
  @inline(__always) static func isInText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x1F, UInt8(ascii: "<"), UInt8(ascii: "&"), 0x80...0xFF: false
    default: true
    }
  }

  /// How many of eight bytes, the first lowest in the word, are plain in text; 0 may stand for a tab too.
  @inline(__always) static func firstNotInText(_ word: UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let less = word ^ (ones &* 0x3C)
    let ampersand = word ^ (ones &* 0x26)
    // A byte's high bit is set where the byte is wanted; borrows spoil bits behind the first only.
    let control = (word &- ones &* 0x20) & ~word
    let found =
      (control | word | ((less &- ones) & ~less) | ((ampersand &- ones) & ~ampersand)) & (ones &* 0x80)
    return found.trailingZeroBitCount / 8
  }

  @inline(__always) static func isInTag(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x1F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "="), 0x80...0xFF:
      false
    default: true
    }
  }

  @inline(__always) static func isInComment(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x1F, UInt8(ascii: ">"), UInt8(ascii: "-"), 0x80...0xFF: false
    default: true
    }
  }

  @inline(__always) static func isInCDATA(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x1F, UInt8(ascii: ">"), UInt8(ascii: "]"), 0x80...0xFF: false
    default: true
    }
  }
}
