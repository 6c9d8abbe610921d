/// A place in bytes that strangers wrote; every read says whether there was enough.
struct ByteCursor {
  private let bytes: ArraySlice<UInt8>
  /// The index of the next byte, in the indices of the slice.
  private(set) var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// How many bytes are left.
  var left: Int { bytes.endIndex - index }

  /// The next bytes; nil, with nothing read, when there are not as many.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= left else { return nil }
    defer { index += count }
    return bytes[index..<index + count]
  }

  /// As ``take(_:)``, with a count that may be beyond any file.
  mutating func take(_ count: UInt64) -> ArraySlice<UInt8>? {
    count <= UInt64(left) ? take(Int(count)) : nil
  }

  mutating func byte() -> UInt8? { take(1)?.first }
  mutating func uint16() -> UInt16? { take(2).map { UInt16(littleEndian: $0) } }
  mutating func uint32() -> UInt32? { take(4).map { UInt32(littleEndian: $0) } }
  mutating func uint64() -> UInt64? { take(8).map { UInt64(littleEndian: $0) } }
}

extension FixedWidthInteger {
  /// The number whose bytes these are, the least significant first; bytes beyond its width are left out.
  init(littleEndian bytes: ArraySlice<UInt8>) {
    var value = Self.zero
    for byte in bytes.prefix(Self.bitWidth / 8).reversed() {
      value = value << 8 | Self(truncatingIfNeeded: byte)
    }
    self = value
  }
}

/// Text in UTF-16, little-endian, without the NULs at its end; each surrogate that has no other half becomes U+FFFD. An odd byte at the end is left
/// out.
func textOfUTF16(_ bytes: ArraySlice<UInt8>) -> String {
  bytes.withUnsafeBufferPointer { bytes in
    func unit(_ index: Int) -> UInt32 { UInt32(bytes[index * 2]) | UInt32(bytes[index * 2 + 1]) << 8 }
    var count = bytes.count / 2
    while count > 0, unit(count - 1) == 0 { count -= 1 }
    return String(unsafeUninitializedCapacity: count * 3) { text in
      var written = 0
      func write(_ byte: UInt32) {
        text[written] = UInt8(truncatingIfNeeded: byte)
        written += 1
      }
      var index = 0
      while index < count {
        var scalar = unit(index)
        index += 1
        if scalar < 0x80 {
          write(scalar)
          continue
        }
        if scalar & 0xF800 == 0xD800 {
          if scalar < 0xDC00, index < count, unit(index) & 0xFC00 == 0xDC00 {
            scalar = 0x1_0000 + (scalar & 0x3FF) << 10 + unit(index) & 0x3FF
            index += 1
          } else {
            scalar = 0xFFFD
          }
        }
        if scalar < 0x800 {
          write(0xC0 | scalar >> 6)
        } else {
          if scalar < 0x1_0000 {
            write(0xE0 | scalar >> 12)
          } else {
            write(0xF0 | scalar >> 18)
            write(0x80 | scalar >> 12 & 0x3F)
          }
          write(0x80 | scalar >> 6 & 0x3F)
        }
        write(0x80 | scalar & 0x3F)
      }
      return written
    }
  }
}
