/// What the scanner refuses, in sentences.
extension MarkupScanner {
  func notReference() -> XMLError {
    XMLError(
      .notWellFormed,
      "'&' begins no reference: expected a name and ';' behind it, or '&amp;' for the character itself",
      at: tokenAt)
  }

  func tooLong() -> XMLError {
    XMLError(
      .limitExceeded,
      "a single piece of markup is longer than \(limits.textBytes) bytes, the most that is read",
      at: tokenAt)
  }

  func notUTF8(_ byte: UInt8) -> XMLError {
    if offset == 0, byte == 0xFF || byte == 0xFE {
      return XMLError(.notWellFormed, "the document is UTF-16; expected UTF-8", at: position)
    }
    return XMLError(.notWellFormed, "byte 0x\(hex(byte)) is not UTF-8 here", at: position)
  }

  func controlCharacter(_ byte: UInt8) -> XMLError {
    if byte == 0 {
      return XMLError(
        .notWellFormed, "a NUL byte stands in the document; XML has no such character", at: position)
    }
    return XMLError(
      .notWellFormed, "control character U+00\(hex(byte)) stands in the document; XML has no such character",
      at: position)
  }

  func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
