extension AllowedValues {
  /// The compact form, such as `enum:0,1,2`, `range:-1..100` or `any`; nil for ``unstated``.
  var compact: String? {
    switch self {
    case .unstated: nil
    case .any: "any"
    case .enumeration(let values):
      "enum:" + values.map { EscapedText.escape($0, separators: ",") }.joined(separator: ",")
    case .ranges(let ranges): "range:" + ranges.map(Self.compact).joined(separator: ",")
    case .flags(let bits): "flags:" + bits.map { String($0) }.joined(separator: ",")
    case .pattern(let pattern): "regex:" + EscapedText.escape(pattern)
    case .admx(let file, let area, let name):
      "admx:" + [file, area, name].map { EscapedText.escape($0, separators: "|") }.joined(separator: "|")
    case .xsd: "xsd"
    case .json: "json"
    case .sddl: "sddl"
    }
  }

  /// Reads the compact form; nil when the text is none.
  init?(compact text: String) {
    let parts = text.parts(at: UInt8(ascii: ":"), most: 2)
    let content = parts.count == 2 ? parts[1] : ""
    switch (String(parts[0]), parts.count) {
    case ("any", 1): self = .any
    case ("xsd", 1): self = .xsd
    case ("json", 1): self = .json
    case ("sddl", 1): self = .sddl
    case ("regex", 2): self = .pattern(EscapedText.unescape(content))
    case ("enum", 2):
      self = .enumeration(EscapedText.split(content, at: ",").map { EscapedText.unescape($0) })
    case ("range", 2):
      let pieces = content.parts(at: UInt8(ascii: ","))
      let ranges = pieces.compactMap(Self.range)
      guard ranges.count == pieces.count else { return nil }
      self = .ranges(ranges)
    case ("flags", 2):
      let pieces = content.split(separator: ",")
      let bits = pieces.compactMap { UInt64($0) }
      guard bits.count == pieces.count else { return nil }
      self = .flags(bits)
    case ("admx", 2):
      let pieces = EscapedText.split(content, at: "|").map { EscapedText.unescape($0) }
      guard pieces.count == 3 else { return nil }
      self = .admx(file: pieces[0], area: pieces[1], name: pieces[2])
    default: return nil
    }
  }

  private static func compact(_ range: ClosedRange<Int64>) -> String {
    range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)..\(range.upperBound)"
  }

  private static func range(_ text: Substring) -> ClosedRange<Int64>? {
    if let single = Int64(text) { return single...single }
    guard let dot = text.firstIndex(of: "."), let low = Int64(text[..<dot]) else { return nil }
    let rest = text[dot...]
    guard rest.hasPrefix(".."), let high = Int64(rest.dropFirst(2)), low <= high else { return nil }
    return low...high
  }
}

extension AllowedValues: CustomStringConvertible {
  /// As a person reads it: `0, 1 or 2`, `1 to 100`, `the ADMX policy …`.
  package var description: String {
    switch self {
    case .unstated: "not stated"
    case .any: "any value of the format"
    case .enumeration(let values): "one of \(Self.list(values.map { $0.isEmpty ? "(empty)" : $0 }))"
    case .ranges(let ranges):
      Self.list(
        ranges.map {
          $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
        })
    case .flags(let bits): "any sum of \(bits.map { String($0) }.joined(separator: ", "))"
    case .pattern(let pattern):
      pattern.isEmpty ? "a regular expression that is empty" : "text that matches \(pattern)"
    case .admx(let file, let area, let name): "an ADMX policy: \(name) of \(area) in \(file)"
    case .xsd: "XML after a schema"
    case .json: "JSON"
    case .sddl: "a security descriptor (SDDL)"
    }
  }

  private static func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) or \(last)"
  }
}
