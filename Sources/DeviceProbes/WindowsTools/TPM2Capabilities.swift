import PolicyModel

/// What `tpm2_getcap properties-fixed` or `properties-variable` of tpm2-tools prints.
///
/// It means to be YAML and is not always: a vendor's text may have quotation marks of its own. Only names and raw numbers are read.
enum TPM2Capabilities: ToolParser {
  static let names = [
    "tpm.present", "tpm.version", "tpm.spec_revision", "tpm.manufacturer", "tpm.firmware",
    "tpm.lockout_counter",
    "tpm.locked_out",
  ]

  private static let tool = "tpm2_getcap"

  static func findings(in text: ToolText) -> FactFindings {
    let properties = properties(in: text)
    guard !properties.isEmpty else { return ToolRefusal.findings(names, tool: tool, in: text) }
    var findings = FactFindings()
    var answers: [String: TPMFacts.Answer] = [:]
    if properties.keys.contains(where: { $0 < 0x200 }) {
      answers.merge(TPMFacts.identity(properties)) { _, new in new }
    }
    if properties.keys.contains(where: { $0 >= 0x200 }) {
      answers.merge(TPMFacts.lockout(properties)) { _, new in new }
    }
    answers["tpm.present"] = .success(.bool(true))
    for (name, answer) in answers {
      switch answer {
      case .success(let value): findings.set(name, value)
      case .failure(let failure): findings.miss(name, failure.reason)
      }
    }
    return findings
  }

  private static let numbers: [String: UInt32] = [
    "TPM2_PT_FAMILY_INDICATOR": TPMFacts.Property.familyIndicator,
    "TPM2_PT_REVISION": TPMFacts.Property.revision,
    "TPM2_PT_MANUFACTURER": TPMFacts.Property.manufacturer,
    "TPM2_PT_FIRMWARE_VERSION_1": TPMFacts.Property.firmwareVersion1,
    "TPM2_PT_FIRMWARE_VERSION_2": TPMFacts.Property.firmwareVersion2,
    "TPM2_PT_LOCKOUT_COUNTER": TPMFacts.Property.lockoutCounter,
  ]

  /// The properties by number. One that is given twice with two values is left out.
  private static func properties(in text: ToolText) -> [UInt32: UInt32] {
    var found: [UInt32: UInt32] = [:]
    var doubtful: Set<UInt32> = []
    func set(_ property: UInt32, _ value: UInt32) {
      if let other = found[property], other != value { doubtful.insert(property) }
      found[property] = value
    }
    var name = ""
    let whole = text.endsWithinLine ? text.lines.dropLast() : text.lines[...]
    for line in whole {
      guard let field = ToolFields.field(in: line, isCut: false) else { continue }
      if !(line.utf8.first == 0x20 || line.utf8.first == 0x09) {
        name = field.name
        if let property = numbers[name], let value = number(field.value) { set(property, value) }
      } else if field.name == "raw", let property = numbers[name], let value = number(field.value) {
        set(property, value)
      } else if field.name == "inLockout", name == "TPM2_PT_PERMANENT",
        field.value == "0" || field.value == "1"
      {
        set(TPMFacts.Property.permanent, field.value == "1" ? 1 << 9 : 0)
      }
    }
    return found.filter { !doubtful.contains($0.key) }
  }

  /// A number in hexadecimal or decimal.
  private static func number(_ text: String) -> UInt32? {
    guard text.hasPrefix("0x") else { return FieldValue.count(text) }
    let digits = text.dropFirst(2)
    guard digits.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else { return nil }
    return UInt32(digits, radix: 16)
  }
}
