import CSPCatalog
import PolicyModel

/// Several probes that are asked about one device, in the order in which they were named.
package struct ProbeSet: Sendable {
  /// The probes, the first having the first word.
  package let probes: [any DeviceProbe]

  /// A set of probes.
  package init(_ probes: [any DeviceProbe]) { self.probes = probes }

  /// The probes that read no file.
  package var withoutFiles: ProbeSet { ProbeSet(probes.filter { !$0.readsFile }) }

  /// Asks every probe for the facts that a policy reads.
  ///
  /// For each fact the first value counts, attested before reported; values that differ are contradictions of the snapshot. A
  /// fact that no probe could read is unknown, with the reasons of all that tried, and the reason why it was not asked at
  /// all when none tried. Values of different facts contradict each other when they tell of different platforms.
  ///
  /// - Parameter others: What probes that read a file are asked for too.
  package func observe(
    _ facts: [FactDeclaration], fromFilesBesides others: [FactDeclaration] = []
  ) throws(ProbeError) -> FactSnapshot {
    let wanted = Self.withSources(facts)
    let clues = PlatformClues.facts(besides: wanted)
    let names = Set((wanted + clues).map(\.name))
    let extra = Self.withSources(others).filter { !names.contains($0.name) }
    var answers: [[String: Observation]] = []
    for probe in probes { answers += try probe.answers(to: wanted + clues + (probe.readsFile ? extra : [])) }
    Self.convertFirmware(in: &answers)
    var snapshot = FactSnapshot()
    let unwanted = Set(clues.map(\.name))
    // Contradictions come up in the order of the names, whatever the order inside a probe's answer.
    for name in Set(answers.flatMap(\.keys)).subtracting(unwanted).sorted() {
      let observations = answers.compactMap { $0[name] }
      if observations.contains(where: { $0.value != nil }) {
        for observation in observations { snapshot.add(observation, for: name) }
      } else {
        snapshot[name] = Self.joined(observations)
      }
      if let kept = snapshot[name] {
        for contradiction in PlatformClues.contradictions(of: name, kept, in: answers) {
          snapshot.add(contradiction)
        }
      }
    }
    if names.contains("tpm.vulnerable_firmware") { snapshot.judgeFirmware() }
    return snapshot
  }

  /// Brings firmware versions that tools show in Infineon's own notation into the form of the fact, so that two notations of one version are
  /// no contradiction. A probe that does not name the maker is taken to speak of the TPM that another names.
  private static func convertFirmware(in answers: inout [[String: Observation]]) {
    let name = "tpm.firmware"
    let first = answers.lazy.compactMap { $0["tpm.manufacturer"] }.first { $0.value != nil }
    for place in answers.indices {
      guard let firmware = answers[place][name] else { continue }
      let own = answers[place]["tpm.manufacturer"]
      if let converted = InfineonFirmware.converted(firmware, maker: own?.value == nil ? first : own) {
        answers[place][name] = converted
      }
    }
  }

  /// The facts and those that they derive from: a probe that gives the build gives the branch, and whose firmware it is decides how its
  /// version is read.
  private static func withSources(_ wanted: [FactDeclaration]) -> [FactDeclaration] {
    let facts = wanted + FirmwareJudgement.facts(besides: wanted)
    let derives = facts.contains { ["os.branch", "os.revision", "os.product"].contains($0.name) }
    guard derives, !facts.contains(where: { $0.name == "os.build" }) else { return facts }
    return facts + [FactDeclaration(name: "os.build", type: .build)]
  }

  private static func joined(_ observations: [Observation]) -> Observation {
    if let refused = observations.first(where: \.isRefused) { return refused }
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
