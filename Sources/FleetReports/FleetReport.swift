import PolicyModel

/// The report over a fleet: the rows that were chosen, the rows of the input that could not be read, and counts that add up.
public struct FleetReport: Sendable {
  /// The policy that the fleet was judged by.
  public var policy: CompiledPolicy
  /// The devices that the filters let through, in the order asked for.
  public var rows: [FleetRow]
  /// Every row of the input that could not be read, in its order. Filters leave them alone.
  public var problems: [FleetProblem]
  /// The counts, of all rows before the filters.
  public var counts: FleetCounts

  /// A report of these parts.
  public init(policy: CompiledPolicy, rows: [FleetRow], problems: [FleetProblem], counts: FleetCounts) {
    self.policy = policy
    self.rows = rows
    self.problems = problems
    self.counts = counts
  }
}

/// How many rows the input had, and what became of them.
///
/// `rows` is always `devices + problems`, and `devices` the sum over all verdicts.
public struct FleetCounts: Hashable, Sendable {
  /// The devices of each verdict.
  public private(set) var verdicts: [Verdict: Int] = [:]
  /// The rows that could not be read.
  public private(set) var problems = 0

  /// Nothing counted yet.
  public init() {}

  /// The devices that were judged.
  public var devices: Int { verdicts.values.reduce(0, +) }

  /// All rows of the input.
  public var rows: Int { devices + problems }

  /// Counts a device.
  public mutating func count(_ verdict: Verdict) { verdicts[verdict, default: 0] += 1 }

  /// Counts a row that could not be read.
  public mutating func countProblem() { problems += 1 }
}
