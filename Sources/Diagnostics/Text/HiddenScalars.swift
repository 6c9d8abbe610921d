/// Scalars that change what a reader sees without being seen: they reorder the text around them (as in
/// 'Trojan Source', CVE-2021-42574), break a line, or show nothing at all.
public enum HiddenScalars {
  /// True for a scalar that diagnostics show as an escape, other than C0 controls and tags.
  public static func contains(_ scalar: Unicode.Scalar) -> Bool {
    if reorders(scalar) { return true }
    switch scalar.value {
    case 0x80...0x9F, 0xAD, 0x034F, 0x180E, 0x200B, 0x2028, 0x2029, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0080...0xE00FF:
      return true
    default: return false
    }
  }

  /// True for the bidirectional controls, which reorder the text that follows.
  public static func reorders(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// True for what no document has as it is: hidden scalars, C0 controls, U+007F, and tags.
  package static func act(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0..<0x20, 0x7F, 0xE0000..<0xE0080: true
    default: contains(scalar)
    }
  }

  /// The scalar at a byte of UTF-8 that may be hidden or a tag, by its first byte; nil for most.
  static func candidate(at index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
    let length: Int
    switch bytes[index] {
    case 0xC2, 0xCD, 0xD8: length = 2
    case 0xE1, 0xE2, 0xEF: length = 3
    case 0xF0, 0xF3: length = 4
    default: return nil
    }
    return String(decoding: bytes[index..<min(index + length, bytes.count)], as: UTF8.self).unicodeScalars
      .first
  }
}
