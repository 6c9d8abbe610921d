import PolicyModel

/// The properties by which Windows names a TPM, in `Get-Tpm` and in `Win32_Tpm`.
enum TPMIdentityFields {
  /// What Windows prints where a property is only defined for TPM 2.0.
  static let notSupported = "Not Supported for TPM 1.2"

  /// Takes `tpm.manufacturer`: `ManufacturerIdTxt`, and `ManufacturerId`, which is the same as a number.
  static func takeManufacturer(_ fields: ToolFields, into facts: inout FieldFacts) {
    let fact = "tpm.manufacturer"
    guard let number = fields["ManufacturerId"].field, !number.isCut,
      let value = FieldValue.count(number.value),
      let name = TPMFacts.text(value)
    else {
      facts.take(fact, fields["ManufacturerIdTxt"], named: "ManufacturerIdTxt") {
        FieldValue.manufacturer($0).map { .string($0) }
      }
      return
    }
    switch fields["ManufacturerIdTxt"] {
    case .several(let first, let second): facts.findings.miss(fact, facts.contradiction(first, second))
    case .one(let text) where !text.value.isEmpty && text.value != name:
      facts.findings.miss(fact, facts.contradiction(text, number))
    default: facts.findings.set(fact, .string(name))
    }
  }

  /// Takes `tpm.firmware`: `ManufacturerVersionFull20`, or of a TPM 1.2 `ManufacturerVersion`.
  ///
  /// The latter is not the same for a TPM 2.0: older Windows shows two of its four numbers, and Infineon's in another form, which is
  /// converted where it is sure to be that.
  static func takeFirmware(_ fields: ToolFields, into facts: inout FieldFacts) {
    let full = fields["ManufacturerVersionFull20"]
    let isOld = full.field?.value == notSupported
    if case .none = full, case .one(let short) = fields["ManufacturerVersion"], !short.value.isEmpty {
      if facts.takeInfineonFirmware(short) { return }
      facts.findings.miss(
        "tpm.firmware",
        "the output of \(facts.tool) has no line 'ManufacturerVersionFull20', and \(ToolText.quote(short.line)) may be in another form"
      )
      return
    }
    let name = isOld ? "ManufacturerVersion" : "ManufacturerVersionFull20"
    facts.takeVersion("tpm.firmware", fields[name], named: name)
  }
}
