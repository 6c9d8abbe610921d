import PolicyModel

/// Several probes that are asked about one device, in the order in which they were named.
public struct ProbeSet: Sendable {
  /// The probes, the first having the first word.
  public let probes: [any DeviceProbe]

  /// A set of probes.
  public init(_ probes: [any DeviceProbe]) { self.probes = probes }

  /// Asks every probe for the facts that a policy reads.
  ///
  /// For each fact the first value counts, attested before reported; values that differ are contradictions of the snapshot. A
  /// fact that no probe could read is unknown, with the reasons of all that tried, and the reason why it was not asked at
  /// all when none tried.
  public func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> FactSnapshot {
    let wanted = Self.withSources(facts)
    var answers: [[String: Observation]] = []
    for probe in probes { answers.append(try probe.observe(wanted)) }
    var snapshot = FactSnapshot()
    // Contradictions come up in the order of the names, whatever the order inside a probe's answer.
    for name in Set(answers.flatMap(\.keys)).sorted() {
      let observations = answers.compactMap { $0[name] }
      if observations.contains(where: { $0.value != nil }) {
        for observation in observations { snapshot.add(observation, for: name) }
      } else {
        snapshot[name] = Self.joined(observations)
      }
    }
    return snapshot
  }

  /// The facts and those that they derive from: a probe that gives the build gives the branch.
  private static func withSources(_ facts: [FactDeclaration]) -> [FactDeclaration] {
    let derives = facts.contains { ["os.branch", "os.revision", "os.product"].contains($0.name) }
    guard derives, !facts.contains(where: { $0.name == "os.build" }) else { return facts }
    return facts + [FactDeclaration(name: "os.build", type: .build)]
  }

  private static func joined(_ observations: [Observation]) -> Observation {
    guard let first = observations.first else {
      return Observation(.unknown(reason: "no probe was asked"), source: "")
    }
    guard observations.count > 1 else { return first }
    let reasons = observations.map { observation in
      guard case .unknown(let reason) = observation.content else { return observation.source }
      return "\(observation.source): \(reason)"
    }
    return Observation(
      .unknown(reason: reasons.joined(separator: "; ")), level: first.level,
      source: observations.map(\.source).joined(separator: ", "))
  }
}
