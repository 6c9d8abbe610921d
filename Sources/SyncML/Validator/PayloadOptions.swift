import CSPCatalog
import XMLInput

/// What payloads are judged against, and how strictly.
package struct PayloadOptions: Sendable {
  /// The nodes that are known; nil to judge the structure alone.
  package var catalog: CSPCatalog?
  /// Whether a fragment is judged as if it were sent as it is, so that nothing is left to a server to add.
  package var isStrict: Bool
  /// How many nodes are remembered to compare commands with each other, about 100 bytes each.
  package var comparedNodes = 1 << 16
  /// How large a payload and its parts may be.
  package var limits: XMLLimits
  /// The devices that the payload is for; nil to leave open whether they have its nodes.
  package var targets: TargetDevices?
  /// How many findings are kept; further ones are only counted.
  package var findingLimit: Int
  /// Which findings the author of the payload accepted.
  package var waivers: [PayloadWaiver] = []
  /// What is to be said of the payload before anything in it.
  package var remarks: [PayloadFinding] = []

  /// Options; those left out are the defaults of `policyc validate`.
  package init(
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
