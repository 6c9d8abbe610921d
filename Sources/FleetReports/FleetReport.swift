import PolicyModel

/// The report over a fleet: the rows that were chosen, the rows of the input that could not be read, and counts that add up.
package struct FleetReport: Sendable {
  /// The policy that the fleet was judged by.
  package var policy: CompiledPolicy
  /// The devices that the filters let through, in the order asked for.
  package var rows: [FleetRow]
  /// Every row of the input that could not be read, in its order. Filters leave them alone.
  package var problems: [FleetProblem]
  /// The counts, of all rows before the filters.
  package var counts: FleetCounts
  /// The devices that the input has more than once, before the filters.
  package var repeats: FleetRepeats

  package init(
    policy: CompiledPolicy, rows: [FleetRow], problems: [FleetProblem], counts: FleetCounts,
    repeats: FleetRepeats = FleetRepeats()
  ) {
    self.policy = policy
    self.rows = rows
    self.problems = problems
    self.counts = counts
    self.repeats = repeats
  }
}
