import Diagnostics

/// The encodings in which Windows' tools write, as far as they can be told apart.
enum ToolEncoding: Hashable, Sendable {
  case utf8
  /// What `>` of PowerShell 5 writes.
  case utf16LittleEndian
  case utf16BigEndian
  /// The console's code page of a Japanese Windows.
  case cp932
  /// The console's code page of a Western European Windows.
  case cp850
  /// The code page that windows and older PowerShells of such a Windows use.
  case cp1252

  /// Decodes bytes to UTF-8. A byte order mark decides, then the pattern of the zeros, then whether it is UTF-8, then what
  /// the bytes beyond ASCII look like.
  static func decode(_ bytes: ArraySlice<UInt8>) -> (text: [UInt8], encoding: ToolEncoding) {
    if bytes.starts(with: byteOrderMark) { return (repaired(bytes.dropFirst(byteOrderMark.count)), .utf8) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (utf16(bytes.dropFirst(2), low: 0), .utf16LittleEndian) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (utf16(bytes.dropFirst(2), low: 1), .utf16BigEndian) }
    switch placeOfZeros(bytes) {
    case 1: return (utf16(bytes, low: 0), .utf16LittleEndian)
    case 0: return (utf16(bytes, low: 1), .utf16BigEndian)
    default: break
    }
    if bytes.allSatisfy({ $0 < 0x80 }) { return (Array(bytes), .utf8) }
    if isUTF8(bytes) { return (repaired(bytes), .utf8) }
    if let text = CodePage.japanese(bytes) { return (text, .cp932) }
    // Letters with accents are 0x80 to 0xA5 in the one and 0xC0 to 0xFF in the other.
    // What CP1252 has there too are a no-break space and an apostrophe.
    let console = bytes.lazy.filter { (0x80...0xA5).contains($0) && $0 != 0xA0 && $0 != 0x92 }.count
    let windows = bytes.lazy.filter { (0xC0...0xFF).contains($0) }.count
    return console > windows ? (CodePage.cp850(bytes), .cp850) : (CodePage.cp1252(bytes), .cp1252)
  }

  /// Where the high bytes of UTF-16 are: 1 in little-endian text, 0 in big-endian text, nil when it is no UTF-16.
  ///
  /// Blanks and line ends have a zero in UTF-16 even where all else is Japanese; no other encoding has any.
  private static func placeOfZeros(_ bytes: ArraySlice<UInt8>) -> Int? {
    var zeros = (even: 0, odd: 0)
    for (place, byte) in bytes.enumerated() where byte == 0 {
      if place & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let enough = bytes.count / 16 + 1
    if zeros.odd >= enough, zeros.even <= zeros.odd / 8 { return 1 }
    if zeros.even >= enough, zeros.odd <= zeros.even / 8 { return 0 }
    return nil
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, low: Int) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var place = bytes.startIndex
    while place + 1 < bytes.endIndex {
      units.append(UInt16(bytes[place + low]) | UInt16(bytes[place + 1 - low]) << 8)
      place += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Whether all is UTF-8, but for a character that the end cuts.
  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    var whole = bytes
    for length in 1...3 where length <= bytes.count {
      let lead = bytes[bytes.endIndex - length]
      guard lead >= 0x80 else { break }
      guard lead >= 0xC0 else { continue }
      let needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
      if needed > length { whole = bytes.dropLast(length) }
      break
    }
    return String(validating: whole, as: UTF8.self) != nil
  }

  private static func repaired(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}
