import DeviceReports
import Diagnostics
import FleetReports
import Foundation
import PolicyModel
import TestSupport
import Testing

@Suite struct AttestPlanTests {
  @Test(arguments: KnownStatus.allCases)
  func `a status decides whether another attempt is planned`(status: KnownStatus) {
    let plan = Plan.of([.device(1, [status])])
    let allowed: Set<KnownStatus> = [
      .entraKeyNotAttested, .attestationInProcess, .tpmNotAvailable, .tpmNotReady, .aikCertificateMissing,
      .parametersMissing, .mdmKeyAlreadyInTPM, .entraTokenMismatch, .authenticationFailed,
    ]
    #expect(plan.asked.count == (allowed.contains(status) ? 1 : 0))
    #expect(plan.whys == (allowed.contains(status) ? [] : [.retryCannotHelp(status)]))
  }

  @Test func `one status that a retry does not change is enough to leave a device out`() {
    let plan = Plan.of([.device(1, [.tpmNotReady, .tpmNotTrusted])])
    #expect(plan.whys == [.retryCannotHelp(.tpmNotTrusted)])
  }

  @Test func `a device that has not started is asked, whether it complies or cannot be told`() {
    let plan = Plan.of([
      .device(1, verdict: .pass, recovery: "not_started"),
      .device(2, verdict: .indeterminate, recovery: "not_started"),
    ])
    #expect(plan.now.count == 2)
    #expect(plan.omitted.isEmpty)
  }

  @Test func `a device without a status is left out for what it is`() {
    let plan = Plan.of([
      .device(1, verdict: .pass, recovery: "finished"), .device(2, verdict: .pass),
      .device(3, verdict: .indeterminate), .device(4, verdict: .notApplicable, recovery: "not_started"),
      .device(5, verdict: .fail),
    ])
    #expect(plan.whys == [.complies, .complies, .unknown, .notApplicable, .noStatus])
    #expect(plan.asked.isEmpty)
  }

  @Test func `only failed requirements say what to mend first, and a retry is nothing to mend`() {
    let plan = Plan.of([
      .device(1, [.tpmNotReady], failed: [0]), .device(2, [.mdmKeyAlreadyInTPM], failed: [1]),
      .device(3, [.tpmNotReady], failed: [0, 0, 1, 2]), .device(4, [.authenticationFailed], warned: [0]),
    ])
    #expect(plan.now.batches.flatMap(\.devices).map(\.line) == [2, 4])
    let waiting = plan.afterMending.batches.flatMap(\.devices)
    #expect(waiting.map(\.line) == [1, 3])
    #expect(waiting.map(\.remedies) == [[.prepareTPM], [.prepareTPM, .updateWindows]])
  }

  @Test(arguments: [
    "", "00000000-0000-0000-0000-000000000000", "LAPTOP-1", "../../users", "1/../../2",
    "11111111-2222-3333-4444-55555555555", "11111111-2222-3333-4444-5555555555555",
    "11111111-2222-3333-4444-55555555555/", "11111111-2222-3333-4444-55555555555\u{FF11}",
    "{11111111-2222-3333-4444-555555555555}", "11111111222233334444555555555555",
    "11111111-2222-3333-4444-555555555555/wipe?x=", " 11111111-2222-3333-4444-55555555555",
    "1111111-12222-3333-4444-555555555555", "é1111111-2222-3333-4444-55555555555",
    "g1111111-2222-3333-4444-555555555555",
  ])
  func `what is no GUID is never put into a URL`(text: String) throws {
    let plan = Plan.of([.device(1, [.tpmNotReady], id: text)])
    #expect(plan.whys == [text.isEmpty ? .noDeviceID : .notAGUID])
    #expect(plan.asked.isEmpty)
    let json = try Plan.json(plan)
    #expect(Plan.requests(json).isEmpty)
  }

  @Test func `a device in capital letters is the same device`() {
    let id = "ABCDEF01-2345-6789-ABCD-EF0123456789"
    let plan = Plan.of([
      .device(1, [.tpmNotReady], failed: [0], id: id),
      .device(2, [.authenticationFailed], failed: [2], id: id.lowercased()),
    ])
    #expect(plan.asked.map(\.id.description) == [id.lowercased()])
    #expect(plan.asked.first?.statuses == [.tpmNotReady, .authenticationFailed])
    #expect(plan.asked.first?.remedies == [.prepareTPM, .updateWindows])
    #expect(plan.whys == [.sameDevice(line: 1)])
  }

  @Test func `a device of which another row says no is left out`() {
    let plan = Plan.of([
      .device(1, [.tpmNotReady], id: Plan.id(7)), .device(2, [.tpmNotReady], id: Plan.id(7)),
      .device(3, [.tpmNotTrusted], id: Plan.id(7)), .device(4, [.tpmNotReady], id: Plan.id(8)),
    ])
    #expect(plan.asked.map(\.line) == [4])
    #expect(
      plan.whys == [.contradicted(line: 3), .contradicted(line: 3), .retryCannotHelp(.tpmNotTrusted)])
  }

  @Test(arguments: [0, 1, 19, 20, 21, 99, 100, 101, 120, 1000, 1001])
  func `batches keep every limit, and all requests together are the devices, each once`(count: Int) throws {
    let plan = Plan.of((0..<count).map { .device($0 + 1, [.authenticationFailed], id: Plan.id($0)) })
    #expect(plan.now.batches.count == (count + 99) / 100)
    #expect(plan.now.seconds == (count == 0 ? 0 : (plan.now.batches.count - 1) * 60 + 900))
    for (number, batch) in plan.now.batches.enumerated() {
      #expect(batch.start == number * 60)
      #expect(1...100 ~= batch.devices.count)
      #expect(batch.calls.allSatisfy { 1...20 ~= $0.count })
      #expect(batch.calls.flatMap { $0 } == batch.devices)
    }
    let requests = Plan.requests(try Plan.json(plan))
    #expect(requests.compactMap { $0["id"] as? String } == (0..<count).map(Plan.id))
    for request in requests {
      let id = request["id"] as? String ?? ""
      #expect(request["method"] as? String == "POST")
      #expect(
        request["url"] as? String
          == "/deviceManagement/managedDevices/\(id)/initiateMobileDeviceManagementKeyRecovery")
    }
  }

  @Test func `both stages begin at once, and every row of the report is in one list`() throws {
    let plan = Plan.of(
      (0..<150).map { .device($0, [.tpmNotReady], failed: [0], id: Plan.id($0)) }
        + (150..<400).map { .device($0, [.authenticationFailed], id: Plan.id($0)) }
        + (400..<410).map { .device($0, [.tpmNotTrusted], id: Plan.id($0)) })
    #expect(plan.afterMending.batches.map(\.start) == [0, 60])
    #expect(plan.now.batches.map(\.start) == [0, 60, 120])
    #expect(plan.rows == 410)
    let counts = try #require(try Plan.json(plan)["counts"] as? [String: Any])
    #expect(counts["rows"] as? Int == 410)
    #expect(counts["now"] as? Int == 250)
    #expect(counts["after_mending"] as? Int == 150)
    #expect(counts["left_out"] as? Int == 10)
    #expect(counts["left_out_by_reason"] as? [String: Int] == ["retry_cannot_help": 10])
  }

  @Test func `the document is as its schema says`() throws {
    let plans = [
      Plan.of([]),
      Plan.of([
        .device(1, [.tpmNotReady], failed: [0]), .device(2, [.authenticationFailed]),
        .device(3, [.tpmNotTrusted]),
        .device(4, [.tpmNotReady], id: "no GUID"), .device(5, [.tpmNotReady], id: ""),
        .device(6, [.tpmNotReady], id: Plan.id(1)), .device(7, verdict: .fail), .device(8, verdict: .pass),
        .device(9, verdict: .notApplicable), .device(10, verdict: .indeterminate),
        .device(11, [.tpmNotReady], id: Plan.id(3)),
      ]),
      Plan.of((0..<121).map { .device($0 + 1, [.authenticationFailed], id: Plan.id($0)) }),
    ]
    let documents = plans.map { AttestPlanJSON($0).bytes() }
    guard let answers = try JSONSchema("plan-attest").answers(for: documents) else { return }
    #expect(answers == plans.map { _ in "valid" })
    let names = Set(plans[1].omitted.map(\.reason.name))
    #expect(names == Set(AttestPlanOmission.names))
    let damaged = documents[1].split(separator: UInt8(ascii: "/")).joined(separator: Array("//".utf8))
    #expect(
      try JSONSchema("plan-attest").answers(for: [Array(damaged)])?.first?.hasPrefix("not valid") == true)
  }

  @Test func `the summary says what is asked, what comes first and why the others are left out`() {
    let plan = Plan.of([
      .device(1, [.tpmNotReady], failed: [0]), .device(2, [.authenticationFailed]),
      .device(3, [.tpmNotTrusted]),
    ])
    let english = Plan.text(plan, .english)
    for part in [
      "policyc sends nothing.", "now: 1 device, done within 15 min", "1  prepare_tpm",
      "left out: 1 row\n", "1  retry_cannot_help", "DeviceManagementManagedDevices.PrivilegedOperations.All",
      "https://graph.microsoft.com/beta/$batch",
    ] {
      #expect(english.contains(part), "\(part) is missing in:\n\(english)")
    }
    let many = Plan.of((0..<201).map { .device($0, [.authenticationFailed], id: Plan.id($0)) })
    #expect(
      Plan.text(many, .english).contains(
        "now: 201 devices in 3 batches, the last after 120 s, all done within 17 min"))
    let japanese = Plan.text(plan, .japanese)
    #expect(japanese.contains("すぐに実行: 1 台 (15 分以内に完了する見込み)"))
    #expect(japanese.split(separator: "\n").count == english.split(separator: "\n").count)
  }
}

/// Makes plans and reads them back.
enum Plan {
  static let policy = CompiledPolicy(
    name: "attest", version: Version(1, 0, 0, written: 3), facts: [],
    rules: [
      rule("tpm_ready", remedy: "prepare_tpm"), rule("last_attempt", remedy: "retry_attestation"),
      rule("supported_build", remedy: "update_windows"),
    ])

  private static func rule(_ name: String, remedy: String) -> Rule {
    Rule(name: name, kind: .require, that: Condition(steps: [.constant(.true)]), remedy: remedy)
  }

  static func of(_ rows: [FleetRow]) -> AttestPlan {
    AttestPlan(FleetReport(policy: policy, rows: rows, problems: [], counts: FleetCounts()))
  }

  static func id(_ number: Int) -> String {
    String(format: "0a1b2c3d-0000-4000-8000-%012x", number)
  }

  static func json(_ plan: AttestPlan) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(AttestPlanJSON(plan).bytes())) as? [String: Any])
  }

  static func text(_ plan: AttestPlan, _ language: ReportLanguage) -> String {
    let style = TerminalStyle(repertoire: .unicode)
    return String(decoding: AttestPlanText(plan, language: language, style: style).bytes(), as: UTF8.self)
  }

  /// All requests of both stages, in order.
  static func requests(_ json: [String: Any]) -> [[String: Any]] {
    ["now", "after_mending"].flatMap { stage in
      let batches = (json[stage] as? [String: Any])?["batches"] as? [[String: Any]] ?? []
      return batches.flatMap { $0["calls"] as? [[String: Any]] ?? [] }
        .flatMap { $0["requests"] as? [[String: Any]] ?? [] }
    }
  }
}

extension AttestPlan {
  var asked: [Device] { (now.batches + afterMending.batches).flatMap(\.devices) }
  var whys: [AttestPlanOmission] { omitted.map(\.reason) }
}

extension FleetRow {
  /// A row with the ID of its line unless another is given; with statuses it fails.
  static func device(
    _ line: Int, _ statuses: [KnownStatus] = [], verdict: Verdict? = nil, recovery: String? = nil,
    failed: [Int] = [], warned: [Int] = [], id: String? = nil
  ) -> FleetRow {
    let verdict = verdict ?? (statuses.isEmpty ? .pass : .fail)
    var texts = FleetTexts()
    texts[.deviceID] = id ?? Plan.id(line)
    texts[.deviceName] = "PC-\(line)"
    return FleetRow(
      line: line, texts: texts, verdict: verdict,
      state: AttestationState(verdict: verdict, status: statuses.first, recovery: recovery),
      statuses: statuses,
      branch: nil, failed: failed, unknown: [], warned: warned, remedies: [])
  }
}
