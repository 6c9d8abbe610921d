import CSPCatalog
import FleetReports
import PolicyModel
import Testing

@Suite struct FleetCountsTests {
  @Test func `every row is counted once, whatever it is counted by`() {
    var counts = FleetCounts()
    var row = FleetRow(
      line: 1, texts: FleetTexts(), verdict: .pass, state: .unknown, statuses: [], branch: nil, failed: [],
      unknown: [], warned: [], remedies: [])
    for verdict in Verdict.allCases {
      row.verdict = verdict
      counts.count(row)
    }
    row.verdict = .fail
    row.statuses = [.tpmNotReady, .aikCertificateMissing]
    row.branch = WindowsBranch.shipped(build: 22631)
    counts.count(row)
    counts.countProblem()
    #expect(counts.verdicts[.fail] == 2)
    #expect(counts.devices == Verdict.allCases.count + 1)
    #expect(counts.problems == 1)
    #expect(counts.rows == counts.devices + counts.problems)
    #expect(counts.statuses == [nil: 4, .tpmNotReady: 1])
    #expect(counts.branches[WindowsBranch.shipped(build: 22631)] == [.fail: 1])
    #expect(counts.branchesInOrder.map { $0?.version } == ["23H2", nil])
    #expect(counts.states.values.reduce(0, +) == counts.devices)
  }
}
