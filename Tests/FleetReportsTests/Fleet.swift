import FleetReports
import PolicyModel

/// A small policy, and fleets that it judges.
enum Fleet {
  static let facts: [FactDeclaration] = [
    FactDeclaration(name: "boot.secure_boot", type: .symbol(["on", "off", "unsupported"])),
    FactDeclaration(name: "os.branch", type: .int),
    FactDeclaration(name: "tpm.ready", type: .bool),
    FactDeclaration(name: "tpm.version", type: .version),
  ]

  /// Rules 0 `tpm_2_0` and 1 `tpm_ready` are requirements, 2 `secure_boot` a warning; meant for branches from 10240 on.
  static let policy = CompiledPolicy(
    name: "fleet-policy", version: Version(1, 2, 0, written: 3), title: "A small policy",
    titles: [Rule.Message(language: "ja", text: "小さなポリシー")],
    scope: CompiledPolicy.Scope(condition: compare(1, .greaterOrEqual, .int(10240))), facts: facts,
    rules: [
      Rule(
        name: "tpm_2_0", kind: .require, that: compare(3, .greaterOrEqual, .version(Version(2))),
        status: "tpm_not_available", remedy: "enable_tpm"),
      Rule(
        name: "tpm_ready", kind: .require, that: compare(2, .equal, .bool(true)), status: "tpm_not_ready",
        remedy: "prepare_tpm"),
      Rule(
        name: "secure_boot", kind: .warn, that: compare(0, .equal, .symbol("on")),
        remedy: "enable_secure_boot"),
    ])

  private static func compare(_ fact: Int32, _ comparison: Comparison, _ value: Value) -> Condition {
    Condition(steps: [.compare(FactReference(index: fact, attested: false), comparison, value)])
  }

  static func report(_ devices: [FleetDevice], problems: [FleetProblem] = []) throws -> FleetReport {
    var evaluation = try FleetEvaluation(policy)
    for device in devices { evaluation.add(.device(device)) }
    for problem in problems { evaluation.add(.problem(problem)) }
    return evaluation.report()
  }
}

extension FleetDevice {
  /// A laptop in good order with other facts than usual; nil makes one unknown.
  static func laptop(_ line: Int, _ changes: [String: Value?] = [:]) -> FleetDevice {
    var values: [String: Value] = [
      "attestation.recovery_status": .symbol("finished"), "boot.secure_boot": .symbol("on"),
      "os.build": .build(OSBuild(branch: 22631, revision: 3000)), "tpm.ready": .bool(true),
      "tpm.version": .version(Version(2, 0, written: 2)),
    ]
    for (name, value) in changes { values[name] = value }
    return FleetDevice(
      line: line, texts: FleetTexts(), facts: FactSnapshot(values: values, source: "test"))
  }
}
