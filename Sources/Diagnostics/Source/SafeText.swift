/// One line that is safe to print: line ends become blanks, what would act on a terminal is shown instead, and
/// what is too long for anyone to read is cut. Whatever a stranger can have written goes through it on its way to a terminal or a log.
package func safeLine(
  _ text: some StringProtocol, in repertoire: TextRepertoire = .unicode, limit: Int = 1000
) -> String {
  var line = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    guard count < limit else {
      line.append("…")
      break
    }
    count += 1
    switch scalar {
    case "\n", "\r", "\t": line.append(" ")
    default: line.append(scalar)
    }
  }
  return visible(String(line), in: repertoire)
}

/// A text of our own of several lines that is safe to print, line by line. What of a stranger is in it has gone through
/// ``safeLine(_:in:limit:)`` before, or it could begin a line.
package func safeText(_ text: some StringProtocol, in repertoire: TextRepertoire = .unicode) -> String {
  var result = ""
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    guard scalar == "\n" else {
      line.append(scalar)
      continue
    }
    result += visible(String(line), in: repertoire) + "\n"
    line.removeAll(keepingCapacity: true)
  }
  return result + visible(String(line), in: repertoire)
}

/// A JSON text whose strings have ``HiddenScalars`` and U+007F as escapes, which JSON leaves to the writer: the same values,
/// and nothing that acts on a terminal.
package func visibleJSON(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var copied = 0
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    let next = min(index + length, bytes.count)
    switch byte {
    case 0x7F, 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3:
      // The bytes that hidden scalars begin with.
      let scalar = String(decoding: bytes[index..<next], as: UTF8.self).unicodeScalars.first
      guard let scalar, scalar.value == 0x7F || HiddenScalars.contains(scalar) else { break }
      result += bytes[copied..<index]
      copied = next
      for unit in scalar.utf16 {
        let digits = String(unit, radix: 16)
        result += "\\u".utf8
        result += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
        result += digits.utf8
      }
    default: break
    }
    index = next
  }
  return copied == 0 ? bytes : result + bytes[copied...]
}
