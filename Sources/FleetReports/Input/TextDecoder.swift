import Diagnostics

/// Turns an input into UTF-8, piece by piece: a byte order mark goes, and UTF-16 is decoded when one tells that it is UTF-16.
///
/// What is no text in UTF-16 becomes the byte FF, which no text in UTF-8 has, so that the row is found to be damaged.
struct TextDecoder {
  private enum Encoding { case undecided, bytes, utf16(isBigEndian: Bool) }

  private var encoding = Encoding.undecided
  private var head: [UInt8] = []
  private var half: UInt8?
  private var surrogate: UInt32?

  /// Whether a byte order mark told the encoding, so that no other comes into question.
  private(set) var isMarked = false

  /// The text of the next piece.
  mutating func decode(_ piece: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(piece.count + 4)
    var rest = piece[...]
    while case .undecided = encoding, let byte = rest.popFirst() {
      head.append(byte)
      decide(&text)
    }
    switch encoding {
    case .undecided: break
    case .bytes: text += rest
    case .utf16(let isBigEndian): for byte in rest { take(byte, isBigEndian, &text) }
    }
    return text
  }

  /// The text that is left at the end of the input.
  mutating func finish() -> [UInt8] {
    let text = half == nil && surrogate == nil ? head : [Self.damage]
    self = TextDecoder()
    return text
  }

  private static let damage: UInt8 = 0xFF

  private mutating func decide(_ text: inout [UInt8]) {
    switch head {
    case [0xFF, 0xFE]: encoding = .utf16(isBigEndian: false)
    case [0xFE, 0xFF]: encoding = .utf16(isBigEndian: true)
    case byteOrderMark: encoding = .bytes
    case [0xFF], [0xFE], [0xEF], [0xEF, 0xBB]: return
    default:
      encoding = .bytes
      text += head
      head = []
      return
    }
    isMarked = true
    head = []
  }

  private mutating func take(_ byte: UInt8, _ isBigEndian: Bool, _ text: inout [UInt8]) {
    guard let first = half else {
      half = byte
      return
    }
    half = nil
    let unit = isBigEndian ? UInt32(first) << 8 | UInt32(byte) : UInt32(byte) << 8 | UInt32(first)
    if let high = surrogate {
      surrogate = nil
      if 0xDC00..<0xE000 ~= unit {
        append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), &text)
        return
      }
      text.append(Self.damage)
    }
    if 0xD800..<0xDC00 ~= unit {
      surrogate = unit
    } else {
      append(unit, &text)
    }
  }

  private func append(_ code: UInt32, _ text: inout [UInt8]) {
    if code < 0x80 {
      text.append(UInt8(code))
    } else if let scalar = Unicode.Scalar(code), let units = UTF8.encode(scalar) {
      text.append(contentsOf: units)
    } else {
      text.append(Self.damage)
    }
  }
}
