extension SourceFile {
  /// The finding about the first byte that no text of ours has, or nil for a file that is UTF-8 without NUL
  /// bytes. A file that has one is not parsed: everything found in it would follow from this.
  ///
  /// - Parameter id: The identity of this file in the map that the finding is shown with.
  public func encodingFinding(as id: FileID) -> Diagnostic? {
    guard let defect = EncodingDefect(of: bytes) else { return nil }
    let start = UInt32(clamping: defect.bytes.lowerBound)
    let span = Span(file: id, start: start, end: UInt32(clamping: defect.bytes.upperBound))
    switch defect.kind {
    case .utf16:
      return Diagnostic(
        "AP9002", "'\(name)' is UTF-16; UTF-8 is needed",
        at: Label(span, "every second byte is 0, as in UTF-16"),
        help: ["save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8"])
    case .notUTF8(let byte):
      let digits = String(byte, radix: 16, uppercase: true)
      return Diagnostic(
        "AP9002", "'\(name)' is not UTF-8: the byte \(digits) at offset \(start) is no part of a character",
        at: Label(span, "not UTF-8"),
        help: ["save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8"])
    case .nul:
      return Diagnostic(
        "AP9003", "'\(name)' has a NUL byte at offset \(start); it may be binary, or not written to its end",
        at: Label(span, "the byte 0"), help: ["remove the byte, or take the file from where it is whole"])
    }
  }
}

/// The first place at which bytes are not UTF-8, or 0.
struct EncodingDefect: Equatable {
  enum Kind: Equatable {
    case utf16
    case notUTF8(UInt8)
    case nul
  }

  let kind: Kind
  let bytes: Range<Int>

  init?(of bytes: [UInt8]) {
    guard let found = Self.first(in: bytes) else { return nil }
    if Self.looksLikeUTF16(bytes) {
      (kind, self.bytes) = (.utf16, 0..<min(2, bytes.count))
    } else {
      kind = bytes[found.lowerBound] == 0 ? .nul : .notUTF8(bytes[found.lowerBound])
      self.bytes = found
    }
  }

  private static func first(in bytes: [UInt8]) -> Range<Int>? {
    var offset = 0
    while offset < bytes.count {
      offset = endOfASCII(bytes, from: offset)
      guard offset < bytes.count else { break }
      var reader = ScalarReader(bytes, offset..<bytes.count)
      guard let next = reader.next(), next.isValid, next.scalar.value != 0 else {
        return offset..<reader.offset
      }
      offset = reader.offset
    }
    return nil
  }

  /// The first byte from an offset that is 0 or not ASCII. Most text is ASCII, and is looked at eight bytes at a time.
  private static func endOfASCII(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { text in
      var offset = start
      while offset + 8 <= text.count {
        let word = text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        // The high bit of a byte is set when the byte is 0, or has it set itself.
        if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
        offset += 8
      }
      while offset < text.count, text[offset] != 0, text[offset] < 0x80 { offset += 1 }
      return offset
    }
  }

  /// A byte order mark of UTF-16, or a 0 for every second of the first bytes, as Latin text has it.
  private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    let head = bytes.prefix(64)
    let even = head.indices.count { $0 % 2 == 0 && head[$0] == 0 }
    let odd = head.indices.count { $0 % 2 == 1 && head[$0] == 0 }
    return head.count >= 4 && max(even, odd) * 4 >= head.count && min(even, odd) == 0
  }
}
