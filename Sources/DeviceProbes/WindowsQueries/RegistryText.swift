import PolicyModel

/// Reads what `reg query` prints: a key on a line of its own, below it its values as `name    REG_TYPE    value`.
///
/// Keys, names and types are in English whatever the language of Windows; only the name of a default value is not, and nothing asks for it.
enum RegistryText {
  /// Whether a text has a line with a key.
  static func isRegistry(_ text: ToolText) -> Bool { text.lines.contains { isKey($0) } }

  /// The values of each key, and the key itself as `Key`; nil when there are more keys than are read.
  static func objects(in text: ToolText) -> [[JSONMember]]? {
    var objects: [[JSONMember]] = []
    for line in text.lines {
      if isKey(line) {
        guard objects.count < ListText.objectLimit else { return nil }
        objects.append([JSONMember("Key", .string(line))])
      } else if let last = objects.indices.last, let member = member(line) {
        objects[last].append(member)
      }
    }
    return objects
  }

  private static func isKey(_ line: String) -> Bool {
    line.hasPrefix("HKEY_") || line.hasPrefix(#"HKLM\"#)
  }

  private static func member(_ line: String) -> JSONMember? {
    let words = line.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == " " || $0 == "\t" }
    // A name may have blanks of its own; none that is asked for has.
    guard words.count >= 2, words[1].hasPrefix("REG_") else { return nil }
    let text = words.count > 2 ? words[2].drop { $0 == " " } : ""
    switch words[1] {
    case "REG_DWORD", "REG_QWORD":
      guard text.hasPrefix("0x"), let number = UInt64(text.dropFirst(2), radix: 16),
        number <= UInt64(Int64.max)
      else { return JSONMember(String(words[0]), .string(String(text))) }
      return JSONMember(String(words[0]), .integer(Int64(number)))
    default: return JSONMember(String(words[0]), .string(String(text)))
    }
  }
}
