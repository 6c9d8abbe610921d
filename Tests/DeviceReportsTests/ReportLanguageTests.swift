import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("ReportLanguage and known texts")
struct ReportLanguageTests {
  @Test(
    "a language is recognised in tags and locale names",
    arguments: [
      ("ja", ReportLanguage.japanese), ("ja-JP", .japanese), ("ja_JP.UTF-8", .japanese), ("JA", .japanese),
      ("ja@x", .japanese), ("en_GB", .english), ("fr_FR", nil), ("C", nil), ("jam", nil), ("", nil),
    ])
  func tags(tag: String, expected: ReportLanguage?) {
    #expect(ReportLanguage(tag: tag) == expected)
  }

  @Test("the first locale variable that is not empty decides")
  func locale() {
    #expect(ReportLanguage(lcAll: "ja_JP.UTF-8", lcMessages: "en_US", lang: "en_US") == .japanese)
    #expect(ReportLanguage(lcAll: "", lcMessages: "ja_JP", lang: "en_US") == .japanese)
    #expect(ReportLanguage(lcAll: nil, lcMessages: nil, lang: "ja_JP") == .japanese)
    #expect(ReportLanguage(lcAll: "C", lcMessages: "ja_JP", lang: "ja_JP") == .english)
    #expect(ReportLanguage(lcAll: nil, lcMessages: nil, lang: nil) == .english)
  }

  @Test(
    "each verdict has its exit code",
    arguments: [(Verdict.pass, Int32(0)), (.notApplicable, 5), (.fail, 1), (.indeterminate, 3)])
  func exitCodes(verdict: Verdict, expected: Int32) {
    #expect(verdict.exitCode() == expected)
    #expect(verdict.exitCode(allowingNotApplicable: true) == (verdict == .notApplicable ? 0 : expected))
  }

  @Test("every known status and remedy has words in both languages that differ from each other")
  func knownTexts() {
    for status in KnownStatus.allCases {
      #expect(status.text(in: .english).utf8.allSatisfy { $0 < 0x80 })
      #expect(status.text(in: .japanese).unicodeScalars.contains { !$0.isASCII })
    }
    for remedy in KnownRemedy.allCases {
      #expect(remedy.text(in: .english).hasSuffix("."))
      #expect(remedy.text(in: .japanese).hasSuffix("。"))
    }
  }

  @Test("statuses come from failed requirements only, the most fundamental cause first, each once")
  func statuses() throws {
    #expect(
      try SampleReport.report(SampleReport.bad).statuses
        == ["feature_not_supported", "tpm_not_available", "tpm_not_ready"])
    #expect(try SampleReport.report(SampleReport.good).statuses.isEmpty)
    #expect(try SampleReport.report(FactSnapshot()).statuses.isEmpty)
  }

  @Test(
    "neither the order nor the severity of rules changes the order of statuses; others than ours come last")
  func orderOfStatuses() throws {
    var policy = SampleReport.policy
    policy.rules = [policy.rules[1], policy.rules[2], policy.rules[0]] + [policy.rules[2]]
    policy.rules[3].name = "again"
    let names = ["tpm_not_available", "tpm_not_ready", "feature_not_supported"]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
      for index in 0..<3 { policy.rules[index].status = names[order[index]] }
      policy.rules[3].status = policy.rules[1].status
      policy.rules[2].severity = .critical
      #expect(
        try SampleReport.report(SampleReport.bad, policy: policy).statuses
          == ["feature_not_supported", "tpm_not_available", "tpm_not_ready"])
    }
    policy.rules[0].status = "of_another_make"
    policy.rules[1].status = "attestation_in_process"
    policy.rules[2].status = "another"
    policy.rules[3].status = nil
    #expect(
      try SampleReport.report(SampleReport.bad, policy: policy).statuses
        == ["attestation_in_process", "of_another_make", "another"])
  }

  @Test("remedies of warnings come last")
  func remedies() throws {
    var policy = SampleReport.policy
    policy.rules = policy.rules.reversed()
    policy.rules[0].remedy = "contact_manufacturer"
    policy.rules[3].remedy = "update_firmware"
    #expect(
      try SampleReport.report(SampleReport.bad, policy: policy).remedies
        == ["update_firmware", "update_windows", "contact_manufacturer"])
  }

  @Test("how to clear a TPM is withheld until the recovery key is known to be kept")
  func clearingTheTPM() throws {
    var policy = SampleReport.policy
    policy.facts.append(FactDeclaration(name: "bitlocker.recovery_key_escrowed", type: .bool))
    for (value, isShown) in [(Value.bool(true), true), (.bool(false), false), (nil, false)]
      as [(Value?, Bool)]
    {
      var snapshot = SampleReport.bad
      snapshot["bitlocker.recovery_key_escrowed"] = value.map { SampleReport.observation($0) }
      let report = try SampleReport.report(snapshot, policy: policy)
      let plan = RunbookPlan(KnownRemedy.clearTPM.runbook, for: RemedyFacts(report))
      for language in ReportLanguage.allCases {
        let text = plan.sentence(in: language)
        #expect((text == KnownRemedy.clearTPM.text(in: language)) == isShown)
      }
    }
  }
}
