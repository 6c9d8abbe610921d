import CSPCatalog

/// How the items of a list are told apart.
struct ListSyntax: Sendable {
  /// U+F000, the separator that Windows' own tools show as nothing.
  static let separator = "\u{F000}"
  /// How the separator is written, in ways that an XML reader does not turn into it.
  static let misspellings = ["0xF000", "\\xF000", "\\uF000", "\\u{F000}", "U+F000"]
  /// A reference to the separator that is text, as in a CDATA section; Microsoft's own pages have it so.
  private static let references = ["&#xF000;", "&#xf000;", "&#61440;"]

  /// How the separator is written in place of itself, and where; nil when it is not.
  static func misspelling(in text: Substring) -> (spelling: String, place: Range<Substring.Index>)? {
    guard text.firstPlace(of: "F000") != nil else { return nil }
    for spelling in misspellings {
      if let place = text.firstPlace(of: spelling) { return (spelling, place) }
    }
    return nil
  }

  let delimiter: String
  /// Whether the items are names of accounts, or their SIDs.
  let isOfAccounts: Bool
  /// Whether the items are lines of a text, of which some may be empty.
  let isOfLines: Bool

  init?(delimiter: String, of node: CSPNode) {
    guard !delimiter.isEmpty else { return nil }
    self.delimiter = delimiter
    isOfAccounts = node.locURI.contains("/Policy/Config/UserRights/")
    isOfLines = node.locURI.hasSuffix("_MessageTextForUsersAttemptingToLogOn")
  }

  var isOfSeparators: Bool { delimiter == Self.separator }

  /// `;`, or `U+F000 (written &#xF000;)`.
  var name: String { Self.name(of: delimiter) }

  static func name(of delimiter: String) -> String {
    delimiter == separator ? "U+F000 (written &#xF000;)" : "'\(delimiter)'"
  }

  /// Whether it can be told at a glance that a value of any items has nothing wrong: its delimiter and no empty item,
  /// or no character at all that could be a delimiter.
  func isEvidentlyFine(_ value: Substring) -> Bool {
    guard delimiter.utf8.count == 1, let mark = delimiter.utf8.first else { return false }
    return ValueBytes.withBytes(of: value) { bytes in
      var hasDelimiter = false
      var hasOther = false
      var isEmpty = true
      for byte in bytes {
        if byte == mark {
          if isEmpty { return false }
          hasDelimiter = true
          isEmpty = true
        } else if !isXMLSpace(byte) {
          isEmpty = false
          if byte == 0x3B || byte == 0x2C || byte == 0x7C || byte == 0xEF { hasOther = true }
        }
      }
      return hasDelimiter || !hasOther
    }
  }

  /// The items, each without the white space around it.
  func items(in value: Substring) -> [Substring] {
    guard !value.utf8.isEmpty else { return [] }
    var items = Self.split(value, at: delimiter)
    if isOfSeparators, value.utf8.contains(UInt8(ascii: "&")) {
      for reference in Self.references { items = items.flatMap { Self.split($0, at: reference) } }
    }
    return items.map(Self.trimmed)
  }

  /// Whether a value has the delimiter in any of its spellings.
  func isSplit(_ value: Substring) -> Bool {
    if value.firstPlace(of: delimiter) != nil { return true }
    return isOfSeparators && value.utf8.contains(UInt8(ascii: "&"))
      && Self.references.contains { value.firstPlace(of: $0) != nil }
  }

  /// The delimiter that stands in a value in place of the right one, going by the shape of what is on both sides.
  func wrongDelimiter(in value: Substring, isItem: (Substring) -> Bool) -> String? {
    let candidates = [Self.separator, ";", ",", "|"]
    guard value.utf8.contains(where: { $0 == 0xEF || $0 == 0x3B || $0 == 0x2C || $0 == 0x7C }),
      !isSplit(value)
    else {
      return nil
    }
    for candidate in candidates where candidate != delimiter {
      guard value.firstPlace(of: candidate) != nil else { continue }
      if candidate == Self.separator { return candidate }
      let items = Self.split(value, at: candidate).map(Self.trimmed).filter { !$0.isEmpty }
      guard items.count > 1 else { continue }
      if isOfAccounts || items.allSatisfy(isItem) { return candidate }
      if let shape = ItemShape(items[0]), items.allSatisfy({ ItemShape($0) == shape }) { return candidate }
    }
    return nil
  }

  private static func split(_ text: Substring, at delimiter: String) -> [Substring] {
    var items: [Substring] = []
    var rest = text
    while let cut = rest.firstPlace(of: delimiter) {
      items.append(rest[..<cut.lowerBound])
      rest = rest[cut.upperBound...]
    }
    items.append(rest)
    return items
  }

  static func trimmed(_ text: Substring) -> Substring {
    let utf8 = text.utf8
    guard let first = utf8.firstIndex(where: { !isXMLSpace($0) }),
      let last = utf8.lastIndex(where: { !isXMLSpace($0) })
    else { return text[text.endIndex...] }
    return text[first...last]
  }
}

/// What an item evidently is, going by its first characters.
enum ItemShape: Hashable {
  case sid, guid, path, url, package, address

  init?(_ item: Substring) {
    let bytes = item.utf8
    let sid = item.hasPrefix("*") ? item.dropFirst() : item
    if sid.hasPrefix("S-1-"),
      sid.utf8.dropFirst(4).allSatisfy({ Self.isDigit($0) || $0 == UInt8(ascii: "-") })
    {
      self = .sid
    } else if item.hasPrefix("http://") || item.hasPrefix("https://") {
      self = .url
    } else if Self.isGUID(item) {
      self = .guid
    } else if item.hasPrefix("%") || item.hasPrefix("\\\\") || Self.hasDrive(item) {
      self = .path
    } else if Self.isPackage(item) {
      self = .package
    } else if bytes.count > 6, bytes.filter({ $0 == UInt8(ascii: ".") }).count == 3,
      bytes.allSatisfy({ Self.isDigit($0) || "./".utf8.contains($0) })
    {
      self = .address
    } else {
      return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func hasDrive(_ item: Substring) -> Bool {
    let head = Array(item.utf8.prefix(3))
    return head.count == 3 && head[1] == UInt8(ascii: ":") && head[2] == UInt8(ascii: "\\")
  }

  private static func isGUID(_ item: Substring) -> Bool {
    let bytes = item.utf8
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count == 38 else {
      return false
    }
    return bytes.dropFirst().dropLast().allSatisfy { isHexadecimalDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// `Microsoft.WindowsCalculator_8wekyb3d8bbwe`
  private static func isPackage(_ item: Substring) -> Bool {
    let bytes = item.utf8
    guard bytes.count > 14, let mark = bytes.lastIndex(of: UInt8(ascii: "_")) else { return false }
    let publisher = bytes[bytes.index(after: mark)...]
    return publisher.count == 13
      && publisher.allSatisfy {
        isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
      }
  }
}
