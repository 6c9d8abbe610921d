/// A fact as one evaluation read it: its declaration, and its value or why there is none.
public struct FactReading: Hashable, Sendable {
  /// The fact's entry in the policy's fact table.
  public let declaration: FactDeclaration
  /// What was observed, derived facts included; nil when no probe spoke of it.
  public let observation: Observation?
  /// The value that conditions saw, or why they saw none.
  public let state: State

  /// A value, or the cause of its absence.
  public enum State: Hashable, Sendable {
    case known(Value)
    /// No probe spoke of the fact.
    case notObserved
    /// A probe tried and could not read it, for this reason.
    case unreadable(reason: String)
    /// A value came that is not of the fact's type; it counts as unknown.
    case wrongType(Value)
  }

  /// Reads a fact from a snapshot; a value that is not of the declared type is unknown, and a firmware version that Infineon's tools show is
  /// read in the form of the fact.
  public init(_ declaration: FactDeclaration, in snapshot: FactSnapshot) {
    var observation = DerivedFacts.observation(of: declaration, in: snapshot)
    // A number above 255 is rare enough to look at it first: this is asked for every fact of every device.
    if case .version(let version)? = observation?.value, version.patch > 0xFF,
      declaration.name == "tpm.firmware",
      let found = observation,
      let converted = InfineonFirmware.converted(found, maker: snapshot["tpm.manufacturer"])
    {
      observation = converted
    }
    self.declaration = declaration
    self.observation = observation
    switch observation?.content {
    case nil: state = .notObserved
    case .unknown(let reason): state = .unreadable(reason: reason)
    case .value(let value): state = value.isOf(declaration.type) ? .known(value) : .wrongType(value)
    }
  }

  /// The value that a condition sees which asks for evidence of the given level, or nil when unknown to it.
  public func value(attested: Bool) -> Value? {
    guard case .known(let value) = state else { return nil }
    return attested && level != .attested ? nil : value
  }

  /// The value that a plain condition sees, or nil.
  public var value: Value? { value(attested: false) }

  /// The evidence level of the observation; `reported` when there is none.
  public var level: EvidenceLevel { observation?.level ?? .reported }
}

extension Value {
  /// Whether the value belongs to the type; a symbol must be one of the type's symbols.
  public func isOf(_ type: ValueType) -> Bool {
    switch (self, type) {
    case (.bool, .bool), (.int, .int), (.version, .version), (.build, .build), (.string, .string): true
    case (.symbol(let symbol), .symbol(let symbols)): symbols.containsSame(symbol)
    default: false
    }
  }
}
