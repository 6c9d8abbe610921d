import CSPCatalog
import PolicyModel

/// One device in the report.
public struct FleetRow: Hashable, Sendable {
  /// The line of the input on which its row begins, from 1.
  public var line: Int
  /// What the input tells of it.
  public var texts: FleetTexts
  /// What the policy says of it.
  public var verdict: Verdict
  /// Where it stands with its attestation.
  public var state: AttestationState
  /// The statuses of its failed rules, the most fundamental first; the first is its status detail.
  public var statuses: [KnownStatus]
  /// Its branch of Windows, nil when its build is unknown or of no branch that shipped.
  public var branch: WindowsBranch?
  /// The requirements that it fails, as indices into the policy's rules, ascending.
  public var failed: [Int]
  /// The requirements that cannot be determined, those that allow it among them, as indices into the policy's rules, ascending.
  public var unknown: [Int]
  /// The warnings that it gets, as indices into the policy's rules, ascending.
  public var warned: [Int]
  /// What to do, in the order in which to do it.
  public var remedies: [KnownRemedy]

  /// A row of these parts.
  public init(
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
