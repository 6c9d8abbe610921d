import FleetReports
import PolicyModel
import Testing

@Suite struct FleetCountsTests {
  @Test func `every row is counted once`() {
    var counts = FleetCounts()
    for verdict in Verdict.allCases { counts.count(verdict) }
    counts.count(.fail)
    counts.countProblem()
    #expect(counts.verdicts[.fail] == 2)
    #expect(counts.devices == Verdict.allCases.count + 1)
    #expect(counts.problems == 1)
    #expect(counts.rows == counts.devices + counts.problems)
  }
}
