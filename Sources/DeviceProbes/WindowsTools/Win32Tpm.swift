import PolicyModel

/// What PowerShell prints of an instance of the CIM class `Win32_Tpm`, as a list or as JSON.
///
/// Without administrator rights, there may be an instance with no value in it: that is no TPM that is missing.
enum Win32Tpm: ToolParser {
  static let names = [
    "tpm.present", "tpm.version", "tpm.spec_revision", "tpm.manufacturer", "tpm.firmware", "tpm.enabled",
    "tpm.activated", "tpm.owned",
  ]

  private static let tool = "Win32_Tpm"

  static func findings(in text: ToolText) -> FactFindings {
    let fields = PowerShellObject.properties(in: text)
    let present = properties.map { fields[$0] }
    if !present.contains(where: { if case .none = $0 { false } else { true } }) {
      return ToolRefusal.findings(names, tool: tool, in: text)
    }
    var facts = FieldFacts(tool: tool)
    if present.allSatisfy(\.isBlank) {
      facts.miss(names, "Win32_Tpm has no values, as it is without administrator rights")
      return facts.findings
    }
    takeVersion(fields["SpecVersion"], &facts)
    TPMIdentityFields.takeManufacturer(fields, into: &facts)
    TPMIdentityFields.takeFirmware(fields, into: &facts)
    for (fact, name) in switches { facts.takeBool(fact, fields[name], named: name) }
    // An instance that names a maker or a specification is that of a TPM.
    if ["tpm.version", "tpm.manufacturer"].contains(where: { isValue(facts.findings[$0]) }) {
      facts.findings.set("tpm.present", .bool(true))
    } else {
      facts.findings.miss(
        "tpm.present", "Win32_Tpm names neither the manufacturer nor the specification of a TPM")
    }
    return facts.findings
  }

  private static let switches = [
    ("tpm.enabled", "IsEnabled_InitialValue"), ("tpm.activated", "IsActivated_InitialValue"),
    ("tpm.owned", "IsOwned_InitialValue"),
  ]

  private static let properties =
    ["SpecVersion", "ManufacturerId", "ManufacturerIdTxt", "ManufacturerVersion"]
    + switches.map(\.1)

  private static func isValue(_ content: Observation.Content?) -> Bool {
    if case .value = content { return true }
    return false
  }

  /// `SpecVersion` is the family, a level and a revision, such as `2.0, 0, 1.59`; those of TPM 1.2 count otherwise.
  private static func takeVersion(_ lookup: ToolFields.Lookup, _ facts: inout FieldFacts) {
    let parts = lookup.field?.value.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
      .map(ToolFields.trim)
    let isWhole = parts?.count == 3
    facts.take("tpm.version", lookup, named: "SpecVersion", isWhole: isWhole) { _ in
      guard isWhole, let family = parts?[0], family == "1.2" || family == "2.0" else { return nil }
      return Version(family).map { .version($0) }
    }
    facts.take("tpm.spec_revision", lookup, named: "SpecVersion") { _ in
      guard isWhole, let revision = parts?[2], parts?[0] == "2.0" else { return nil }
      return Version(revision).map { .version($0) }
    }
    if facts.findings["tpm.version"] == .value(.version(Version(1, 2))) {
      facts.findings.miss("tpm.spec_revision", "the revisions of TPM 1.2 are not counted as those of TPM 2.0")
    }
  }
}
