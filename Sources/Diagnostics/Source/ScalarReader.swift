/// Reads Unicode scalars from bytes that may not be UTF-8.
///
/// What is not UTF-8 is read as U+FFFD, one for each maximal part of a sequence, as the Unicode standard
/// recommends and as Swift's own decoding does.
struct ScalarReader: IteratorProtocol {
  struct Element: Equatable {
    let scalar: Unicode.Scalar
    /// The bytes that it was read from.
    let bytes: Range<Int>
    /// False when the bytes were not UTF-8.
    let isValid: Bool
  }

  private let bytes: [UInt8]
  private let end: Int
  /// Where the next scalar begins.
  private(set) var offset: Int

  /// Reads a range, cut to what there is.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    let range = range.clamped(to: 0..<bytes.count)
    offset = range.lowerBound
    end = range.upperBound
  }

  init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
    offset = 0
    end = bytes.count
  }

  mutating func next() -> Element? {
    guard offset < end else { return nil }
    let start = offset
    let lead = bytes[start]
    offset += 1
    if lead < 0x80 { return Element(scalar: Unicode.Scalar(lead), bytes: start..<offset, isValid: true) }
    guard let (count, second) = Self.shape(of: lead) else { return replacement(from: start) }
    var value = UInt32(lead) & (0x3F >> UInt32(count))
    for index in 0..<count {
      let allowed = index == 0 ? second : 0x80...0xBF
      guard offset < end, allowed.contains(bytes[offset]) else { return replacement(from: start) }
      value = value << 6 | UInt32(bytes[offset] & 0x3F)
      offset += 1
    }
    guard let scalar = Unicode.Scalar(value) else { return replacement(from: start) }
    return Element(scalar: scalar, bytes: start..<offset, isValid: true)
  }

  private func replacement(from start: Int) -> Element {
    Element(scalar: "\u{FFFD}", bytes: start..<offset, isValid: false)
  }

  /// How many bytes follow a lead byte, and what the first of them may be (Unicode, table 3-7).
  private static func shape(of lead: UInt8) -> (count: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (1, 0x80...0xBF)
    case 0xE0: (2, 0xA0...0xBF)
    case 0xED: (2, 0x80...0x9F)
    case 0xE1...0xEF: (2, 0x80...0xBF)
    case 0xF0: (3, 0x90...0xBF)
    case 0xF1...0xF3: (3, 0x80...0xBF)
    case 0xF4: (3, 0x80...0x8F)
    default: nil
    }
  }
}
