import PolicyModel

/// What PowerShell's `Get-TpmEndorsementKeyInfo` prints, as a list or as JSON.
///
/// The certificates of the manufacturer are those in the TPM; `AdditionalCertificates` are those that Windows fetched.
enum EndorsementKeyInformation: ToolParser {
  static let names = ["tpm.ek_certificate"]

  private static let tool = "Get-TpmEndorsementKeyInfo"

  static func findings(in text: ToolText) -> FactFindings {
    let fields = PowerShellObject.properties(in: text)
    let certificates = fields["ManufacturerCertificates"]
    let presence = fields["IsPresent"]
    if case (.none, .none) = (certificates, presence) {
      return ToolRefusal.findings(names, tool: tool, in: text)
    }
    var facts = FieldFacts(tool: tool)
    if let field = presence.field, FieldValue.bool(field.value) != true {
      facts.miss(
        names, "Get-TpmEndorsementKeyInfo finds no endorsement key, it says \(ToolText.quote(field.line))")
      return facts.findings
    }
    facts.take("tpm.ek_certificate", certificates, named: "ManufacturerCertificates", isWhole: true) {
      value in
      if value == "{}" { return .bool(false) }
      return value.hasPrefix("{") && value.utf8.count > 1 ? .bool(true) : nil
    }
    return facts.findings
  }
}
