/// Finds the first place where bytes are not a security descriptor in its string form (SDDL, MS-DTYP 2.5.1.1).
struct SecurityDescriptorScanner {
  private static let aceTypes: Set<String> = [
    "A", "D", "OA", "OD", "AU", "AL", "OU", "OL", "ML", "XA", "XD", "XU", "ZA", "RA", "SP", "TL", "FL",
  ]
  private static let aceFlags: Set<String> = ["CI", "OI", "NP", "IO", "ID", "SA", "FA", "CR", "TP"]
  private static let rights: Set<String> = [
    "GR", "GW", "GX", "GA", "WO", "WD", "RC", "SD", "FA", "FX", "FW", "FR", "KA", "KR", "KX", "KW", "CR",
    "LO", "DT",
    "WP", "RP", "SW", "LC", "DC", "CC", "NR", "NW", "NX",
  ]

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  /// What is wrong and at which byte; nil for a security descriptor.
  static func problem(in bytes: ArraySlice<UInt8>) -> ValueProblem? {
    var scanner = SecurityDescriptorScanner(bytes)
    do throws(ValueProblem) {
      try scanner.scan()
      return nil
    } catch {
      return error
    }
  }

  /// As ``problem(in:)``, where the items of a list may be one each. A descriptor may have the delimiter itself, so
  /// the whole is tried first.
  static func problem(in bytes: [UInt8], list: ListSyntax?) -> ValueProblem? {
    guard let whole = problem(in: bytes[...]) else { return nil }
    guard let delimiter = list?.delimiter.utf8, delimiter.count == 1, let byte = delimiter.first,
      bytes.contains(byte)
    else { return whole }
    for item in bytes.split(separator: byte) {
      let first = item.firstIndex { !isXMLSpace($0) } ?? item.startIndex
      let last = item.lastIndex { !isXMLSpace($0) } ?? first
      if let problem = problem(in: item[first...last]) { return problem }
    }
    return nil
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  private var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func scan() throws(ValueProblem) {
    guard next != nil else { throw ValueProblem("it is empty", at: index) }
    var parts = Array("OGDS".utf8)
    while let letter = next {
      guard let place = parts.firstIndex(of: letter), index + 1 < bytes.endIndex,
        bytes[index + 1] == UInt8(ascii: ":")
      else {
        throw ValueProblem(
          "expected O:, G:, D: or S:, in this order and each once, at '\(clipped(rest, limit: 12))'",
          at: index)
      }
      parts.removeFirst(place + 1)
      index += 2
      if letter == UInt8(ascii: "O") || letter == UInt8(ascii: "G") {
        try principal()
      } else {
        try accessList()
      }
    }
  }

  /// `D:` and `S:` hold flags and entries in parentheses.
  private mutating func accessList() throws(ValueProblem) {
    let start = index
    while let byte = next, byte != UInt8(ascii: "("), !isPart { index += 1 }
    try check(bytes[start..<index], of: ["P", "AR", "AI", "NO_ACCESS_CONTROL"], "flag of a list", at: start)
    while next == UInt8(ascii: "(") { try entry() }
  }

  /// Whether the next part begins here.
  private var isPart: Bool {
    guard let byte = next, index + 1 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: ":") else {
      return false
    }
    return "OGDS".utf8.contains(byte)
  }

  /// `(type;flags;rights;object;inherited object;principal)`, for some types with a seventh field.
  private mutating func entry() throws(ValueProblem) {
    let start = index
    index += 1
    let type = try field(of: start)
    guard Self.aceTypes.contains(String(decoding: type, as: UTF8.self)) else {
      throw ValueProblem("'\(clipped(text(type), limit: 20))' is no type of an entry", at: type.startIndex)
    }
    let flags = try field(of: start)
    try check(flags, of: Self.aceFlags, "flag of an entry", at: flags.startIndex)
    let rights = try field(of: start)
    if !Self.isNumber(rights) { try check(rights, of: Self.rights, "right", at: rights.startIndex) }
    for _ in 0..<2 {
      let guid = try field(of: start)
      guard guid.isEmpty || Self.isGUID(guid) else {
        throw ValueProblem("'\(clipped(text(guid), limit: 40))' is no GUID", at: guid.startIndex)
      }
    }
    try principal()
    if next == UInt8(ascii: ";") {
      index += 1
      try condition(of: start)
    }
    guard next == UInt8(ascii: ")") else {
      throw ValueProblem("an entry does not end in ')' behind its principal", at: index)
    }
    index += 1
  }

  /// A field up to its semicolon.
  private mutating func field(of entry: Int) throws(ValueProblem) -> ArraySlice<UInt8> {
    let start = index
    while let byte = next, byte != UInt8(ascii: ";") {
      guard byte != UInt8(ascii: "("), byte != UInt8(ascii: ")") else { break }
      index += 1
    }
    guard next == UInt8(ascii: ";") else {
      throw ValueProblem("an entry has fewer than six fields with ';' between them", at: entry)
    }
    index += 1
    return bytes[start..<(index - 1)]
  }

  /// A condition or an attribute: only its parentheses are looked at.
  private mutating func condition(of entry: Int) throws(ValueProblem) {
    var depth = 0
    while let byte = next {
      if byte == UInt8(ascii: ")") {
        guard depth > 0 else { return }
        depth -= 1
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      index += 1
    }
    throw ValueProblem("an entry is not closed", at: entry)
  }

  /// `S-1-5-32-544`, or two letters such as `BA`.
  private mutating func principal() throws(ValueProblem) {
    let start = index
    if bytes[index...].starts(with: "S-1-".utf8) {
      index += 4
      var digits = 0
      while let byte = next, isHexadecimalDigit(byte) || "-xX".utf8.contains(byte) {
        // `S-1-5-18D:` begins the next part behind the number.
        guard !isPart else { break }
        index += 1
        digits += byte == UInt8(ascii: "-") ? 0 : 1
      }
      guard digits > 0, bytes[index - 1] != UInt8(ascii: "-") else {
        throw ValueProblem("'\(clipped(text(bytes[start..<index]), limit: 40))' is no SID", at: start)
      }
      return
    }
    let letters = bytes[index...].prefix(2)
    guard letters.count == 2, letters.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else {
      throw ValueProblem(
        next == nil
          ? "it ends where a principal belongs"
          : "expected a SID or two letters for a principal at '\(clipped(rest, limit: 12))'", at: index)
    }
    index += 2
  }

  /// Tokens written one after the other, each of a set.
  private func check(
    _ field: ArraySlice<UInt8>, of tokens: Set<String>, _ what: String, at offset: Int
  ) throws(ValueProblem) {
    var rest = text(field)[...]
    while !rest.isEmpty {
      guard let token = tokens.first(where: { rest.hasPrefix($0) }) else {
        throw ValueProblem(
          "'\(clipped(rest, limit: 20))' is no \(what)", at: offset + field.count - rest.utf8.count)
      }
      rest = rest.dropFirst(token.count)
    }
  }

  private static func isNumber(_ field: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: field, as: UTF8.self)
    return IntegerText(decimal: text) != nil || IntegerText.hexadecimal(text) != nil
  }

  private static func isGUID(_ field: ArraySlice<UInt8>) -> Bool {
    guard field.count == 36 else { return false }
    return field.enumerated().allSatisfy { place, byte in
      [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : isHexadecimalDigit(byte)
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
  private var rest: String { text(bytes[index...].prefix(48)) }
}
