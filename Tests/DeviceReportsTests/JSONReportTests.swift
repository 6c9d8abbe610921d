import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("JSONReport")
struct JSONReportTests {
  private func parsed(_ snapshot: FactSnapshot, _ language: ReportLanguage = .english) throws -> JSONValue {
    try JSONValue(parsing: JSONReport(try SampleReport.report(snapshot), language: language).render())
  }

  private func elements(_ value: JSONValue?) throws -> [JSONValue] {
    guard case .array(let elements) = try #require(value) else {
      Issue.record("expected an array")
      return []
    }
    return elements
  }

  @Test("the verdict comes with its exit code")
  func verdict() throws {
    let bad = try parsed(SampleReport.bad)
    #expect(bad["verdict"] == .string("fail"))
    #expect(bad["exit_code"] == .integer(1))
    let silent = try parsed(FactSnapshot())
    #expect(silent["verdict"] == .string("indeterminate"))
    #expect(silent["exit_code"] == .integer(3))
    #expect(try parsed(SampleReport.good)["exit_code"] == .integer(0))
  }

  @Test("a failed rule carries message, status, remedy, what it read and what decided it")
  func failedRule() throws {
    let rule = try #require(try elements(try parsed(SampleReport.bad, .japanese)["rules"]).first)
    #expect(rule["outcome"] == .string("fail"))
    #expect(rule["message"]?["origin"] == .string("condition"))
    #expect(rule["message"]?["language"] == .string("ja"))
    #expect(rule["status"]?["id"] == .string("feature_not_supported"))
    #expect(rule["status"]?["retry_can_help"] == .bool(false))
    #expect(rule["remedy"]?["id"] == .string("update_windows"))
    #expect(rule["reads"] == .array([.string("device.platform"), .string("os.build")]))
    #expect(rule["when"]?["truth"] == .string("true"))
    let finding = try #require(try elements(rule["that"]?["decisive"]).first)
    #expect(finding["observed"] == .string("os.build = 10.0.22621.2000"))
    #expect(finding["revisions_short"] == .integer(792))
  }

  @Test("a rule that allows unknown says so, and what is missing")
  func unknownAllowed() throws {
    var policy = SampleReport.policy
    policy.rules = [policy.rules[2], policy.rules[2]]
    policy.rules[1].name = "another"
    policy.rules[1].allowsUnknown = true
    let device = FactSnapshot(["os.build": SampleReport.observation(.build(OSBuild(branch: 22621)))])
    let report = try SampleReport.report(device, policy: policy)
    let rules = try elements(try JSONValue(parsing: JSONReport(report, language: .english).render())["rules"])
    #expect(rules.map { $0["outcome"] } == [.string("unknown"), .string("unknown")])
    #expect(rules.map { $0["unknown_allowed"] } == [nil, .bool(true)])
    #expect(
      rules.map { $0["message"]?["text"] } == [
        .string("could not be told without tpm.ready"),
        .string("could not be told without tpm.ready; the policy allows that"),
      ])
  }

  @Test("every fact has its state, value, level and source, or the reason for not knowing")
  func facts() throws {
    var snapshot = SampleReport.bad
    snapshot["tpm.firmware"] = SampleReport.observation(.string("4.34"))
    snapshot["device.platform"] = nil
    let facts = try elements(try parsed(snapshot)["facts"])
    #expect(
      facts.map { $0["state"] }
        == [
          "unreadable", "known", "not_observed", "known", "wrong_type", "known", "known", "known",
        ].map { .string($0) })
    #expect(facts[0]["reason"] == .string("run as administrator"))
    #expect(facts[1]["level"] == .string("reported"))
    #expect(facts[1]["source"] == .string("file:laptop.yaml"))
    #expect(facts[3]["value"] == .string("10.0.22621.2000"))
    #expect(facts[4]["found"] == .string("4.34"))
    #expect(facts[4]["value"] == nil)
    #expect(facts[6]["value"] == .bool(false))
  }

  @Test("contradictions are listed with both sides")
  func contradictions() throws {
    let contradiction = try #require(try elements(try parsed(SampleReport.bad)["contradictions"]).first)
    #expect(contradiction["fact"] == .string("tpm.version"))
    #expect(contradiction["kept"]?["value"] == .string("1.2"))
    #expect(contradiction["set_aside"]?["source"] == .string("file:laptop.yaml"))
  }

  @Test("everything that the text says of the rules is in the JSON")
  func carriesTheText() throws {
    let report = try SampleReport.report(SampleReport.bad)
    let json = String(decoding: JSONReport(report, language: .english).render(), as: UTF8.self)
    for result in report.rules {
      #expect(json.contains("\"name\":\"\(result.rule.name)\""))
      guard let message = RuleMessage(for: result, in: report, language: .english) else { continue }
      let escaped = JSONValue.string(message.text).canonicalBytes()
      #expect(json.contains(String(decoding: escaped, as: UTF8.self)))
    }
    for name in report.statuses + report.remedies { #expect(json.contains("\"id\":\"\(name)\"")) }
  }
}
