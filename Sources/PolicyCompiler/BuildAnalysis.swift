import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// Minimum builds: every node that a clause uses must exist on every build that can comply.
///
/// The builds of a branch fall into intervals between the revisions that the policy and the node mention, so it is
/// enough to look at one build of each interval.
extension PolicyChecker {
  /// The most builds that are looked at; beyond it only the nodes' own thresholds and the lists' minimums count.
  private static let maximumPoints = 1024

  mutating func analyseBuilds() {
    guard !isBroken else { return }
    reportUnmeetableLists()
    let judges = buildJudges()
    reportNoCompliantBuild(judges)
    guard commands.contains(where: { $0.target != nil }) else { return }
    let revisions = mentionedRevisions()
    var compliance: [OSBuild: (inScope: Bool, complies: Bool)] = [:]
    for command in commands {
      guard let target = command.target else { continue }
      var failing: [UInt32: (complying: Bool, applying: Bool)] = [:]
      for branch in WindowsBranch.all {
        for build in points(on: branch.build, revisions, target) where !target.applicability.supports(build) {
          let devices = deviceClass(of: build)
          let judged: (inScope: Bool, complies: Bool)
          if let known = compliance[build] {
            judged = known
          } else {
            judged = (isInScope(devices), judges.allSatisfy { canHold($0, in: devices) })
            compliance[build] = judged
          }
          guard judged.inScope, canApply(command.guardCondition, to: devices) else { continue }
          let before = failing[branch.build] ?? (false, false)
          failing[branch.build] = (before.complying || judged.complies, true)
        }
      }
      reportUnsupported(command, target, failing)
      reportEditions(command, target)
    }
  }

  /// Editions are compared only where the policy names some: 'applies to windows 11' alone says nothing of them.
  private mutating func reportEditions(_ command: LoweredCommand, _ target: CSPNode) {
    guard !target.editions.isEmpty else { return }
    let lacking = scope.editions.compactMap { WindowsEdition.named($0) }.filter { edition in
      !edition.ids.contains { target.editions.contains($0) }
    }
    guard !lacking.isEmpty else { return }
    let names = lacking.map(\.name).joined(separator: ", ")
    reportUnlessWaived(
      Diagnostic(
        "AP2107", .error, "\(target.locURI) does not exist in every edition that receives the policy",
        at: Label(command.pathSpan, "not in \(names)"),
        secondary: editionsSpan.map { [Label($0, "admits \(names)")] } ?? [],
        help: ["name the editions that have the node, or send the setting with a policy of its own"]),
      on: command)
  }

  /// The rules that can exclude a build. One that allows unknown cannot: a device that does not tell its build may
  /// have any.
  private func buildJudges() -> [Int] {
    let numbers = Set(
      ["os.build", "os.branch", "os.revision", "os.product"].compactMap { factTable.index(of: $0) })
    guard !numbers.isEmpty else { return [] }
    return rules.indices.filter { index in
      rules[index].rule.counts(.unknown)
        && (rules[index].rule.that.reads(numbers) || (rules[index].rule.when?.reads(numbers) ?? false))
    }
  }

  /// A class of devices that have one build in common.
  func deviceClass(of build: OSBuild) -> DeviceClass {
    var devices = anyDevice()
    func know(_ name: String, _ value: Value) {
      if let index = factTable.index(of: name) { devices.facts[Int(index)] = .value(value) }
    }
    know("os.build", .build(build))
    know("os.branch", .int(Int64(build.branch)))
    know("os.revision", .int(Int64(build.revision)))
    know("os.product", .symbol(build.branch >= Self.firstWindows11 ? "windows_11" : "windows_10"))
    return devices
  }

  /// The revisions that conditions and lists mention, by branch; those under nil count for every branch.
  private func mentionedRevisions() -> [UInt32?: Set<UInt32>] {
    var revisions: [UInt32?: Set<UInt32>] = [:]
    for lowered in buildLists {
      for minimum in lowered.list.minimums { revisions[minimum.branch, default: []].insert(minimum.revision) }
    }
    var count = 0
    let revision = factTable.index(of: "os.revision")
    func note(_ condition: Condition?) {
      for step in condition?.steps ?? [] where count < Self.maximumPoints {
        switch step {
        case .compare(_, _, .build(let build)):
          count += revisions[build.branch, default: []].insert(build.revision).inserted ? 1 : 0
        case .compare(let reference, _, .int(let value)) where reference.index == revision:
          count += revisions[nil, default: []].insert(UInt32(clamping: value)).inserted ? 1 : 0
        case .member(_, let values):
          for case .build(let build) in values {
            count += revisions[build.branch, default: []].insert(build.revision).inserted ? 1 : 0
          }
        default: break
        }
      }
    }
    note(scope.condition)
    for condition in guardConditions { note(condition) }
    for index in rules.indices where count < Self.maximumPoints {
      note(rules[index].rule.when)
      note(rules[index].rule.that)
    }
    return revisions
  }

  private func points(on branch: UInt32, _ mentioned: [UInt32?: Set<UInt32>], _ target: CSPNode) -> [OSBuild]
  {
    var revisions: Set<UInt32> = [0, 99999]
    for revision in (mentioned[branch] ?? []).union(mentioned[nil] ?? []) {
      revisions.insert(revision)
      if revision > 0 { revisions.insert(revision - 1) }
      if revision < .max { revisions.insert(revision + 1) }
    }
    for threshold in target.applicability.thresholds {
      revisions.insert(threshold.revision)
      if threshold.revision > 0 { revisions.insert(threshold.revision - 1) }
    }
    return revisions.sorted().map { OSBuild(branch: branch, revision: $0) }
  }

  private mutating func reportUnsupported(
    _ command: LoweredCommand, _ target: CSPNode, _ failing: [UInt32: (complying: Bool, applying: Bool)]
  ) {
    let branches = WindowsBranch.all.filter { failing[$0.build] != nil }
    guard !branches.isEmpty else { return }
    let complying = branches.filter { failing[$0.build]?.complying == true }
    let isError = !complying.isEmpty
    let shown = isError ? complying : branches
    let needs = shown.map { Self.need(of: target, on: $0) }
    let names = shown.map { "\($0.name) (10.0.\($0.build))" }
    let label =
      "not on every build of " + names.prefix(4).joined(separator: ", ")
      + (names.count > 4 ? " and \(names.count - 4) more" : "")
    var help = needs.prefix(8).map { $0 }
    if let narrowing = narrowing(for: target) { help.append("narrow the clause: \(narrowing)") }
    reportUnlessWaived(
      isError
        ? Diagnostic(
          "AP2104", .error, "\(target.locURI) is not supported on every build that can comply",
          at: Label(command.pathSpan, label),
          secondary: scopeSpan.map { [Label($0, "admits \(admitted())")] } ?? [], help: help)
        : Diagnostic(
          "AP2105", .warning,
          "\(target.locURI) will report 404 on devices that receive the policy and cannot comply",
          at: Label(command.pathSpan, label), help: help),
      on: command)
  }

  private static func need(of target: CSPNode, on branch: WindowsBranch) -> String {
    switch target.applicability.minimum(onBranch: branch.build) {
    case .from(let build): "\(branch.name) has it from \(build) on"
    case .never: "\(branch.name) does not have it in any build"
    }
  }

  /// The guard for the lowest build from which on every build has the node.
  private func narrowing(for target: CSPNode) -> String? {
    let branches = WindowsBranch.all.map(\.build)
    let starts = branches.map { OSBuild(branch: $0) }
    let lowest = Set(target.applicability.thresholds + starts).sorted().first { start in
      branches.contains(start.branch)
        && branches.allSatisfy { branch in
          branch < start.branch
            || target.applicability.supports(
              OSBuild(branch: branch, revision: branch == start.branch ? start.revision : 0))
        }
    }
    return lowest.map { "when os.build >= 10.0.\($0.branch)" + ($0.revision > 0 ? ".\($0.revision)" : "") }
  }

  private func admitted() -> String {
    let names = WindowsBranch.all.filter {
      isInScope(deviceClass(of: OSBuild(branch: $0.build, revision: 99999)))
    }
    .map(\.name)
    return names.count > 6 ? "\(names.count) Windows versions" : names.joined(separator: ", ")
  }

  private mutating func reportUnmeetableLists() {
    for lowered in buildLists where symbols.isUsed(lowered.list.name) && !lowered.list.minimums.isEmpty {
      let list = lowered.list
      var candidates = list.minimums
      if list.allowsNewerBranches, let newest = list.minimums.last {
        candidates += WindowsBranch.all.filter { $0.build > newest.branch }.map { OSBuild(branch: $0.build) }
        candidates.append(OSBuild(branch: max(newest.branch, 90000) &+ 1))
      }
      if candidates.contains(where: { isInScope(deviceClass(of: $0)) }) { continue }
      report(
        Diagnostic(
          "AP2106", .error, "no device that receives the policy can meet the list '\(list.name)'",
          at: Label(lowered.symbol.nameSpan, "all its branches lie outside"),
          secondary: scopeSpan.map { [Label($0, "the policy is sent to these devices only")] } ?? [],
          help: ["list the branches that the policy applies to"]),
        on: lowered.symbol.node, in: tree(of: lowered.symbol.file))
    }
  }

  private mutating func reportNoCompliantBuild(_ judges: [Int]) {
    guard !judges.isEmpty else { return }
    let revisions = mentionedRevisions()
    var sent = false
    for branch in WindowsBranch.all.reversed() {
      var candidates: Set<UInt32> = [99999, 0]
      for revision in (revisions[branch.build] ?? []).union(revisions[nil] ?? []).prefix(64) {
        candidates.formUnion([revision, revision &+ 1, revision == 0 ? 0 : revision - 1])
      }
      for revision in candidates.sorted(by: >) {
        let devices = deviceClass(of: OSBuild(branch: branch.build, revision: revision))
        guard isInScope(devices) else { continue }
        sent = true
        if judges.allSatisfy({ canHold($0, in: devices) }) { return }
      }
    }
    guard sent else { return }
    let first = rules[judges[0]]
    report(
      Diagnostic(
        "AP2109", .error, "no Windows build can meet all requirements of the policy",
        at: Label(
          first.thatSpan,
          judges.count > 1
            ? "this and other rules on builds exclude one another" : "no shipped branch meets this"),
        secondary: scopeSpan.map { [Label($0, "the policy is sent to these devices")] } ?? [],
        help: ["compare the rules on os.build with 'applies to'"]), on: first.node, in: tree(of: first.file),
      within: first.owners)
  }
}

extension Condition {
  /// Whether the condition reads one of some facts.
  func reads(_ facts: Set<Int32>) -> Bool {
    steps.contains { step in
      switch step {
      case .fact(let fact), .compare(let fact, _, _), .member(let fact, _), .meets(let fact, _):
        facts.contains(fact.index)
      case .compareFacts(let left, _, let right): facts.contains(left.index) || facts.contains(right.index)
      case .constant, .not, .and, .or: false
      }
    }
  }
}
