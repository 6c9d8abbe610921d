/// How DDF files write down values, paths and verbs.
enum DDFText {
  /// The verb of an element's name, or nil when there is none.
  static func verb(_ name: String) -> AccessTypes? {
    switch name {
    case "Add": .add
    case "Copy": .copy
    case "Delete": .delete
    case "Exec": .exec
    case "Get": .get
    case "Replace": .replace
    default: nil
    }
  }

  /// `./Vendor/MSFT/` is `./Device/Vendor/MSFT`.
  static func path(ofRoot path: String) -> String {
    let path = path.hasSuffix("/") ? String(path.dropLast()) : path
    return path == "./Vendor" || path.hasPrefix("./Vendor/") ? "./Device" + path.dropFirst(1) : path
  }

  /// `Device/Vendor/MSFT/Firewall/[Name]` is `./Device/Vendor/MSFT/Firewall/{Name}`.
  static func path(ofDependency uri: String) -> String {
    let segments = uri.split(separator: "/").filter { $0 != "." }.map { segment in
      segment.hasPrefix("[") && segment.hasSuffix("]")
        ? "{\(segment.dropFirst().dropLast())}" : String(segment)
    }
    let prefix = segments.first == "Vendor" ? ["Device"] : []
    return "./" + (prefix + segments).joined(separator: "/")
  }

  /// U+F000 is written in two ways, `0xF000` and `\xF000`.
  static func delimiter(_ text: String) -> String {
    text == "0xF000" || text == "\\xF000" ? "\u{F000}" : text
  }

  /// A number in decimal, or in hexadecimal behind `0x`.
  static func number(_ text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }

  /// The ranges of a text such as `[0-100]`, `[(-1)-2147483647]`, `[1]` or `[6,17]`, or nil when it is none.
  static func ranges(_ text: String) -> [ClosedRange<Int64>]? {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
    let ranges = parts.compactMap { range($0) }
    return ranges.count == parts.count ? ranges : nil
  }

  private static func range(_ text: Substring) -> ClosedRange<Int64>? {
    guard let (low, rest) = number(text) else { return nil }
    if rest.isEmpty { return low...low }
    guard rest.first == "-", let (high, end) = number(rest.dropFirst()), end.isEmpty, low <= high else {
      return nil
    }
    return low...high
  }

  /// A number, in parentheses when it is negative, and what follows it.
  private static func number(_ text: Substring) -> (Int64, Substring)? {
    if text.first == "(" {
      guard let close = text.firstIndex(of: ")") else { return nil }
      guard let value = Int64(text[text.index(after: text.startIndex)..<close]) else { return nil }
      return (value, text[text.index(after: close)...])
    }
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let value = Int64(digits) else { return nil }
    return (value, text[digits.endIndex...])
  }
}

extension String {
  /// Without white space of XML at both ends.
  var trimmed: String {
    func isBlank(_ character: Character) -> Bool {
      character == " " || character == "\t" || character == "\n" || character == "\r" || character == "\r\n"
    }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) })
    else {
      return ""
    }
    return String(self[first...last])
  }
}
