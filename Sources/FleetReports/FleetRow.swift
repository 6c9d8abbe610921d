import CSPCatalog
import PolicyModel

/// One device in the report.
package struct FleetRow: Hashable, Sendable {
  /// The line of the input on which its row begins, from 1.
  package var line: Int
  /// What the input tells of it.
  package var texts: FleetTexts
  /// What the policy says of it.
  package var verdict: Verdict
  /// Where it stands with its attestation.
  package var state: AttestationState
  /// The statuses of its failed rules, the most fundamental first; the first is its status detail.
  package var statuses: [KnownStatus]
  /// Its branch of Windows, nil when its build is unknown or of no branch that shipped.
  package var branch: WindowsBranch?
  /// The requirements that it fails, as indices into the policy's rules, ascending.
  package var failed: [Int]
  /// The requirements that cannot be determined, those that allow it among them, as indices into the policy's rules, ascending.
  package var unknown: [Int]
  /// The warnings that it gets, as indices into the policy's rules, ascending.
  package var warned: [Int]
  /// What to do, in the order in which to do it.
  package var remedies: [KnownRemedy]

  package init(
    line: Int, texts: FleetTexts, verdict: Verdict, state: AttestationState, statuses: [KnownStatus],
    branch: WindowsBranch?, failed: [Int], unknown: [Int], warned: [Int], remedies: [KnownRemedy]
  ) {
    self.line = line
    self.texts = texts
    self.verdict = verdict
    self.state = state
    self.statuses = statuses
    self.branch = branch
    self.failed = failed
    self.unknown = unknown
    self.warned = warned
    self.remedies = remedies
  }
}
