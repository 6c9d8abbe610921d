import Diagnostics
import PolicyModel

/// Which devices the report lists. Of several choices of one kind any will do; choices of several kinds must all be met.
package struct FleetFilter: Hashable, Sendable {
  private var states: Set<AttestationState> = []
  private var statuses: Set<KnownStatus?> = []
  private var verdicts: Set<Verdict> = []
  private var ownerships: Set<String> = []
  private var rules: Set<Int> = []

  /// A filter that lets every device through.
  package init() {}

  /// Whether every device is let through.
  package var isOpen: Bool { self == FleetFilter() }

  /// What stands for devices without a status detail, among statuses.
  package static let noStatus = "none"
  /// What stands for devices whose owner is not told, among ownerships.
  package static let noOwnership = "unknown"

  /// Lists devices by attestation status or status detail, by the names of ``AttestationState`` and `KnownStatus`. A detail is that
  /// of the report's column, not any other status.
  ///
  /// - Throws: a name that is neither.
  package mutating func choose(status name: String) throws(FleetChoiceError) {
    if let state = AttestationState(rawValue: name) {
      states.insert(state)
    } else if let status = KnownStatus(rawValue: name) {
      statuses.insert(status)
    } else if name == Self.noStatus {
      statuses.insert(nil)
    } else {
      let names = AttestationState.allCases.map(\.rawValue) + KnownStatus.allCases.map(\.rawValue)
      throw FleetChoiceError("there is no status", name, known: names + [Self.noStatus])
    }
  }

  /// Lists devices of a verdict, by its name.
  ///
  /// - Throws: a name that is none.
  package mutating func choose(verdict name: String) throws(FleetChoiceError) {
    guard let verdict = Verdict(rawValue: name) else {
      throw FleetChoiceError("there is no verdict", name, known: Verdict.allCases.map(\.rawValue))
    }
    verdicts.insert(verdict)
  }

  /// Lists devices of an ownership as the input tells it; case does not matter, and `company` is `corporate`.
  package mutating func choose(ownership: String) { ownerships.insert(Self.ownership(ownership)) }

  /// Lists devices that fail a rule, are warned by it, or of which it cannot be told.
  ///
  /// - Throws: a name that no rule of the policy has.
  package mutating func choose(rule name: String, of policy: CompiledPolicy) throws(FleetChoiceError) {
    guard let index = policy.rules.firstIndex(where: { isSame($0.name, name) }) else {
      throw FleetChoiceError("the policy has no rule", name, known: policy.rules.map(\.name))
    }
    rules.insert(index)
  }

  /// Whether a device is let through.
  package func admits(_ row: FleetRow) -> Bool {
    if !verdicts.isEmpty, !verdicts.contains(row.verdict) { return false }
    if !states.isEmpty || !statuses.isEmpty,
      !states.contains(row.state), !statuses.contains(row.statuses.first)
    {
      return false
    }
    if !ownerships.isEmpty, !ownerships.contains(Self.ownership(row.texts[.ownership] ?? Self.noOwnership)) {
      return false
    }
    return rules.isEmpty || [row.failed, row.warned, row.unknown].joined().contains { rules.contains($0) }
  }

  private static func ownership(_ text: String) -> String {
    let name = text.lowercased()
    return name == "company" ? "corporate" : name
  }
}

/// A name that stands for nothing that could be chosen.
package struct FleetChoiceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence for people, with the nearest name or all of them.
  package let description: String

  init(_ problem: String, _ name: String, known: [String]) {
    let shown = known.joined(separator: ", ")
    let advice = closest(to: name, in: known).map { "did you mean \($0)?" } ?? "there are \(shown)"
    description = "\(problem) '\(shortened(name, limit: 100))'; \(advice)"
  }
}
