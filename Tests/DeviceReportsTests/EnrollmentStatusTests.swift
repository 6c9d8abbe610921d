import CSPCatalog
import DeviceReports
import Diagnostics
import PolicyCompiler
import PolicyModel
import TestSupport
import Testing

/// The shipped policy for enrollment attestation, and what keeps devices from complying with it.
@Suite("Statuses of the shipped enrollment policy")
struct EnrollmentStatusTests {
  /// Something wrong with a device that is sound otherwise.
  struct Cause: Sendable, CustomTestStringConvertible {
    let name: String
    /// The facts that change; nil makes one unknown.
    let facts: [String: Value?]
    /// The statuses that it alone leads to.
    let statuses: [KnownStatus]
    /// The names of causes that can no longer be told beside it.
    var hides: Set<String> = []

    var testDescription: String { name }
  }

  /// Two causes that are a third one together.
  struct Joined {
    let causes: Set<String>
    let status: KnownStatus
  }

  /// Every status, the most fundamental cause first.
  static let order = [
    "feature_not_supported", "tpm_not_available", "tpm_not_trusted", "tpm_not_ready", "parameters_missing",
    "aik_certificate_missing", "entra_key_not_attested", "entra_token_without_device", "entra_token_mismatch",
    "mdm_key_already_in_tpm", "authentication_failed", "client_request_rejected", "attestation_in_process",
  ]

  private static let build = OSBuild(branch: 22621, revision: 2791)
  private static let keys: Set = [
    "AIK without parameters", "no AIK certificate", "Entra key in software", "MDM key without AIK public key",
  ]

  static let causes = [
    Cause(name: "old build", facts: ["os.build": .build(build)], statuses: [.featureNotSupported]),
    Cause(
      name: "virtual machine", facts: ["device.platform": .symbol("hyper_v")],
      statuses: [.featureNotSupported]),
    Cause(
      name: "unsupported", facts: ["attestation.supported": .bool(false)], statuses: [.featureNotSupported]),
    Cause(
      name: "no TPM",
      facts: [
        "tpm.present": .bool(false), "tpm.manufacturer": nil, "tpm.firmware": nil,
        "tpm.vulnerable_firmware": nil,
      ],
      statuses: [.tpmNotAvailable], hides: keys.union(["TPM 1.2", "untrusted TPM", "TPM not ready"])),
    Cause(
      name: "TPM 1.2", facts: ["tpm.version": .version(Version(1, 2, written: 2))],
      statuses: [.tpmNotAvailable], hides: keys),
    attempt("tpm_not_available", .tpmNotAvailable),
    Cause(name: "untrusted TPM", facts: ["tpm.trusted": .bool(false)], statuses: [.tpmNotTrusted]),
    Cause(name: "TPM not ready", facts: ["tpm.ready": .bool(false)], statuses: [.tpmNotReady]),
    attempt("tpm_not_ready", .tpmNotReady),
    Cause(
      name: "AIK without parameters",
      facts: ["attestation.aik_certificate": .bool(false), "attestation.aik_public_key": .bool(false)],
      statuses: [.parametersMissing, .aikCertificateMissing]),
    Cause(
      name: "no AIK certificate", facts: ["attestation.aik_certificate": .bool(false)],
      statuses: [.aikCertificateMissing]),
    Cause(
      name: "Entra key in software", facts: ["entra.key_in_tpm": .bool(false)],
      statuses: [.entraKeyNotAttested]),
    attempt("entra_key_not_in_tpm", .entraKeyNotAttested),
    Cause(
      name: "Entra key does not sign", facts: ["entra.key_usable": .bool(false)],
      statuses: [.entraKeyNotAttested]),
    Cause(
      name: "Entra registration marked for recovery", facts: ["entra.recovery_needed": .bool(true)],
      statuses: [.entraKeyNotAttested]),
    Cause(
      name: "Entra does not accept the device", facts: ["entra.device_authenticated": .bool(false)],
      statuses: [.authenticationFailed]),
    Cause(
      name: "token without device", facts: ["attestation.token_has_device": .bool(false)],
      statuses: [.entraTokenWithoutDevice]),
    Cause(
      name: "token of another device", facts: ["attestation.token_matches_device": .bool(false)],
      statuses: [.entraTokenMismatch]),
    Cause(
      name: "MDM key without AIK public key",
      facts: ["attestation.mdm_key_in_tpm": .bool(true), "attestation.aik_public_key": .bool(false)],
      statuses: [.mdmKeyAlreadyInTPM]),
    attempt("mdm_key_already_in_tpm", .mdmKeyAlreadyInTPM),
    attempt("authentication_failed", .authenticationFailed),
    attempt("request_rejected", .clientRequestRejected),
    attempt("in_progress", .attestationInProcess),
  ]

  static let joined = [
    Joined(causes: ["no AIK certificate", "MDM key without AIK public key"], status: .parametersMissing)
  ]

  /// What the last attempt ended with.
  private static func attempt(_ outcome: String, _ status: KnownStatus) -> Cause {
    Cause(
      name: "last attempt: \(outcome)", facts: ["attestation.recovery_status": .symbol(outcome)],
      statuses: [status])
  }

  private let policy: CompiledPolicy
  private let evaluator: PolicyEvaluator
  /// A healthy laptop before its first attempt.
  private let sound: FactSnapshot

  init() throws {
    let files = try PolicyFolder().files
    let compiler = Compiler(CompilerOptions(catalog: .embedded, facts: .embedded))
    let compilation = try #require(
      compiler.compile("windows-enrollment-attestation.attpolicy") { files[$0] })
    try #require(compilation.diagnostics.isEmpty)
    let checked = try #require(compilation.policies.first)
    policy = checked.compiled
    evaluator = try PolicyEvaluator(checked.compiled)
    sound = try #require(
      checked.tests.first { $0.name == "a healthy laptop before its first attempt" }
    ).facts
  }

  private func device(_ causes: Cause...) -> FactSnapshot {
    var device = sound
    for (fact, value) in causes.flatMap(\.facts) {
      device[fact] = value.map { Observation(.value($0), source: "test") }
    }
    return device
  }

  /// Statuses in the order that is asked for here, whatever order the model has.
  private func ordered(_ statuses: Set<KnownStatus>) -> [String] {
    Self.order.filter { name in statuses.contains { $0.rawValue == name } }
  }

  @Test("the order of statuses is the one meant, and has all of them")
  func order() {
    #expect(KnownStatus.allCases.sorted { $0.rank < $1.rank }.map(\.rawValue) == Self.order)
    #expect(Set(KnownStatus.allCases.map(\.rank)).count == 13)
  }

  @Test("a sound device complies and has no status, whether services have spoken or not")
  func soundDevice() {
    #expect(evaluator.report(on: sound).verdict == .pass)
    #expect(evaluator.report(on: sound).statuses == [])
    var silent = sound
    for fact in [
      "tpm.trusted", "attestation.aik_public_key", "attestation.recovery_status",
      "attestation.supported", "attestation.token_has_device", "attestation.token_matches_device",
      "attestation.mdm_key_in_tpm", "entra.device_authenticated", "entra.key_usable", "entra.recovery_needed",
    ] {
      #expect(silent[fact] != nil)
      silent[fact] = nil
    }
    #expect(evaluator.report(on: silent).verdict == .pass)
    #expect(evaluator.verdict(on: silent) == .pass)
  }

  @Test("every status is some cause's")
  func complete() {
    #expect(Set(Self.causes.compactMap(\.statuses.first)) == Set(KnownStatus.allCases))
  }

  @Test("a cause alone leads to its status, and the report names it", arguments: causes)
  func alone(cause: Cause) throws {
    let report = evaluator.report(on: device(cause))
    #expect(report.verdict == .fail)
    #expect(report.statuses == cause.statuses.map(\.rawValue))
    let status = try #require(cause.statuses.first)
    for language in ReportLanguage.allCases {
      let text = TextReport(report, language: language).render()
      let label = language.choose("status:", "状態の詳細:")
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("  \(label)") })
      #expect(line.contains(status.text(in: language)))
      #expect(
        line.contains(language.choose("another attempt will not help", "再試行では解決しません")) == !status.retryCanHelp
      )
    }
  }

  @Test(
    "each code of the last attempt is no failure or has its status",
    arguments: [
      ("not_started", nil), ("in_progress", "attestation_in_process"), ("finished", nil),
      ("tpm_not_available", "tpm_not_available"), ("entra_key_not_in_tpm", "entra_key_not_attested"),
      ("mdm_key_already_in_tpm", "mdm_key_already_in_tpm"), ("tpm_not_ready", "tpm_not_ready"),
      ("authentication_failed", "authentication_failed"), ("request_rejected", "client_request_rejected"),
    ])
  func recoveryCodes(code: String, status: String?) {
    var device = sound
    device["attestation.recovery_status"] = Observation(.value(.symbol(code)), source: "test")
    let report = evaluator.report(on: device)
    #expect(report.statuses == [status].compactMap(\.self))
    #expect(report.verdict == (status == nil ? .pass : .fail))
  }

  @Test("the codes are all that a device can answer with")
  func recoveryCodesAreComplete() throws {
    let fact = try #require(policy.facts.first { $0.name == "attestation.recovery_status" })
    guard case .symbol(let codes) = fact.type else {
      Issue.record("the outcome of the last attempt is no enum")
      return
    }
    #expect(codes.count == 9)
    let attempts = Self.causes.compactMap { $0.facts["attestation.recovery_status"] }
    let harmless = ["not_started", "finished"].map { Value?.some(.symbol($0)) }
    #expect(Set(attempts + harmless) == Set(codes.map { Value?.some(.symbol($0)) }))
  }

  @Test("of two causes the more fundamental one is the status, and the other is named too")
  func pairs() throws {
    var checked = 0
    var exclusive = 0
    var hidden = 0
    for (index, first) in Self.causes.enumerated() {
      for second in Self.causes[(index + 1)...] {
        let shared = first.facts.keys.filter { second.facts.keys.contains($0) }
        if shared.contains(where: { first.facts[$0] != second.facts[$0] }) {
          exclusive += 1
          continue
        }
        var expected = Set<KnownStatus>()
        if !second.hides.contains(first.name) { expected.formUnion(first.statuses) }
        if !first.hides.contains(second.name) { expected.formUnion(second.statuses) }
        if first.hides.contains(second.name) || second.hides.contains(first.name) { hidden += 1 }
        expected.formUnion(
          Self.joined.filter { $0.causes == [first.name, second.name] }.map(\.status))
        let report = evaluator.report(on: device(first, second))
        #expect(report.verdict == .fail)
        #expect(report.statuses == ordered(expected), "\(first.name), \(second.name)")
        if report.statuses.count > 1 {
          let text = TextReport(report, language: .english).render()
          let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("  also:   ") })
          for name in report.statuses.dropFirst() {
            #expect(line.contains(try #require(KnownStatus(rawValue: name)).text(in: .english)))
          }
        }
        checked += 1
      }
    }
    // Seven outcomes of the last attempt exclude each other.
    #expect(exclusive == 21)
    #expect(hidden == 11)
    #expect(checked + exclusive == Self.causes.count * (Self.causes.count - 1) / 2)
  }

  @Test(
    "the facts that a status is explained to be decided by are those that its rules ask",
    arguments: KnownStatus.allCases)
  func explained(status: KnownStatus) {
    let rules = policy.rules.filter { $0.status == status.rawValue }
    #expect(!rules.isEmpty && rules.allSatisfy { $0.kind == .require })
    func names(_ condition: Condition) -> [String] {
      condition.steps.flatMap(\.references).map { policy.facts[Int($0.index)].name }
    }
    let asked = Set(rules.flatMap { names($0.that) })
    let read = asked.union(rules.compactMap(\.when).flatMap(names))
    let detail = Set(StatusDetail(status).decidedBy)
    #expect(asked.isSubset(of: detail))
    #expect(detail.isSubset(of: read))
  }

  @Test(
    "the remedies of its rules are among those that a status is explained with",
    arguments: KnownStatus.allCases)
  func remedies(status: KnownStatus) {
    let remedies = StatusDetail(status).remedies.map(\.rawValue)
    for rule in policy.rules where rule.status == status.rawValue {
      #expect(rule.remedy.map(remedies.contains) == true, "\(rule.name)")
    }
  }

  @Test("only what services tell, or a device once it has tried, may be unknown")
  func allowances() {
    let allowed = policy.rules.filter(\.allowsUnknown).map(\.name)
    #expect(
      allowed == [
        "service_supports_device", "tpm_trusted", "mdm_key_attestable", "entra_accepts_device",
        "entra_key_usable", "no_entra_recovery", "token_has_device", "token_matches_device",
        "last_attempt_had_tpm", "last_attempt_had_ready_tpm", "last_attempt_had_entra_key",
        "last_attempt_moved_mdm_key", "last_attempt_authenticated", "last_attempt_accepted",
        "no_attempt_running",
      ])
  }
}
