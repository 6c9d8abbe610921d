/// Bytes that need no look where they stand: neither markup nor a line feed, neither a control character nor outside
/// of ASCII. Each switch compiles to one test of a bit.
enum PlainByte {
  @inline(__always) static func isInText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x0C, 0x0E...0x1F, UInt8(ascii: "<"), UInt8(ascii: "&"), 0x80...0xFF: false
    default: true
    }
  }

  @inline(__always) static func isInTag(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x0C, 0x0E...0x1F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "="), 0x80...0xFF:
      false
    default: true
    }
  }

  @inline(__always) static func isInComment(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x0C, 0x0E...0x1F, UInt8(ascii: ">"), UInt8(ascii: "-"), 0x80...0xFF: false
    default: true
    }
  }

  @inline(__always) static func isInCDATA(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x08, 0x0A...0x0C, 0x0E...0x1F, UInt8(ascii: ">"), UInt8(ascii: "]"), 0x80...0xFF: false
    default: true
    }
  }
}
