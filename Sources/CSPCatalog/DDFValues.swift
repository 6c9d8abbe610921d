import XMLInput

/// Allowed values while they are being read: of a node, of a group of dependencies or of one dependency.
struct DDFValues {
  /// `ValueType`
  var kind: String
  /// The texts of `MSFT:Value`.
  var values: [String] = []
  /// The policy of `MSFT:AdmxBacked`.
  var admx: AllowedValues?
  var at: XMLPosition

  /// The values, and what is wrong with their text; what is wrong is left out.
  func read() -> (values: AllowedValues, problem: String?) {
    switch kind {
    case "None": return (.any, nil)
    case "ENUM": return (.enumeration(values.map(\.trimmed)), nil)
    case "Flag":
      let bits = values.compactMap { DDFText.number($0.trimmed) }
      return (.flags(bits), bits.count == values.count ? nil : "a flag is no number; it is left out")
    case "Range":
      let ranges = values.compactMap { DDFText.ranges($0.trimmed) }
      guard ranges.count == values.count, !ranges.isEmpty else {
        let text = values.joined(separator: " ")
        return (.unstated, "range '\(text)': expected one such as [0-100]; it is left out")
      }
      return (.ranges(ranges.flatMap { $0 }), nil)
    case "RegEx": return (.pattern(values.first ?? ""), nil)
    case "ADMX":
      return (
        admx ?? .unstated, admx == nil ? "values of type ADMX name no ADMX policy; they are left out" : nil
      )
    case "XSD": return (.xsd, nil)
    case "JSON": return (.json, nil)
    case "SDDL": return (.sddl, nil)
    default: return (.unstated, "values of type '\(kind)' are not known; they are left out")
    }
  }
}
