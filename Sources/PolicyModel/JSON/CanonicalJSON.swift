import Diagnostics

extension JSONValue {
  /// The value as canonical JSON (RFC 8785): no blanks, members sorted by UTF-16 code units, the shortest escapes.
  ///
  /// Integers beyond 2^53 do not survive every reader; use ``exact(_:)`` to make them.
  public func canonicalBytes() -> [UInt8] { bytes(escaping: .canonical) }

  /// The value as a document has it: canonical, but that what acts on a terminal or hides other text is an escape, which JSON leaves to
  /// the writer. It reads back as the same value.
  package var document: [UInt8] { bytes(escaping: .hidden) }

  /// A document on a line of its own.
  package var line: [UInt8] { document + [UInt8(ascii: "\n")] }

  private func bytes(escaping escapes: JSONEscapes) -> [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, escapes)
    return bytes
  }

  private func write(to bytes: inout [UInt8], _ escapes: JSONEscapes) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .integer(let number): bytes += "\(number)".utf8
    case .string(let text): appendJSON(text, escaping: escapes, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(to: &bytes, escapes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      let sorted = members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendJSON(member.name, escaping: escapes, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes, escapes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
