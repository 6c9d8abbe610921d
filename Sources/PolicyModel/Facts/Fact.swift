/// How far a fact's value can be trusted.
public enum EvidenceLevel: UInt8, Hashable, Comparable, Sendable {
  /// The operating system or a program says so.
  case reported = 0
  /// Derived from a boot log replayed against PCR values that the TPM signed over a fresh nonce.
  case attested = 1

  /// Reported is less than attested.
  public static func < (left: EvidenceLevel, right: EvidenceLevel) -> Bool { left.rawValue < right.rawValue }

  /// `reported` or `attested`, as in files and reports.
  public var name: String { self == .attested ? "attested" : "reported" }
}

/// A fact that a compiled policy reads: an entry of its fact table.
public struct FactDeclaration: Hashable, Sendable {
  /// The dotted name, such as `tpm.version`.
  public let name: String
  /// The type that its values have.
  public let type: ValueType
  /// The unit of an integer (`seconds`, `bytes`, …), or nil.
  public let unit: String?

  /// A fact of this name and type.
  public init(name: String, type: ValueType, unit: String? = nil) {
    self.name = name
    self.type = type
    self.unit = unit
  }
}

/// What one probe says of one fact.
public struct Observation: Hashable, Sendable {
  /// A value, or the reason why there is none.
  public enum Content: Hashable, Sendable {
    case value(Value)
    /// The fact could not be read; the text says why, for people.
    case unknown(reason: String)
  }

  /// The value, or why there is none.
  public let content: Content
  /// How far the value can be trusted.
  public let level: EvidenceLevel
  /// Whether there is no value because what was to give it was found to be false, so that nobody else's word may take its place.
  public let isRefused: Bool
  /// The probe and its source, such as `file:laptop.yaml` or `tpm:/dev/tpmrm0`.
  public let source: String
  /// Why the value has its level, for people: whose quote vouches for it, or what kept it from being attested. Nil where the source says it all.
  public let note: String?

  /// An observation by the named source.
  public init(_ content: Content, level: EvidenceLevel = .reported, source: String, note: String? = nil) {
    self.content = content
    self.level = level
    self.source = source
    self.note = note
    isRefused = false
  }

  /// What a source says that was found to be false: nothing, and nobody in its place.
  ///
  /// - Parameter reason: One plain sentence without a full stop.
  package init(refusedBecause reason: String, source: String) {
    content = .unknown(reason: reason)
    level = .reported
    self.source = source
    note = nil
    isRefused = true
  }

  /// The value, or nil when unknown.
  public var value: Value? {
    if case .value(let value) = content { return value }
    return nil
  }
}
