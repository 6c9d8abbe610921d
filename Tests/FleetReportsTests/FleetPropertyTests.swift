import CSPCatalog
import DeviceReports
import Diagnostics
import FleetReports
import PolicyModel
import TestSupport
import Testing

@Suite struct FleetPropertyTests {
  private static func entries(_ generator: inout SeededGenerator) -> [FleetEntry] {
    (0..<Int.random(in: 0...60, using: &generator)).map { index in
      guard Int.random(in: 0..<5, using: &generator) > 0 else {
        return .problem(FleetProblem(line: index + 1, reason: "unreadable"))
      }
      let branches: [UInt32] = [9600, 19045, 22621, 22631, 26100, 12345]
      let changes: [String: Value?] = [
        "os.build": branches.randomElement(using: &generator).map {
          .build(OSBuild(branch: $0, revision: 5))
        },
        "tpm.ready": [.bool(true), .bool(false), nil].randomElement(using: &generator) ?? nil,
        "tpm.version": [.version(Version(2)), .version(Version(1, 2)), nil].randomElement(using: &generator)
          ?? nil,
        "boot.secure_boot": [.symbol("on"), .symbol("off"), nil].randomElement(using: &generator) ?? nil,
        "attestation.recovery_status": [.symbol("finished"), .symbol("in_progress"), nil]
          .randomElement(using: &generator) ?? nil,
      ]
      var device = FleetDevice.laptop(index + 1, changes)
      device.texts[.ownership] = ["Corporate", "Personal", nil].randomElement(using: &generator) ?? nil
      device.texts[.deviceName] = "PC-\(Int.random(in: 0..<30, using: &generator))"
      return .device(device)
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `counts add up whatever the rows are`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let entries = Self.entries(&generator)
    var evaluation = try FleetEvaluation(Fleet.policy)
    for entry in entries { evaluation.add(entry) }
    let report = evaluation.report()
    let counts = report.counts

    #expect(counts.rows == entries.count)
    #expect(counts.rows == counts.devices + counts.problems)
    #expect(report.rows.count == counts.devices)
    #expect(report.problems.count == counts.problems)
    #expect(counts.states.values.reduce(0, +) == counts.devices)
    #expect(counts.statuses.values.reduce(0, +) == counts.devices)
    #expect(counts.branches.values.flatMap(\.values).reduce(0, +) == counts.devices)
    for verdict in Verdict.allCases {
      let ofBranches = counts.branches.values.reduce(0) { $0 + $1[verdict, default: 0] }
      #expect(ofBranches == counts.verdicts[verdict, default: 0])
    }

    var listed = 0
    for state in AttestationState.allCases {
      var filter = FleetFilter()
      try filter.choose(status: state.rawValue)
      let part = report.filtered(by: filter)
      #expect(part.rows.count == counts.states[state, default: 0])
      #expect(part.counts == counts)
      listed += part.rows.count
    }
    #expect(listed == counts.devices)
    for column in ReportColumn.allCases {
      let sorted = report.sorted(by: FleetOrder(column, isDescending: seed % 2 == 0))
      #expect(sorted.rows.sorted { $0.line < $1.line } == report.rows)
    }
    let names = Dictionary(grouping: report.rows, by: { $0.texts[.deviceName] }).values.filter {
      $0.count > 1
    }
    #expect(report.repeats.count == names.count)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func `a row says what the report on its device says`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let evaluator = try PolicyEvaluator(Fleet.policy)
    for case .device(let device) in Self.entries(&generator) {
      let row = try #require(try Fleet.report([device]).rows.first)
      let report = evaluator.report(on: device.facts)
      #expect(row.verdict == report.verdict)
      guard report.verdict != .notApplicable else { continue }
      #expect(row.statuses.map(\.rawValue) == report.statuses)
      #expect(row.remedies.map(\.rawValue) == report.remedies)
    }
  }
}
