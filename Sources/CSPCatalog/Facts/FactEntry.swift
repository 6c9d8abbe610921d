import PolicyModel

/// What a device must have for a fact or a node to mean anything.
package enum HardwareNeed: String, Hashable, Sendable, CaseIterable {
  /// Any TPM.
  case tpm = "tpm"
  /// A TPM of version 2.0.
  case tpm20 = "tpm 2.0"
  /// A TPM 2.0 that is ready (provisioned, owned, not locked out).
  case tpmReady = "tpm ready"
  /// Hardware that can run virtualization-based security.
  case vbsHardware = "vbs hardware"
}

/// One entry of the fact catalogue: a typed, named property of a device and where it comes from.
package struct FactEntry: Hashable, Sendable {
  /// The dotted name, such as `tpm.version`.
  package var name: String
  /// The type of its values; for an enum with its symbols.
  package var type: ValueType
  /// `bytes`, `MHz`, … for an integer that has a unit.
  package var unit: String?
  /// The least and the greatest value of an integer, or nil when every value can occur.
  package var bounds: ClosedRange<Int64>?
  /// The texts that a string has in practice, in the order of the catalogue; empty where any text can occur. The list may
  /// grow.
  package var known: [KnownText]
  /// What it means, in one sentence, by language tag; `en` and `ja` are always there.
  package var summary: [String: String]
  /// What the device must have for the fact to mean anything.
  package var needs: HardwareNeed?
  /// The fact that it follows from (`os.build` for `os.branch`), or nil. See ``DerivedFacts``.
  package var derivedFrom: String?
  /// The CSP node that answers it over MDM, in normal form, or nil.
  package var cspNode: String?
  /// How the node's raw value decodes: raw text to the language's spelling of the value (`"1": on`). Empty when
  /// the raw text is read as the type's own spelling.
  package var cspValues: [String: String]
  /// What every raw text that is not in ``cspValues`` means, or nil when the raw text is read as it is.
  package var cspOtherwise: String?
  /// How the raw text is cut before it is decoded.
  package var cspReading: CSPReading
  /// By how much the integer that the node reports is multiplied to give the fact's unit.
  package var cspScale: Int64
  /// Where it comes from, the CSP node included, in the order of ``FactSource/Kind``.
  package var sources: [FactSource]

  /// An entry with the given parts.
  package init(
    name: String, type: ValueType, unit: String? = nil, bounds: ClosedRange<Int64>? = nil,
    known: [KnownText] = [], summary: [String: String] = [:], needs: HardwareNeed? = nil,
    derivedFrom: String? = nil,
    cspNode: String? = nil, cspValues: [String: String] = [:], cspOtherwise: String? = nil,
    cspReading: CSPReading = .whole, cspScale: Int64 = 1, sources: [FactSource] = []
  ) {
    self.name = name
    self.type = type
    self.unit = unit
    self.bounds = bounds
    self.known = known
    self.summary = summary
    self.needs = needs
    self.derivedFrom = derivedFrom
    self.cspNode = cspNode
    self.cspValues = cspValues
    self.cspOtherwise = cspOtherwise
    self.cspReading = cspReading
    self.cspScale = cspScale
    self.sources = sources
  }

  /// Whether any source can give attested evidence, so that `attested NAME` can ever be true.
  package var canBeAttested: Bool { sources.contains { $0.level == .attested } }

  /// The entry as a compiled policy's fact table holds it.
  package var declaration: FactDeclaration { FactDeclaration(name: name, type: type, unit: unit) }
}

/// How the raw text that a CSP node reports is cut before it is decoded. Blanks at both ends never count.
package enum CSPReading: String, Hashable, Sendable, CaseIterable {
  /// The whole text.
  case whole
  /// The text before the first comma: `2.0` of `2.0, 0, 1.38`.
  case beforeComma = "before_comma"
  /// Not decoded: the form of the value is not documented, so it is collected for people to read.
  case opaque
}

/// One place that a fact comes from.
package struct FactSource: Hashable, Sendable {
  /// The kind of place, in the order in which an entry lists them.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A CSP node, over MDM.
    case csp
    /// A command, WMI class or registry key of Windows.
    case windows
    /// A file of Linux.
    case linux
    /// A property of a TPM that is asked directly.
    case tpm
    /// An event of the boot log.
    case eventlog
    /// What a TPM quoted, or a file of evidence has beside it.
    case evidence
    /// A table of osquery.
    case osquery
    /// A property of a Device Health Attestation report.
    case dha
    /// A claim of an Azure Attestation token.
    case maa
  }

  /// The kind of place.
  package var kind: Kind
  /// The place: a node's path, a command, a file, a TPM property, an event, a table.
  package var place: String
  /// The field, value or column there, or nil when the place is the value.
  package var field: String?
  /// How far its word can be trusted.
  package var level: EvidenceLevel

  /// A source of a fact.
  package init(kind: Kind, place: String, field: String? = nil, level: EvidenceLevel = .reported) {
    self.kind = kind
    self.place = place
    self.field = field
    self.level = level
  }
}
