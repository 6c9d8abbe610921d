import PolicyModel

/// Reads what `Format-List` prints: `Name : Value`, one a line, the names in English whatever the language of Windows.
///
/// A value that is broken over several lines goes on where the values stand. Objects follow each other; a name that comes again begins the
/// next one. Everything else, a prompt or a greeting, is passed over.
enum ListText {
  /// Stands for the items that a list leaves out: PowerShell prints four of a list's items, and `...` for the others.
  static let ellipsis = "…"
  /// The most objects that an answer may have.
  static let objectLimit = 1024
  /// The longest value that is put together from several lines, in bytes.
  private static let valueLimit = 1 << 14

  /// The members of each object, or nil when there are more objects than are read: a part could tell something else than the whole.
  static func objects(in text: ToolText) -> [[JSONMember]]? {
    var objects: [[JSONMember]] = []
    var names: Set<String> = []
    var fields: [(name: String, value: String)] = []
    var indentation: Int?
    func finish() {
      if !fields.isEmpty { objects.append(fields.map { JSONMember($0.name, value($0.value)) }) }
      fields = []
      names = []
    }
    for line in text.lines {
      let bytes = Array(line.utf8)
      let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
      guard blanks < bytes.count else { continue }
      if blanks <= indentation ?? 8, let field = field(bytes[blanks...]) {
        indentation = indentation ?? blanks
        if names.contains(field.name.lowercased()) {
          finish()
          guard objects.count < objectLimit else { return nil }
        }
        names.insert(field.name.lowercased())
        fields.append(field)
      } else if let start = indentation, blanks > start, let last = fields.indices.last,
        fields[last].value.utf8.count + bytes.count <= valueLimit
      {
        fields[last].value += String(decoding: bytes[blanks...], as: UTF8.self)
      }
    }
    finish()
    return objects
  }

  /// A line's name and value, or nil when it has none.
  private static func field(_ bytes: ArraySlice<UInt8>) -> (name: String, value: String)? {
    let name = bytes.prefix { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    let rest = bytes[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
    guard !name.isEmpty, name.count <= 64, rest.first == UInt8(ascii: ":") else { return nil }
    let value = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
    return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }

  /// A printed value as JSON has it.
  static func value(_ text: String) -> JSONValue {
    var bytes = text.utf8[...]
    while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
    guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") else {
      return scalar(Substring(bytes))
    }
    var items: [JSONValue] = []
    for part in bytes.dropFirst().dropLast().split(separator: UInt8(ascii: ",")) {
      var item = Substring(part)
      var isCut = false
      for mark in ["...", ellipsis] where item.hasSuffix(mark) {
        item = item.dropLast(mark.count)
        isCut = true
      }
      let words = item.drop { $0 == " " }
      if !words.isEmpty { items.append(scalar(words)) }
      if isCut { items.append(.string(ellipsis)) }
    }
    return .array(items)
  }

  /// An object as `Format-List` would print it, for parsers that read no JSON.
  static func text(of members: [JSONMember]) -> ToolText {
    ToolText(members.map { "\($0.name) : \(printed($0.value))\n" }.joined())
  }

  private static func printed(_ value: JSONValue) -> String {
    switch value {
    case .null, .object: ""
    case .bool(let value): value ? "True" : "False"
    case .integer(let number): "\(number)"
    case .string(let text): text
    case .array(let items): "{\(items.map(printed).joined(separator: ", "))}"
    }
  }

  private static func scalar(_ text: Substring) -> JSONValue {
    switch text {
    case "": .null
    case "True": .bool(true)
    case "False": .bool(false)
    default: Int64(text).flatMap { "\($0)" == text ? .integer($0) : nil } ?? .string(String(text))
    }
  }
}
