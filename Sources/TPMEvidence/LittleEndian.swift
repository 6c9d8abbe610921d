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

/// Text in UTF-16, little-endian, without the NULs at its end; what is not well formed becomes U+FFFD. An odd byte at the end is left out.
func textOfUTF16(_ bytes: ArraySlice<UInt8>) -> String {
  var units: [UInt16] = []
  units.reserveCapacity(bytes.count / 2)
  var index = bytes.startIndex
  while index + 1 < bytes.endIndex {
    units.append(UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
    index += 2
  }
  while units.last == 0 { units.removeLast() }
  return String(decoding: units, as: UTF16.self)
}
