import Diagnostics
import FleetReports
import PolicyModel
import Testing

@Suite struct FleetEvaluationTests {
  @Test func `a device is judged, and the facts that decide are kept as rules, statuses and remedies`() throws
  {
    let row = try #require(try Fleet.report([.laptop(1, ["tpm.ready": .bool(false)])]).rows.first)
    #expect(row.verdict == .fail)
    #expect(row.state == .failed)
    #expect(row.statuses == [.tpmNotReady])
    #expect(row.failed == [1])
    #expect(row.remedies == [.prepareTPM])
    #expect(row.branch?.name == "Windows 11 23H2")
  }

  @Test func `what cannot be told is unknown, and a warning changes nothing`() throws {
    let report = try Fleet.report([
      .laptop(1, ["tpm.ready": nil]), .laptop(2, ["boot.secure_boot": .symbol("off")]),
    ])
    #expect(report.rows.map(\.verdict) == [.indeterminate, .pass])
    #expect(report.rows.map(\.unknown) == [[1], []])
    #expect(report.rows.map(\.warned) == [[], [2]])
    #expect(report.rows.map(\.remedies) == [[], [.enableSecureBoot]])
    #expect(report.rows.map(\.state) == [.unknown, .completed])
  }

  @Test func `a policy that is not meant for a device says nothing of its rules`() throws {
    let row = try #require(
      try Fleet.report([
        .laptop(1, ["os.build": .build(OSBuild(branch: 9600, revision: 1)), "tpm.ready": .bool(false)])
      ]).rows.first)
    #expect(row.verdict == .notApplicable)
    #expect(row.failed.isEmpty && row.statuses.isEmpty && row.remedies.isEmpty && row.branch == nil)
  }

  @Test func `a policy for Windows is not meant for a device of another system`() throws {
    var policy = Fleet.policy
    policy.scope.branches = [CompiledPolicy.BranchRange(lower: 10240, upper: nil)]
    var phone = FleetDevice(line: 1, texts: FleetTexts(), facts: FactSnapshot(), isWindows: false)
    func verdict() throws -> Verdict? {
      var evaluation = try FleetEvaluation(policy)
      evaluation.add(.device(phone))
      return evaluation.report().rows.first?.verdict
    }
    #expect(try verdict() == .notApplicable)
    phone.isWindows = nil
    #expect(try verdict() == .indeterminate)
    phone.isWindows = false
    policy.scope.branches = []
    #expect(try verdict() == .indeterminate)
  }

  @Test func `columns that the input lacks are filled from facts, and those that it has are not`() throws {
    var named = FleetDevice.laptop(2)
    named.texts[.osVersion] = "22631"
    named.texts[.model] = "As told"
    let rows = try Fleet.report([.laptop(1, ["device.model": .string("Own 5")]), named]).rows
    #expect(rows[0].texts[.osVersion] == "10.0.22631.3000")
    #expect(rows[0].texts[.tpmVersion] == "2.0")
    #expect(rows[0].texts[.model] == "Own 5")
    #expect(rows[0].texts[.os] == "Windows")
    #expect(rows[0].texts[.ownership] == nil)
    #expect(rows[1].texts[.osVersion] == "22631")
    #expect(rows[1].texts[.model] == "As told")
  }

  @Test
  func
    `a rule that allows unknown is among the unknown ones of a device that complies, and can be chosen by`()
    throws
  {
    var policy = Fleet.policy
    for index in policy.rules.indices {
      policy.rules[index].allowsUnknown = policy.rules[index].kind == .require
    }
    let names = policy.rules.map(\.name)
    var evaluation = try FleetEvaluation(policy)
    evaluation.add(.device(.laptop(1, ["tpm.ready": nil as Value?])))
    evaluation.add(.device(.laptop(2)))
    let report = evaluation.report()
    #expect(report.rows.map(\.verdict) == [.pass, .pass])
    let unknown = try #require(report.rows[0].unknown.first)
    #expect(report.rows[1].unknown.isEmpty)
    var filter = FleetFilter()
    try filter.choose(rule: names[unknown], of: policy)
    #expect(report.filtered(by: filter).rows.map(\.line) == [1])
    let text = String(decoding: FleetText(report, language: .english).bytes(), as: UTF8.self)
    #expect(text.contains("(?\(names[unknown]))"))
  }

  @Test func `a device of which nothing is required is not applicable, and its warnings are told`() throws {
    var policy = Fleet.policy
    policy.rules = [policy.rules[0]]
    policy.rules[0].kind = .warn
    policy.rules[0].that = Condition(steps: [.constant(.false)])
    var evaluation = try FleetEvaluation(policy)
    evaluation.add(.device(.laptop(1)))
    let row = try #require(evaluation.report().rows.first)
    #expect(row.verdict == .notApplicable)
    #expect(row.warned == [0])
  }

  @Test func `a device that comes twice is kept twice, and told`() throws {
    func device(_ line: Int, name: String, id: String? = nil) -> FleetDevice {
      var device = FleetDevice.laptop(line)
      device.texts[.deviceName] = name
      device.texts[.deviceID] = id
      return device
    }
    let report = try Fleet.report(
      [
        device(1, name: "A", id: "x1"), device(2, name: "B"), device(3, name: "A"), device(4, name: "a"),
        device(5, name: "C", id: "X1"), device(6, name: "D", id: "x2"), device(7, name: "D", id: "x3"),
        device(8, name: "C", id: "x1"),
      ])
    #expect(report.rows.count == 8)
    #expect(report.repeats.count == 2)
    #expect(report.repeats.devices.map(\.name) == ["A", "A"])
    #expect(report.repeats.devices.map(\.id) == [nil, "x1"])
    #expect(report.repeats.devices.map(\.lines) == [[3, 4], [1, 5, 8]])
    #expect(report.repeats.devices.map(\.rows) == [2, 3])
  }

  @Test func `however many devices come twice, only the first are named`() throws {
    let report = try Fleet.report(
      (0..<300).map { line in
        var device = FleetDevice.laptop(line + 1)
        device.texts[.deviceID] = "id\(line % 30)"
        return device
      })
    #expect(report.repeats.count == 30)
    #expect(report.repeats.devices.count == FleetRepeats.deviceLimit)
    #expect(report.repeats.devices.allSatisfy { $0.rows == 10 && $0.lines.count == FleetRepeats.lineLimit })
  }
}
