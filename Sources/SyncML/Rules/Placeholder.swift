/// Text that a server fills in before a device gets it; what will stand there is not known, so it is not judged.
enum Placeholder {
  /// Whether a text has a variable (`$NAME`, `$NAME$`, `${NAME}`) or a placeholder (`{ProviderID}`, `{{name}}`).
  ///
  /// Braces count only around a name: a GUID in braces or JSON is no placeholder.
  static func isIn(_ text: some StringProtocol) -> Bool {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "{") }) else {
      return false
    }
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "$"), index + 1 < bytes.count {
        let next = bytes[index + 1]
        if isLetter(next) || next == UInt8(ascii: "{") || next == UInt8(ascii: "(") { return true }
      }
      if byte == UInt8(ascii: "{"), isBracedName(bytes[(index + 1)...]) { return true }
    }
    return false
  }

  /// Whether a name and a closing brace follow an opening one.
  private static func isBracedName(_ rest: ArraySlice<UInt8>) -> Bool {
    guard let first = rest.first else { return false }
    if first == UInt8(ascii: "{") { return true }
    guard let end = rest.prefix(80).firstIndex(of: UInt8(ascii: "}")) else { return false }
    let name = rest[rest.startIndex..<end]
    guard isLetter(first), !isGUID(name) else { return false }
    return name.allSatisfy {
      isLetter($0) || isDigit($0) || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isGUID(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count == 36 else { return false }
    return text.enumerated().allSatisfy { index, byte in
      [8, 13, 18, 23].contains(index)
        ? byte == UInt8(ascii: "-")
        : isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
