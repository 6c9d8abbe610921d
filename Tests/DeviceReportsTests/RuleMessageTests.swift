import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("RuleMessage")
struct RuleMessageTests {
  /// The message of a rule that fails since tpm.version is 1.2.
  private func message(
    _ messages: [(String, String)], _ language: ReportLanguage, that steps: [ConditionStep]? = nil,
    source: String = "the source"
  ) throws -> RuleMessage {
    let version = SampleReport.fact("tpm.version")
    var policy = SampleReport.policy
    policy.rules = [
      Rule(
        name: "r", kind: .require,
        that: Condition(
          steps: steps ?? [.compare(version, .greaterOrEqual, .version(Version(2, 0, written: 2)))]),
        messages: messages.map { Rule.Message(language: $0.0, text: $0.1) }, source: source)
    ]
    let report = try SampleReport.report(SampleReport.bad, policy: policy)
    return try #require(RuleMessage(for: report.rules[0], in: report, language: language))
  }

  @Test("the message in the language asked for is taken, else English, else one made from the condition")
  func choice() throws {
    let both = [("en", "English"), ("ja", "日本語")]
    #expect(try message(both, .japanese).text == "日本語")
    #expect(try message(both, .japanese).origin == .policy)
    #expect(try message(both, .english).text == "English")
    #expect(try message([("en", "English")], .japanese).origin == .fallback)
    #expect(try message([("en", "English")], .japanese).language == "en")
    #expect(try message([("fr", "Français")], .japanese).origin == .condition)
    #expect(try message([("ja", "日本語")], .english).origin == .condition)
  }

  @Test("a message with a region serves where there is none without")
  func regions() throws {
    #expect(try message([("en-GB", "British"), ("ja-JP", "日本")], .japanese).text == "日本")
    #expect(try message([("en", "plain"), ("en-GB", "British")], .english).text == "plain")
    #expect(try message([("en-GB", "British")], .japanese).origin == .fallback)
    #expect(try message([("jam", "Jamaican")], .japanese).origin == .condition)
  }

  @Test(
    "facts and params in braces are filled in and other braces stay",
    arguments: [
      ("has {tpm.version}, needs {minimum_tpm}", "has 1.2, needs 2.0"),
      ("{ tpm.version }", "1.2"), ("{attestation.aik_certificate}", "(unknown)"),
      ("{no.such_fact} {", "{no.such_fact} {"), ("{{tpm.version}}", "{1.2}"), ("{}", "{}"),
      ("a } b", "a } b"),
      ("{tpm.version", "{tpm.version"), ("\\{tpm.version}", "{tpm.version}"),
    ])
  func braces(template: String, expected: String) throws {
    #expect(try message([("en", template)], .english).text == expected)
  }

  @Test("a value that looks like a template is not filled in again")
  func valuesAreNotTemplates() throws {
    var snapshot = SampleReport.bad
    snapshot["tpm.manufacturer"] = SampleReport.observation(.string("{tpm.version}"))
    var policy = SampleReport.policy
    policy.rules[1].messages = [Rule.Message(language: "en", text: "{tpm.manufacturer}")]
    let report = try SampleReport.report(snapshot, policy: policy)
    #expect(RuleMessage(for: report.rules[1], in: report, language: .english)?.text == "{tpm.version}")
  }

  @Test("a default message has a sentence for every kind of test")
  func defaults() throws {
    let version = SampleReport.fact("tpm.version")
    let two = Value.version(Version(2, 0, written: 2))
    let cases: [([ConditionStep], String, String)] = [
      (
        [.compare(version, .greater, two)], "needs tpm.version later than 2.0; this device has 1.2",
        "tpm.version は 2.0 より後が必要ですが、このデバイスは 1.2 です"
      ),
      (
        [.compare(version, .equal, two)], "needs tpm.version 2.0; this device has 1.2",
        "tpm.version は 2.0が必要ですが、このデバイスは 1.2 です"
      ),
      (
        [.compare(version, .less, two), .not], "needs tpm.version 2.0 or later; this device has 1.2",
        "tpm.version は 2.0 以降が必要ですが、このデバイスは 1.2 です"
      ),
      (
        [.member(version, [two, .version(Version(2, 1, written: 2))])],
        "needs tpm.version one of 2.0, 2.1; this device has 1.2",
        "tpm.version は 2.0, 2.1 のいずれかが必要ですが、このデバイスは 1.2 です"
      ),
      (
        [.compareFacts(version, .greaterOrEqual, SampleReport.fact("tpm.firmware"))],
        "needs tpm.version tpm.firmware or later; this device has tpm.version = 1.2, tpm.firmware = 4.33",
        "tpm.version は tpm.firmware 以降が必要ですが、このデバイスは tpm.version = 1.2, tpm.firmware = 4.33 です"
      ),
      (
        [.fact(SampleReport.fact("tpm.ready"))], "needs tpm.ready true; this device has false",
        "tpm.ready は trueが必要ですが、このデバイスは false です"
      ),
      (
        [.compare(version, .equal, two), .fact(SampleReport.fact("tpm.ready")), .and(2)],
        "needs tpm.version 2.0; this device has 1.2; needs tpm.ready true; this device has false",
        "tpm.version は 2.0が必要ですが、このデバイスは 1.2 です。tpm.ready は trueが必要ですが、このデバイスは false です"
      ),
      (
        [.compare(version, .equal, two), .fact(SampleReport.fact("tpm.ready")), .or(2)], "needs the source",
        "the source が必要です"
      ),
      ([.constant(.false)], "needs the source", "the source が必要です"),
    ]
    for (steps, english, japanese) in cases {
      #expect(try message([], .english, that: steps).text == english)
      #expect(try message([], .japanese, that: steps).text == japanese)
    }
    #expect(try message([], .english, that: [.constant(.false)], source: "").text == "does not hold")
  }

  @Test("a rule that could not be told names what is unknown instead of saying what is wrong")
  func unknown() throws {
    let report = try SampleReport.report(FactSnapshot())
    let message = RuleMessage(for: report.rules[1], in: report, language: .english)
    #expect(message?.text == "could not be told without tpm.version")
    #expect(message?.origin == .condition)
  }

  @Test("a rule that passed has no message")
  func passed() throws {
    let report = try SampleReport.report(SampleReport.good)
    #expect(report.rules.allSatisfy { RuleMessage(for: $0, in: report, language: .english) == nil })
  }
}
