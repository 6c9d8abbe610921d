import PolicyModel

/// Commands that a node accepts (`AccessType` of a DDF).
package struct AccessTypes: OptionSet, Hashable, Sendable {
  /// One bit a command.
  package let rawValue: UInt8

  /// The set of the commands whose bits are set.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `Add`
  package static let add = AccessTypes(rawValue: 1)
  /// `Delete`
  package static let delete = AccessTypes(rawValue: 2)
  /// `Exec`
  package static let exec = AccessTypes(rawValue: 4)
  /// `Get`
  package static let get = AccessTypes(rawValue: 8)
  /// `Replace`
  package static let replace = AccessTypes(rawValue: 16)
  /// `Copy`
  package static let copy = AccessTypes(rawValue: 32)

  /// The names in OMA's spelling, in a fixed order: `Add, Delete, Get, Replace`.
  package var names: [String] {
    [
      (AccessTypes.add, "Add"), (.copy, "Copy"), (.delete, "Delete"), (.exec, "Exec"), (.get, "Get"),
      (.replace, "Replace"),
    ].filter { contains($0.0) }.map(\.1)
  }
}

/// The format of a node's value (`DFFormat`), by OMA's names.
package enum NodeFormat: String, Hashable, Sendable, CaseIterable {
  case b64, bin, bool, chr, date, float, int, node, null, time, xml
}

/// How often a node occurs below its parent (`Occurrence`).
package enum NodeOccurrence: Hashable, Sendable {
  case one, zeroOrOne, zeroOrMore, oneOrMore
  /// `OneOrN` and `ZeroOrN`; the number is nil where the DDF leaves it out.
  case oneOrN(Int?), zeroOrN(Int?)
}

/// In which management session a node can be addressed.
package enum CSPScope: String, Hashable, Sendable {
  /// `./Device/…`, and roots without either prefix.
  case device
  /// `./User/…`
  case user
}

/// Who chooses the name of a dynamic node (`MSFT:DynamicNodeNaming`).
package enum DynamicNaming: String, Hashable, Sendable, CaseIterable {
  /// The device lists what it has (`ClientInventory`).
  case clientInventory
  /// The server makes an identifier up (`ServerGeneratedUniqueIdentifier`).
  case serverGenerated
  /// The name means something, such as a hash or a package name (`UniqueName`).
  case uniqueName
}

/// How values that several sources set combine (`MSFT:ConflictResolution`). A node without it is not merged.
package enum ConflictResolution: String, Hashable, Sendable, CaseIterable {
  /// The last write counts.
  case lastWrite = "LastWrite"
  /// The lowest value is the most secure and counts.
  case lowestValueMostSecure = "LowestValueMostSecure"
  /// The highest value is the most secure and counts.
  case highestValueMostSecure = "HighestValueMostSecure"
  /// As ``lowestValueMostSecure``, but zero means no limit and is the least secure.
  case lowestValueMostSecureZeroHasNoLimits = "LowestValueMostSecureZeroHasNoLimits"
  /// As ``highestValueMostSecure``, but zero means no limit and is the most lenient.
  case highestValueMostSecureZeroHasNoLimits = "HighestValueMostSecureZeroHasNoLimits"
}

/// What follows a change of a node (`MSFT:RebootBehavior`).
package enum RebootBehavior: String, Hashable, Sendable, CaseIterable {
  /// The device restarts by itself.
  case automatic = "Automatic"
  /// The server has to restart the device.
  case serverInitiated = "ServerInitiated"
}

/// That a node is deprecated (`MSFT:Deprecated`).
package struct Deprecation: Hashable, Sendable {
  /// The build since which it is, or nil when the DDF names none.
  package var since: OSBuild?

  /// A deprecation since a build, or since an unknown one.
  package init(since: OSBuild? = nil) { self.since = since }
}

/// A condition on other nodes without which a node has no effect (`MSFT:DependencyGroup`).
package struct DependencyGroup: Hashable, Sendable {
  /// One node that another depends on.
  package struct Dependency: Hashable, Sendable {
    /// The path of the node, in the catalogue's normal form.
    package var locURI: String
    /// Whether the node must have one of the values, or must not.
    package var isNegated: Bool
    /// The values that count.
    package var values: AllowedValues

    /// A dependency on some values of a node.
    package init(locURI: String, isNegated: Bool = false, values: AllowedValues) {
      self.locURI = locURI
      self.isNegated = isNegated
      self.values = values
    }
  }

  /// The identifier that the DDF gives the group.
  package var name: String
  /// The values that the depending node takes while the group holds, where they differ.
  package var changedValues: AllowedValues?
  /// The nodes, all of which must be so.
  package var dependencies: [Dependency]

  /// A group of dependencies.
  package init(name: String, changedValues: AllowedValues? = nil, dependencies: [Dependency]) {
    self.name = name
    self.changedValues = changedValues
    self.dependencies = dependencies
  }
}
