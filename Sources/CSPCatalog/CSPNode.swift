import PolicyModel

/// Commands that a node accepts (`AccessType` of a DDF).
public struct AccessTypes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let add = AccessTypes(rawValue: 1)
  public static let delete = AccessTypes(rawValue: 2)
  public static let exec = AccessTypes(rawValue: 4)
  public static let get = AccessTypes(rawValue: 8)
  public static let replace = AccessTypes(rawValue: 16)
  public static let copy = AccessTypes(rawValue: 32)

  /// The names in OMA's spelling, in a fixed order: `Add, Delete, Get, Replace`.
  public var names: [String] {
    [
      (AccessTypes.add, "Add"), (.copy, "Copy"), (.delete, "Delete"), (.exec, "Exec"), (.get, "Get"),
      (.replace, "Replace"),
    ].filter { contains($0.0) }.map(\.1)
  }
}

/// The format of a node's value (`DFFormat`), by OMA's names.
public enum NodeFormat: String, Hashable, Sendable, CaseIterable {
  case b64, bin, bool, chr, date, float, int, node, null, time, xml
}

/// How often a node occurs below its parent (`Occurrence`).
public enum NodeOccurrence: Hashable, Sendable {
  case one, zeroOrOne, zeroOrMore, oneOrMore
  /// `OneOrN` and `ZeroOrN`; the number is nil where the DDF leaves it out.
  case oneOrN(Int?), zeroOrN(Int?)
}

/// In which management session a node can be addressed.
public enum CSPScope: String, Hashable, Sendable {
  /// `./Device/…`, and roots without either prefix.
  case device
  /// `./User/…`
  case user
}

/// What values a node takes (`MSFT:AllowedValues`).
public enum AllowedValues: Hashable, Sendable {
  /// The DDF says nothing.
  case unstated
  /// `None`: any value of the format.
  case any
  case enumeration([String])
  /// Inclusive ranges; a single number is a range of one.
  case ranges([ClosedRange<Int64>])
  /// Bits that may be combined.
  case flags([UInt64])
  case pattern(String)
  case admx(file: String, area: String, name: String)
  case xsd, json, sddl
}

/// One node of a CSP, as a DDF describes it: facts only, with what it inherits already filled in.
public struct CSPNode: Hashable, Sendable {
  /// The normal form of the path, `./Device/Vendor/MSFT/…` or `./User/Vendor/MSFT/…`; a dynamic segment is its
  /// placeholder, `{ProviderID}`.
  public var locURI: String
  public var scope: CSPScope
  public var access: AccessTypes
  public var format: NodeFormat
  public var occurrence: NodeOccurrence
  /// Builds on which the node exists, its own or its nearest ancestor's.
  public var applicability: NodeApplicability
  /// Edition ids (`0x30`), own or inherited; empty when the DDF names none.
  public var editions: [UInt16]
  public var allowedValues: AllowedValues
  /// What stands between the values of a list, or nil when the node takes a single value.
  public var listDelimiter: String?
  public var defaultValue: String?
  /// Whether the node's name is chosen by the server or the device (`{…}`).
  public var isDynamic: Bool
  public var atomicRequired: Bool
  /// The CSP file it comes from, without suffix, such as `DeviceStatus`.
  public var origin: String

  public init(
    locURI: String, scope: CSPScope, access: AccessTypes, format: NodeFormat, occurrence: NodeOccurrence,
    applicability: NodeApplicability, editions: [UInt16] = [], allowedValues: AllowedValues = .unstated,
    listDelimiter: String? = nil, defaultValue: String? = nil, isDynamic: Bool = false,
    atomicRequired: Bool = false, origin: String = ""
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
    self.isDynamic = isDynamic
    self.atomicRequired = atomicRequired
    self.origin = origin
  }
}
