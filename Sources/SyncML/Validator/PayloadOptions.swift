import CSPCatalog
import XMLInput

/// What payloads are judged against, and how strictly.
public struct PayloadOptions: Sendable {
  /// The nodes that are known; nil to judge the structure alone.
  public var catalog: CSPCatalog?
  /// Whether a fragment is judged as if it were sent as it is, so that nothing is left to a server to add.
  public var isStrict: Bool
  /// How many nodes are remembered to compare commands with each other, about 100 bytes each.
  public var comparedNodes = 1 << 16
  /// How large a payload and its parts may be.
  public var limits: XMLLimits
  /// The devices that the payload is for; nil to leave open whether they have its nodes.
  public var targets: TargetDevices?
  /// How many findings are kept; further ones are only counted.
  public var findingLimit: Int
  /// Which findings the author of the payload accepted.
  package var waivers: [PayloadWaiver] = []
  /// What is to be said of the payload before anything in it.
  package var remarks: [PayloadFinding] = []

  /// Options; those left out are the defaults of `policyc validate`.
  public init(
    catalog: CSPCatalog?, isStrict: Bool = false, targets: TargetDevices? = nil,
    limits: XMLLimits = XMLLimits(),
    findingLimit: Int = 1000
  ) {
    self.catalog = catalog
    self.isStrict = isStrict
    self.targets = targets
    self.limits = limits
    self.findingLimit = findingLimit
  }
}
