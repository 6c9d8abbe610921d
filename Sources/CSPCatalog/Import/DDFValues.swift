import Diagnostics

/// Allowed values while they are being read: of a node, of a group of dependencies or of one dependency.
struct DDFValues {
  /// `ValueType`
  var kind: String
  /// The texts of `MSFT:Value`.
  var values: [String] = []
  /// The texts of `MSFT:ValueDescription`, by value. They are not kept beyond the node.
  private(set) var descriptions: [String: String] = [:]
  /// The description that was read last and belongs to no value yet.
  var pending: String?
  /// The policy of `MSFT:AdmxBacked`.
  var admx: AllowedValues?
  var at: SourcePosition

  init(kind: String, at: SourcePosition) {
    self.kind = kind
    self.at = at
  }

  /// Ends an `MSFT:Enum`, which holds one value and its description.
  mutating func finishEnum() {
    if let pending, let value = values.last { descriptions[value.trimmed] = pending }
    pending = nil
  }

  /// What is wrong with the text of values.
  typealias Problem = (kind: DDFImport.Note.Kind, message: String)

  /// The values, and what is wrong with their text; what cannot be read is left out.
  func read() -> (values: AllowedValues, problem: Problem?) {
    switch kind {
    case "None": return (.any, nil)
    case "ENUM": return (.enumeration(values.map(\.trimmed)), nil)
    case "Flag":
      let bits = values.compactMap { DDFText.number($0.trimmed) }
      return (
        .flags(bits), bits.count == values.count ? nil : (.valueSyntax, "a flag is no number; it is left out")
      )
    case "Range":
      let ranges = values.compactMap { DDFText.ranges($0.trimmed) }
      guard ranges.count == values.count, !ranges.isEmpty else {
        let text = values.joined(separator: " ")
        return (.unstated, (.rangeSyntax, "range '\(text)': expected one such as [0-100]; it is left out"))
      }
      let read = AllowedValues.ranges(ranges.flatMap { $0 })
      guard let odd = values.first(where: { $0.contains("(") }) else { return (read, nil) }
      return (read, (.rangeSyntax, "range '\(odd)': expected one such as [0-100]; it is read as \(read)"))
    case "RegEx": return (.pattern(values.first ?? ""), nil)
    case "ADMX":
      guard let admx else {
        return (.unstated, (.missing, "values of type ADMX name no ADMX policy; they are left out"))
      }
      return (admx, nil)
    case "XSD": return (.xsd, nil)
    case "JSON": return (.json, nil)
    case "SDDL": return (.sddl, nil)
    default: return (.unstated, (.unknownWord, "values of type '\(kind)' are not known; they are left out"))
    }
  }
}
