import PolicyModel

/// What a device must have for a fact or a node to mean anything.
public enum HardwareNeed: String, Hashable, Sendable, CaseIterable {
  /// Any TPM.
  case tpm = "tpm"
  case tpm20 = "tpm 2.0"
  /// A TPM 2.0 that is ready (provisioned, owned, not locked out).
  case tpmReady = "tpm ready"
  /// Hardware that can run virtualization-based security.
  case vbsHardware = "vbs hardware"
}

/// One entry of the fact catalogue: a typed, named property of a device and where it comes from.
public struct FactEntry: Hashable, Sendable {
  /// The dotted name, such as `tpm.version`.
  public var name: String
  public var type: ValueType
  /// `seconds`, `bytes`, … for an integer that has a unit.
  public var unit: String?
  /// What it means, in one sentence, English and Japanese.
  public var summary: [String: String]
  public var needs: HardwareNeed?
  /// The CSP node that answers it over MDM, in normal form, or nil.
  public var cspNode: String?
  /// How the node's raw value decodes: raw text to the language's spelling of the value (`"1": on`). Empty when
  /// the raw text is read as the type's own spelling.
  public var cspValues: [String: String]

  public init(
    name: String, type: ValueType, unit: String? = nil, summary: [String: String] = [:],
    needs: HardwareNeed? = nil, cspNode: String? = nil, cspValues: [String: String] = [:]
  ) {
    self.name = name
    self.type = type
    self.unit = unit
    self.summary = summary
    self.needs = needs
    self.cspNode = cspNode
    self.cspValues = cspValues
  }
}
