/// The form of a fleet's input.
package enum FleetFormat: String, Hashable, Sendable, CaseIterable {
  /// A table: one device a row, below a heading (RFC 4180, and what spreadsheets make of it).
  case csv
  /// JSON objects, one a device: one a line, in an array, or in the `value` of an answer of Graph.
  case ndjson

  /// The form that the extension of a file's name tells; nil when it tells none.
  package init?(path: String) {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "csv", "tsv", "txt": self = .csv
    case "ndjson", "jsonl", "json": self = .ndjson
    default: return nil
    }
  }

  /// The form that the beginning of the input tells: JSON begins with a brace or a bracket.
  package init(beginning bytes: some Sequence<UInt8>) {
    for byte in bytes {
      switch byte {
      // Byte order marks, the zeros of UTF-16, and blanks.
      case 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x00, 0x09, 0x0A, 0x0D, 0x20: continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): self = .ndjson
      default: self = .csv
      }
      return
    }
    self = .csv
  }
}
