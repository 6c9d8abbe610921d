import PolicyModel

/// What `tpmtool getdeviceinformation` prints.
///
/// It speaks the language of Windows, true and false included. English and French are known; a line in any other language makes its
/// fact unknown.
enum TpmtoolInformation: ToolParser {
  static let names = [
    "tpm.present", "tpm.version", "tpm.spec_revision", "tpm.manufacturer", "tpm.firmware",
    "tpm.ready_for_attestation", "tpm.vulnerable_firmware", "tpm.lockout_counter", "tpm.locked_out",
  ]

  private static let tool = "tpmtool"

  static func findings(in text: ToolText) -> FactFindings {
    let fields = ToolFields(lines: ToolFields.fields(in: text).lazy.compactMap(item))
    guard Line.allCases.contains(where: { if case .none = fields[$0.names] { false } else { true } }) else {
      let list = text.lines.first { ToolFields.trim($0.prefix(400)).hasPrefix("-") && $0.contains(":") }
      return ToolRefusal.findings(names, tool: tool, in: text, quoting: list)
    }
    var facts = FieldFacts(tool: tool)
    takePresence(fields, &facts)
    if facts.findings["tpm.present"] == .value(.bool(false)) {
      facts.miss(names.filter { $0 != "tpm.present" }, "tpmtool finds no TPM")
      return facts.findings
    }
    facts.take("tpm.version", fields[Line.version.names], named: Line.version.name) {
      $0 == "1.2" || $0 == "2.0" ? Version($0).map { .version($0) } : nil
    }
    facts.takeVersion("tpm.spec_revision", fields[Line.revision.names], named: Line.revision.name)
    if facts.findings["tpm.version"] == .value(.version(Version(1, 2))) {
      facts.findings.miss("tpm.spec_revision", "the revisions of TPM 1.2 are not counted as those of TPM 2.0")
    }
    facts.take("tpm.manufacturer", fields[Line.manufacturer.names], named: Line.manufacturer.name) {
      FieldValue.manufacturer($0).map { .string($0) }
    }
    takeFirmware(fields, &facts)
    takeBool("tpm.ready_for_attestation", .readyForAttestation, fields, &facts)
    takeBool("tpm.vulnerable_firmware", .vulnerableFirmware, fields, &facts)
    facts.takeCount("tpm.lockout_counter", fields[Line.lockoutCounter.names], named: Line.lockoutCounter.name)
    takeBool("tpm.locked_out", .lockedOut, fields, &facts)
    return facts.findings
  }

  /// The lines that give facts, with their names in the languages that are known, English first.
  private enum Line: CaseIterable {
    case present, version, revision, manufacturer, firmware, readyForAttestation, vulnerableFirmware
    case lockedOut, lockoutCounter

    var names: [String] {
      switch self {
      case .present: ["TPM Present", "TPM présent"]
      case .version: ["TPM Version", "Version du TPM"]
      case .revision: ["TPM Spec Version"]
      case .manufacturer: ["TPM Manufacturer ID", "ID du fabricant du TPM"]
      case .firmware: ["TPM Manufacturer Version", "Version du fabricant du TPM"]
      case .readyForAttestation: ["Ready For Attestation", "Prêt pour l'attestation"]
      case .vulnerableFirmware: ["TPM Has Vulnerable Firmware"]
      case .lockedOut: ["Is Locked Out"]
      case .lockoutCounter: ["Lockout Counter"]
      }
    }

    var name: String { names.first ?? "" }
  }

  /// A field of the list; each line begins with a hyphen, those of the lockout with a tab before it.
  private static func item(_ field: ToolFields.Field) -> ToolFields.Field? {
    guard field.name.hasPrefix("-") else { return nil }
    return ToolFields.Field(
      name: ToolFields.trim(field.name.dropFirst()), value: field.value, line: field.line, isCut: field.isCut)
  }

  private static func takeBool(
    _ fact: String, _ line: Line, _ fields: ToolFields, _ facts: inout FieldFacts
  ) {
    facts.take(fact, fields[line.names], named: line.name, isWhole: true) { bool($0).map { .bool($0) } }
  }

  private static func bool(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true", "vrai": true
    case "false", "faux": false
    default: nil
    }
  }

  /// Whether there is a TPM; an output that denies it and describes one is damaged.
  private static func takePresence(_ fields: ToolFields, _ facts: inout FieldFacts) {
    takeBool("tpm.present", .present, fields, &facts)
    guard facts.findings["tpm.present"] == .value(.bool(false)), let said = fields[Line.present.names].field
    else { return }
    for line in [Line.version, .manufacturer] {
      guard let field = fields[line.names].field,
        Version(field.value).map({ $0 > Version(0) }) ?? (FieldValue.manufacturer(field.value) != nil)
      else { continue }
      facts.findings.miss("tpm.present", facts.contradiction(said, field))
      return
    }
  }

  /// The firmware in the form that this tool has, which is the one of the TPM but for Infineon's: that is converted, where it is sure to be in
  /// the other form.
  private static func takeFirmware(_ fields: ToolFields, _ facts: inout FieldFacts) {
    facts.takeVersion("tpm.firmware", fields[Line.firmware.names], named: Line.firmware.name)
    guard case .value(.version(let version))? = facts.findings["tpm.firmware"] else { return }
    if let field = fields[Line.firmware.names].field, facts.takeInfineonFirmware(field) { return }
    if facts.findings["tpm.manufacturer"] == .value(.string("IFX")), version.written == 4 {
      facts.findings.miss(
        "tpm.firmware", "tpmtool shows firmware versions of Infineon in another form than the TPM does")
    } else if case .value? = facts.findings["tpm.manufacturer"] {
      return
    } else {
      facts.findings.miss(
        "tpm.firmware", "tpmtool does not say whose firmware it is, and Infineon's has another form")
    }
  }
}
