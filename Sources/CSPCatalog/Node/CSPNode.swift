import PolicyModel

/// One node of a CSP, as a DDF describes it: facts only, with what it inherits already filled in.
package struct CSPNode: Hashable, Sendable {
  /// The normal form of the path, `./Device/Vendor/MSFT/…` or `./User/Vendor/MSFT/…`; a dynamic segment is its
  /// placeholder, `{ProviderID}`.
  package var locURI: String
  /// In which management session the node is addressed.
  package var scope: CSPScope
  /// The commands it accepts.
  package var access: AccessTypes
  /// The format of its value; ``NodeFormat/node`` for an inner node.
  package var format: NodeFormat
  /// How often it occurs below its parent.
  package var occurrence: NodeOccurrence
  /// Builds on which the node exists, its own or its nearest ancestor's.
  package var applicability: NodeApplicability
  /// Edition ids (`0x30`), own or inherited; empty when the DDF names none.
  package var editions: [UInt16]
  /// The values it takes.
  package var allowedValues: AllowedValues
  /// What stands between the values of a list, or nil when the node takes a single value.
  package var listDelimiter: String?
  /// The value it has until one is set, as the DDF writes it.
  package var defaultValue: String?
  /// Whether the node is an outermost one of its DDF file, which inherits nothing.
  package var isRoot: Bool
  /// Whether the node's name is chosen by the server or the device (`{…}`).
  package var isDynamic: Bool
  /// Who chooses the name of a dynamic node, where the DDF says it.
  package var naming: DynamicNaming?
  /// Whether the node is always there (`Permanent`) or made and removed (`Dynamic`).
  package var isPermanent: Bool
  /// Whether the node and all below it must stand in an `Atomic`.
  package var atomicRequired: Bool
  /// `CaseSense`, where the DDF has it.
  package var isCaseSensitive: Bool?
  /// Whether and since when the node is deprecated.
  package var deprecation: Deprecation?
  /// How values from several sources combine, where the DDF says it.
  package var conflictResolution: ConflictResolution?
  /// Whether a change needs a restart, where the DDF says so.
  package var reboot: RebootBehavior?
  /// What else must be set for the node to have an effect.
  package var dependencies: [DependencyGroup]
  /// The CSP file it comes from, without suffix, such as `DeviceStatus`.
  package var origin: String
  /// Which kind of description its facts are from; it says how far what is not stated means anything.
  package var source: NodeSource
  /// Those of its enumeration's values that switch the feature off, as the DDF's own description of the value says;
  /// empty where none plainly does.
  package var offValues: [String]

  /// A node from its facts.
  package init(
    locURI: String, scope: CSPScope, access: AccessTypes, format: NodeFormat, occurrence: NodeOccurrence,
    applicability: NodeApplicability, editions: [UInt16] = [], allowedValues: AllowedValues = .unstated,
    listDelimiter: String? = nil, defaultValue: String? = nil, isRoot: Bool = false, isDynamic: Bool = false,
    naming: DynamicNaming? = nil, isPermanent: Bool = false, atomicRequired: Bool = false,
    isCaseSensitive: Bool? = nil, deprecation: Deprecation? = nil,
    conflictResolution: ConflictResolution? = nil, reboot: RebootBehavior? = nil,
    dependencies: [DependencyGroup] = [], origin: String = "", source: NodeSource = .ddf2,
    offValues: [String] = []
  ) {
    self.locURI = locURI
    self.scope = scope
    self.access = access
    self.format = format
    self.occurrence = occurrence
    self.applicability = applicability
    self.editions = editions
    self.allowedValues = allowedValues
    self.listDelimiter = listDelimiter
    self.defaultValue = defaultValue
    self.isRoot = isRoot
    self.isDynamic = isDynamic
    self.naming = naming
    self.isPermanent = isPermanent
    self.atomicRequired = atomicRequired
    self.isCaseSensitive = isCaseSensitive
    self.deprecation = deprecation
    self.conflictResolution = conflictResolution
    self.reboot = reboot
    self.dependencies = dependencies
    self.origin = origin
    self.source = source
    self.offValues = offValues
  }
}
