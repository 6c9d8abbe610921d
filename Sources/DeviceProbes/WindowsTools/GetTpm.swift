import PolicyModel

/// What PowerShell's `Get-Tpm` prints, as a list or as JSON.
///
/// The names of properties and the words True and False are the same in every language of Windows; error messages are not.
/// `OwnerAuth`, which may hold a secret, is never read.
enum GetTpm: ToolParser {
  static let names = [
    "tpm.present", "tpm.ready", "tpm.enabled", "tpm.activated", "tpm.owned", "tpm.version",
    "tpm.manufacturer",
    "tpm.firmware", "tpm.lockout_counter", "tpm.locked_out",
  ]

  private static let tool = "Get-Tpm"

  static func findings(in text: ToolText) -> FactFindings {
    let fields = PowerShellObject.properties(in: text)
    let known = properties.map { fields[$0] }
    guard known.contains(where: { if case .none = $0 { false } else { true } }) else {
      return ToolRefusal.findings(names.filter { $0 != "tpm.version" }, tool: tool, in: text)
    }
    var facts = FieldFacts(tool: tool)
    if known.allSatisfy(\.isBlank) {
      facts.miss(
        names.filter { $0 != "tpm.version" }, "Get-Tpm has no values, as it is without administrator rights")
      return facts.findings
    }
    takePresence(fields, &facts)
    facts.takeBool("tpm.ready", fields["TpmReady"], named: "TpmReady")
    facts.takeBool("tpm.enabled", fields["TpmEnabled"], named: "TpmEnabled")
    facts.takeBool("tpm.activated", fields["TpmActivated"], named: "TpmActivated")
    facts.takeBool("tpm.owned", fields["TpmOwned"], named: "TpmOwned")
    if facts.findings["tpm.present"] == .value(.bool(false)) {
      facts.miss(
        ["tpm.version", "tpm.manufacturer", "tpm.firmware", "tpm.lockout_counter", "tpm.locked_out"],
        "Get-Tpm finds no TPM")
      return facts.findings
    }
    TPMIdentityFields.takeManufacturer(fields, into: &facts)
    TPMIdentityFields.takeFirmware(fields, into: &facts)
    if fields["LockoutCount"].field?.value == TPMIdentityFields.notSupported {
      facts.findings.miss("tpm.lockout_counter", "Get-Tpm does not tell the counter of a TPM 1.2")
    } else {
      facts.takeCount("tpm.lockout_counter", fields["LockoutCount"], named: "LockoutCount")
    }
    facts.takeBool("tpm.locked_out", fields["LockedOut"], named: "LockedOut")
    let old = ["ManufacturerVersionFull20", "LockoutCount"].contains {
      fields[$0].field?.value == TPMIdentityFields.notSupported
    }
    if old { facts.findings.set("tpm.version", .version(Version(1, 2, written: 2))) }
    return facts.findings
  }

  /// `TpmPresent`, unless it is false while other properties describe a TPM.
  private static func takePresence(_ fields: ToolFields, _ facts: inout FieldFacts) {
    facts.takeBool("tpm.present", fields["TpmPresent"], named: "TpmPresent")
    guard facts.findings["tpm.present"] == .value(.bool(false)), let said = fields["TpmPresent"].field else {
      return
    }
    for name in [
      "TpmReady", "TpmEnabled", "TpmActivated", "TpmOwned", "ManufacturerId", "ManufacturerVersion",
    ] {
      guard let field = fields[name].field, !["", "0", "false"].contains(field.value.lowercased()) else {
        continue
      }
      // What is not understood says nothing of a TPM.
      guard
        FieldValue.bool(field.value) == true || FieldValue.count(field.value) != nil
          || Version(field.value) != nil
      else { continue }
      facts.findings.miss("tpm.present", facts.contradiction(said, field))
      return
    }
  }

  /// Properties that no other output has; one is enough to know that this is Get-Tpm's.
  private static let properties = [
    "TpmPresent", "TpmReady", "TpmEnabled", "TpmActivated", "TpmOwned", "ManagedAuthLevel",
    "OwnerClearDisabled",
    "AutoProvisioning", "LockedOut", "LockoutHealTime", "LockoutCount", "LockoutMax", "ManufacturerIdTxt",
  ]
}
