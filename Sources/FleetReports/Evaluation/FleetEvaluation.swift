import CSPCatalog
import PolicyModel

/// Evaluates a policy over a fleet, device by device, and keeps of each what the report shows.
package struct FleetEvaluation: Sendable {
  private let judge: FleetJudge
  private var rows: [FleetRow] = []
  private var problems: [FleetProblem] = []
  private var counts = FleetCounts()

  /// Prepares a policy.
  ///
  /// - Throws: the first defect that keeps the policy from being evaluated.
  package init(_ policy: CompiledPolicy) throws(PolicyDefect) { judge = try FleetJudge(policy) }

  /// The facts that a device is asked for: those that the policy reads, and those that the report's columns show.
  package var facts: [FactDeclaration] {
    let names = Set(FleetJudge.shownFacts).subtracting(judge.policy.facts.map(\.name))
    return judge.policy.facts
      + FactCatalog.embedded.entries.map(\.declaration).filter { names.contains($0.name) }
  }

  /// Takes the next row of the input.
  package mutating func add(_ entry: FleetEntry) {
    switch entry {
    case .device(let device):
      let row = judge.row(of: device)
      counts.count(row)
      rows.append(row)
    case .problem(let problem):
      counts.countProblem()
      problems.append(problem)
    }
  }

  /// The report over all rows taken so far, in the order of the input.
  package func report() -> FleetReport {
    FleetReport(
      policy: judge.policy, rows: rows, problems: problems, counts: counts, repeats: FleetRepeats(rows))
  }
}
