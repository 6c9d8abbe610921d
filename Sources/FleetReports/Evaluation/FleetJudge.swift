import CSPCatalog
import DeviceReports
import PolicyModel

/// Makes the rows of the report: judges devices by one policy.
struct FleetJudge: Sendable {
  private let evaluator: PolicyEvaluator
  /// Of each rule whether it warns: what every device asks, without copies of the rules.
  private let warns: [Bool]

  init(_ policy: CompiledPolicy) throws(PolicyDefect) {
    evaluator = try PolicyEvaluator(policy)
    warns = policy.rules.map { $0.kind == .warn }
  }

  var policy: CompiledPolicy { evaluator.policy }

  func row(of device: FleetDevice) -> FleetRow {
    let (told, scope, outcomes) = evaluator.outcomes(on: device.facts)
    let isForeign = device.isWindows == false && isForWindows
    let verdict = isForeign ? .notApplicable : told
    var failed: [Int] = []
    var unknown: [Int] = []
    var warned: [Int] = []
    // Rules of a policy that is not meant for the device do not count.
    for (index, outcome) in outcomes.enumerated() where !isForeign && scope != .false {
      switch outcome {
      case .fail where warns[index]: warned.append(index)
      case .fail: failed.append(index)
      case .unknown where !warns[index]: unknown.append(index)
      case .pass, .unknown, .notApplicable: break
      }
    }
    let causes = FailedRules((failed + warned).map { policy.rules[$0] })
    let statuses = causes.statuses.compactMap { KnownStatus(rawValue: $0) }
    return FleetRow(
      line: device.line, texts: Self.texts(of: device), verdict: verdict,
      state: AttestationState(
        verdict: verdict, status: statuses.first,
        recovery: device.facts[Self.recoveryStatus]?.value?.description),
      statuses: statuses, branch: Self.branch(of: device.facts), failed: failed, unknown: unknown,
      warned: warned, remedies: causes.remedies.compactMap { KnownRemedy(rawValue: $0) })
  }

  /// Whether the policy is meant for branches or editions of Windows only, which no other system has.
  private var isForWindows: Bool { !policy.scope.branches.isEmpty || !policy.scope.editions.isEmpty }

  private static func branch(of facts: FactSnapshot) -> WindowsBranch? {
    guard case .build(let build)? = facts["os.build"]?.value else { return nil }
    return WindowsBranch.shipped(build: build.branch)
  }

  /// The facts that a row shows, whether the policy reads them or not.
  static let shownFacts = facts.map(\.1) + [recoveryStatus]

  private static let recoveryStatus = "attestation.recovery_status"

  /// The facts that tell what a column shows where the input has no such column.
  private static let facts: [(FleetColumn, String)] = [
    (.osVersion, "os.build"), (.ownership, "device.ownership"), (.tpmVersion, "tpm.version"),
    (.tpmManufacturer, "tpm.manufacturer"), (.model, "device.model"),
  ]

  private static func texts(of device: FleetDevice) -> FleetTexts {
    var texts = device.texts
    for (column, fact) in facts where texts[column] == nil {
      texts[column] = device.facts[fact]?.value?.description
    }
    if texts[.os] == nil, device.facts["os.build"]?.value != nil { texts[.os] = "Windows" }
    return texts
  }
}
