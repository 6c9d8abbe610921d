import PolicyModel

/// The properties of an object as PowerShell prints it: a list (`Format-List`, its default for most objects with more than
/// four properties) or JSON (`ConvertTo-Json`).
enum PowerShellObject {
  /// The properties of all objects in an output.
  static func properties(in text: ToolText) -> ToolFields {
    switch text.firstLine?.unicodeScalars.first(where: { !$0.properties.isWhitespace }) {
    case "{", "[": json(text)
    default: list(text)
    }
  }

  private static func json(_ text: ToolText) -> ToolFields {
    let bytes = Array(text.lines.joined(separator: "\n").utf8)
    guard let value = try? JSONValue(parsing: bytes) else { return ToolFields(lines: []) }
    var objects: [[JSONMember]] = []
    switch value {
    case .object(let members): objects = [members]
    case .array(let elements):
      for case .object(let members) in elements { objects.append(members) }
    default: break
    }
    return ToolFields(lines: objects.joined().compactMap(field))
  }

  private static func field(_ member: JSONMember) -> ToolFields.Field? {
    let value: String
    switch member.value {
    case .null: value = ""
    case .bool(let bool): value = bool ? "True" : "False"
    case .integer(let number): value = "\(number)"
    case .string(let string): value = ToolFields.trim(ToolText(string).lines.joined(separator: " "))
    // As lists show them.
    case .array(let elements): value = elements.isEmpty ? "{}" : "{…}"
    case .object: return nil
    }
    return ToolFields.Field(name: member.name, value: value, line: "\(member.name) : \(value)", isCut: false)
  }

  private static func list(_ text: ToolText) -> ToolFields {
    var fields = ToolFields(lines: [])
    var open: (field: ToolFields.Field, column: Int, endsWithBlank: Bool)?
    let last = text.endsWithinLine ? text.lines.count - 1 : text.lines.count
    for (place, line) in text.lines.enumerated() {
      let indent = line.utf8.prefix { $0 == 0x20 }.count
      if let current = open, indent >= current.column {
        // A value too wide for the console goes on below where it began.
        let rest = ToolFields.trim(line)
        if !rest.isEmpty {
          open?.field.value += (current.endsWithBlank ? " " : "") + rest
          open?.field.isCut = place == last
          open?.endsWithBlank = line.hasSuffix(" ")
        }
        continue
      }
      if let current = open { fields.add(current.field) }
      open = property(line, indent: indent, isCut: place == last)
    }
    if let current = open { fields.add(current.field) }
    return fields
  }

  /// A line `Name : value`, the name being one of PowerShell's, with the column that values begin in.
  private static func property(
    _ line: String, indent: Int, isCut: Bool
  ) -> (field: ToolFields.Field, column: Int, endsWithBlank: Bool)? {
    let rest = line.utf8.dropFirst(indent)
    let name = rest.prefix(
      80,
      while: { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
      })
    let blanks = rest.dropFirst(name.count).prefix { $0 == 0x20 }
    var value = rest.dropFirst(name.count + blanks.count)
    guard !name.isEmpty, value.popFirst() == 0x3A, value.first == nil || value.first == 0x20 else {
      return nil
    }
    let field = ToolFields.Field(
      name: String(decoding: name, as: UTF8.self), value: ToolFields.trim(line[value.startIndex...]),
      line: line,
      isCut: isCut)
    return (field, indent + name.count + blanks.count + 2, line.utf8.last == 0x20)
  }
}

extension Sequence<UInt8> {
  /// The first elements that fit, at most `limit`.
  fileprivate func prefix(_ limit: Int, while fits: (UInt8) -> Bool) -> [UInt8] {
    var result: [UInt8] = []
    for byte in self {
      guard result.count < limit, fits(byte) else { break }
      result.append(byte)
    }
    return result
  }
}
