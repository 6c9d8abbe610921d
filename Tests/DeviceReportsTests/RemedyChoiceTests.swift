import PolicyModel
import Testing

@testable import DeviceReports

@Suite("RemedyChoice")
struct RemedyChoiceTests {
  /// A policy of rules that all fail, but those whose kind says that they hold.
  private func choice(
    _ rules: [(status: String?, remedy: String?)], passing: [String] = [], warnings: [String] = []
  ) throws -> RemedyChoice {
    RemedyChoice(try report(rules, passing: passing, warnings: warnings))
  }

  private func report(
    _ rules: [(status: String?, remedy: String?)], passing: [String] = [], warnings: [String] = []
  ) throws -> PolicyReport {
    var policy = SampleReport.policy
    policy.scope.condition = nil
    let fails = Condition(steps: [.constant(.false)])
    policy.rules =
      rules.enumerated().map { index, rule in
        Rule(name: "r\(index)", kind: .require, that: fails, status: rule.status, remedy: rule.remedy)
      }
      + passing.map {
        Rule(name: "p\($0)", kind: .require, that: Condition(steps: [.constant(.true)]), remedy: $0)
      } + warnings.map { Rule(name: "w\($0)", kind: .warn, that: fails, remedy: $0) }
    return try SampleReport.report(SampleReport.good, policy: policy)
  }

  private func names(_ choice: RemedyChoice) -> [String] {
    choice.entries.map { ($0.isFurther ? "then " : "") + $0.remedy.rawValue }
  }

  @Test(
    "the rule's own come first, what its status has before it and is no worse before it, and the rest of the status last"
  )
  func order() throws {
    #expect(
      try names(choice([("tpm_not_ready", "prepare_tpm")]))
        == ["reboot_and_retry", "prepare_tpm", "then clear_tpm"])
    #expect(
      try names(choice([("aik_certificate_missing", "check_network")]))
        == ["check_network", "then reboot_and_retry", "then retry_attestation"])
    #expect(
      try names(choice([("entra_key_not_attested", "register_device")]))
        == ["retry_attestation", "register_device"])
    #expect(
      try names(choice([("tpm_not_trusted", "update_firmware")]))
        == ["update_firmware", "then contact_manufacturer", "then replace_device"])
  }

  @Test("of several rules the least destructive is first, and then the most fundamental cause")
  func severalRules() throws {
    let found = try choice([
      (nil, "clear_tpm"), ("aik_certificate_missing", "retry_attestation"),
      ("tpm_not_available", "enable_tpm"), (nil, "contact_manufacturer"),
    ])
    #expect(
      names(found) == [
        "check_network", "contact_manufacturer", "enable_tpm", "reboot_and_retry", "prepare_tpm",
        "retry_attestation", "then update_firmware", "then replace_device", "then clear_tpm",
      ])
  }

  @Test("another attempt is not advised where it does not help, and comes after what mends the cause")
  func attempts() throws {
    #expect(
      try names(
        choice(
          [("feature_not_supported", "update_windows"), ("entra_key_not_attested", "register_device")],
          passing: ["use_physical_device"], warnings: ["retry_attestation"]))
        == ["update_windows", "register_device"])
    #expect(
      try names(choice([("tpm_not_ready", "prepare_tpm")], warnings: ["retry_attestation"]))
        == ["reboot_and_retry", "prepare_tpm", "retry_attestation", "then clear_tpm"])
  }

  @Test("clearing the TPM is never first, whatever rule asks for it", arguments: KnownRemedy.allCases)
  func clearingIsLast(remedy: KnownRemedy) throws {
    for status in KnownStatus.allCases.map({ Optional($0.rawValue) }) + [nil, "other"] {
      for remedy in [remedy.rawValue, "clear_tpm", nil] {
        let entries = try choice([(status, remedy), (nil, "clear_tpm")]).entries
        #expect(entries.first.map { $0.remedy != .clearTPM && !$0.isFurther } == true)
        #expect(entries.allSatisfy { $0.remedy != .clearTPM || $0.isFurther })
        #expect(Set(entries.map(\.remedy)).count == entries.count)
      }
    }
  }

  @Test("a status whose rule names no remedy has its own")
  func withoutRemedy() throws {
    #expect(
      try names(choice([("tpm_not_ready", nil)])) == ["reboot_and_retry", "prepare_tpm", "then clear_tpm"])
  }

  @Test("what another rule has found to be so already is not advised")
  func established() throws {
    #expect(
      try names(choice([("feature_not_supported", "use_physical_device")], passing: ["update_windows"]))
        == ["use_physical_device"])
    #expect(
      try names(choice([("feature_not_supported", "use_physical_device")]))
        == ["use_physical_device", "then update_windows"])
    #expect(
      try names(choice([("tpm_not_available", "update_firmware")], passing: ["enable_tpm"]))
        == ["update_firmware", "then replace_device"])
  }

  @Test("warnings count behind requirements, and a policy that is not meant for the device advises nothing")
  func warnings() throws {
    #expect(try names(choice([], warnings: ["update_firmware"])) == ["update_firmware"])
    #expect(
      try names(choice([(nil, "enable_vbs")], warnings: ["enable_hvci"])) == ["enable_vbs", "enable_hvci"])
    var snapshot = SampleReport.bad
    snapshot["os.build"] = SampleReport.observation(.build(OSBuild(branch: 9600)))
    #expect(RemedyChoice(try SampleReport.report(snapshot)).entries.isEmpty)
    #expect(RemedyChoice(try SampleReport.report(SampleReport.good)).entries.isEmpty)
  }

  @Test("names that nobody knows are kept, each once")
  func unknownNames() throws {
    #expect(
      try choice([(nil, "pray"), (nil, "enable_vbs"), (nil, "pray")]).unknownNames == ["pray"])
  }

  @Test("only what the runbooks ask for, the policy does not read and no file told is asked for")
  func missingFacts() throws {
    let report = try report([
      ("tpm_not_ready", "clear_tpm"), (nil, "register_device"), (nil, "update_windows"),
    ])
    let missing = RemedyChoice(report).missingFacts(in: report, besides: SampleReport.good)
    #expect(
      missing.map(\.name) == ["bitlocker.os_volume", "bitlocker.recovery_key_escrowed", "join.type"])
    var known = SampleReport.good
    known["join.type"] = SampleReport.observation(.symbol("workgroup"))
    known["bitlocker.os_volume"] = Observation(.unknown(reason: "no rights"), source: "a")
    #expect(
      RemedyChoice(report).missingFacts(in: report, besides: known).map(\.name)
        == ["bitlocker.os_volume", "bitlocker.recovery_key_escrowed"])
    let gentle = try self.report([(nil, "enable_hvci")])
    #expect(RemedyChoice(gentle).missingFacts(in: gentle, besides: FactSnapshot()).isEmpty)
  }
}
