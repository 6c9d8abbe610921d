/// The bytes of an archive, whose numbers stand with their lowest byte first.
struct ZipBytes: Sendable {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// Nil when the bytes end before.
  func number16(at offset: Int) -> UInt16? {
    slice(offset, count: 2).map { $0.reversed().reduce(0) { $0 << 8 | UInt16($1) } }
  }

  /// Nil when the bytes end before.
  func number32(at offset: Int) -> UInt32? {
    slice(offset, count: 4).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
  }

  /// Nil when the bytes end before.
  func slice(_ offset: Int, count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
    return bytes[offset..<offset + count]
  }
}
