/// What is known of one device: observations by fact name.
///
/// Several probes combine with ``merge(_:)``: the first value of the highest evidence level wins, a value wins over
/// a reason for not knowing, and values that differ are kept as contradictions.
public struct FactSnapshot: Hashable, Sendable {
  /// The observation that counts for each fact.
  public private(set) var observations: [String: Observation]
  /// Facts for which two probes gave different values, or other facts that exclude the value, in the order in which they came up.
  public private(set) var contradictions: [Contradiction]
  /// What was refused, once for each source: with any of it no device complies.
  public private(set) var refusals: [Observation]

  /// A snapshot of these observations, by fact name.
  public init(_ observations: [String: Observation] = [:]) {
    self.observations = observations
    self.contradictions = []
    refusals = []
    guard observations.values.contains(where: \.isRefused) else { return }
    for name in observations.keys.sorted() { noteRefusal(observations[name]) }
  }

  /// A snapshot of reported values, as a test case of the language gives them.
  public init(values: [String: Value], source: String) {
    self.init(values.mapValues { Observation(.value($0), source: source) })
  }

  /// The observation of a fact, or nil when no probe spoke of it.
  ///
  /// Setting it replaces what was there; use ``add(_:for:)`` to combine.
  public subscript(name: String) -> Observation? {
    get { observations[name] }
    set {
      observations[name] = newValue
      noteRefusal(newValue)
    }
  }

  private mutating func noteRefusal(_ observation: Observation?) {
    guard let observation, observation.isRefused, !refusals.contains(observation) else { return }
    refusals.append(observation)
  }

  /// Adds what a later probe says of a fact.
  ///
  /// A value takes the place of a reason for not knowing, and attested evidence the place of reported; otherwise
  /// the earlier observation stays. Two values that differ are recorded as a ``Contradiction``. What was refused goes before every value.
  public mutating func add(_ later: Observation, for name: String) {
    noteRefusal(later)
    guard let earlier = observations[name], !later.isRefused || earlier.isRefused else {
      observations[name] = later
      return
    }
    guard !earlier.isRefused else { return }
    guard let laterValue = later.value else { return }
    guard let earlierValue = earlier.value else {
      observations[name] = later
      return
    }
    let replaces = later.level > earlier.level
    if replaces { observations[name] = later }
    if laterValue != earlierValue {
      contradictions.append(
        Contradiction(fact: name, kept: replaces ? later : earlier, setAside: replaces ? earlier : later))
    }
  }

  /// Adds a contradiction that does not come from two values of one fact.
  public mutating func add(_ contradiction: Contradiction) { contradictions.append(contradiction) }

  /// Adds all that a later probe says; its contradictions come along.
  public mutating func merge(_ later: FactSnapshot) {
    for name in later.observations.keys.sorted() {
      if let observation = later.observations[name] { add(observation, for: name) }
    }
    contradictions += later.contradictions
  }
}

/// Two probes that gave different values for one fact, or facts that exclude each other.
public struct Contradiction: Hashable, Sendable {
  /// The fact's name.
  public let fact: String
  /// The observation that the evaluation used.
  public let kept: Observation
  /// The observation that was not used.
  public let setAside: Observation

  /// Two observations of one fact whose values differ.
  public init(fact: String, kept: Observation, setAside: Observation) {
    self.fact = fact
    self.kept = kept
    self.setAside = setAside
  }
}
