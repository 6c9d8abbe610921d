/// Base64 (RFC 4648): the alphabet with `+` and `/`, and the one for URLs with `-` and `_`.
package enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The text of bytes, padded.
  package static func encode(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var held = 0
    for byte in bytes {
      group = group << 8 | UInt32(byte)
      held += 1
      guard held == 3 else { continue }
      for shift in [18, 12, 6, 0] as [UInt32] { text.append(letters[Int(group >> shift & 63)]) }
      (group, held) = (0, 0)
    }
    if held > 0 {
      group <<= UInt32(3 - held) * 8
      for place in 0..<4 {
        text.append(place <= held ? letters[Int(group >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text in either alphabet, padded or not; nil for anything else: other characters, blanks, bits left over that are
  /// not zero, so that every value has one text.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    // What lies together is read in place; a boot log has a million letters.
    if let bytes = text.withContiguousStorageIfAvailable(decoded) { return bytes }
    return Array(text).withUnsafeBufferPointer(decoded)
  }

  private static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var count = text.count
    while count > 0, text[count - 1] == UInt8(ascii: "=") { count -= 1 }
    let padding = text.count - count
    let rest = count % 4
    guard rest != 1, padding == 0 || rest + padding == 4 && rest > 0 else { return nil }
    var isText = true
    let bytes = values.withUnsafeBufferPointer { values in
      [UInt8](unsafeUninitializedCapacity: count / 4 * 3 + 2) { bytes, written in
        var place = 0
        // Letters that are none have a value beyond 63.
        var seen: UInt8 = 0
        while place + 4 <= count {
          let (a, b) = (values[Int(text[place])], values[Int(text[place + 1])])
          let (c, d) = (values[Int(text[place + 2])], values[Int(text[place + 3])])
          seen |= a | b | c | d
          bytes[written] = a << 2 | b >> 4
          bytes[written + 1] = b << 4 | c >> 2
          bytes[written + 2] = c << 6 | d
          written += 3
          place += 4
        }
        if rest > 0 {
          let (a, b) = (values[Int(text[place])], values[Int(text[place + 1])])
          let c = rest == 3 ? values[Int(text[place + 2])] : 0
          seen |= a | b | c
          bytes[written] = a << 2 | b >> 4
          bytes[written + 1] = b << 4 | c >> 2
          written += rest - 1
          isText = (rest == 3 ? c & 0x3 : b & 0xF) == 0
        }
        isText = isText && seen < 64
      }
    }
    return isText ? bytes : nil
  }

  /// The value of each letter; 0xFF for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
    values[Int(UInt8(ascii: "-"))] = 62
    values[Int(UInt8(ascii: "_"))] = 63
    return values
  }()
}
