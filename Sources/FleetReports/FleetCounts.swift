import CSPCatalog
import PolicyModel

/// How many rows the input had, and what became of them.
///
/// `rows` is always `devices + problems`, and `devices` the sum over all verdicts, over all states, over all statuses
/// with those that have none, and over all branches with those of none.
package struct FleetCounts: Hashable, Sendable {
  /// The devices of each verdict.
  package private(set) var verdicts: [Verdict: Int] = [:]
  /// The devices in each state of attestation.
  package private(set) var states: [AttestationState: Int] = [:]
  /// The devices of each status detail; nil stands for those without one.
  package private(set) var statuses: [KnownStatus?: Int] = [:]
  /// The devices of each branch of Windows by verdict; nil stands for those of no known branch.
  package private(set) var branches: [WindowsBranch?: [Verdict: Int]] = [:]
  /// The rows that could not be read.
  package private(set) var problems = 0

  /// Nothing counted yet.
  package init() {}

  /// The devices that were judged.
  package var devices: Int { verdicts.values.reduce(0, +) }

  /// All rows of the input.
  package var rows: Int { devices + problems }

  /// The branches that there are devices of, the oldest first, those of no known branch last.
  package var branchesInOrder: [WindowsBranch?] {
    branches.keys.sorted { ($0?.build ?? .max) < ($1?.build ?? .max) }
  }

  /// Counts a device.
  package mutating func count(_ row: FleetRow) {
    verdicts[row.verdict, default: 0] += 1
    states[row.state, default: 0] += 1
    statuses[row.statuses.first, default: 0] += 1
    branches[row.branch, default: [:]][row.verdict, default: 0] += 1
  }

  /// Counts a row that could not be read.
  package mutating func countProblem() { problems += 1 }
}
