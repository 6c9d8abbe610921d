import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// What a policy says of Windows builds.
struct BuildPicture {
  /// For further questions.
  var conditions: BuildConditions
  /// The builds that the policy is sent to, as a set.
  let scope: BuildMap
  /// Those of them on which every requirement can hold.
  let complying: BuildMap
  /// The branches of which nodes are asked, ascending: those that shipped, and those that the policy names.
  var branches: [UInt32] = []

  /// Whether the policy can be sent to a device of a branch.
  func admits(_ branch: UInt32) -> Bool { !scope.branches(of: [branch], shared: scope).isEmpty }
}

/// Minimum builds: every node that a clause uses must exist on every build that can comply.
///
/// All builds are judged, as intervals between the constants that the conditions mention. A node is asked of the
/// branches that shipped to clients and of those that the policy names by '==' or 'in'.
extension PolicyChecker {
  /// Nil where there is too much to tell, and then a message has been given, or where the text is broken.
  mutating func analyseBuilds() -> BuildPicture? {
    guard !isBroken else { return nil }
    var picture = buildPicture()
    reportUnmeetableLists(picture.scope)
    reportNoCompliantBuild(picture)
    if !picture.conditions.isExceeded { reportUnsupported(&picture) }
    guard picture.conditions.isExceeded else { return picture }
    let judge = buildJudges(picture.conditions.facts).first.map { rules[$0].thatSpan }
    sink.report(
      "AP2029", .error, "the policy's conditions on Windows builds combine too many branches and revisions",
      at: judge ?? scopeSpan ?? tree.span(tree.root), "too much to tell which builds can comply",
      help: ["name fewer of them, or compare with '<' and '>='"])
    return nil
  }

  private func buildPicture() -> BuildPicture {
    var conditions = BuildConditions(factTable, lists: buildLists, devices: anyDevice())
    var sent = BuildMap(changingAtBranches: [WindowsLines.firstOf10]) {
      $0 < WindowsLines.firstOf10 ? .no : .yes
    }
    if let condition = scope.condition {
      sent = conditions.intersection([sent, conditions.truth(of: condition).builds(where: .yes)])
    }
    // Which builds comply matters where a node may be missing on them, and where none does.
    let judges = buildJudges(conditions.facts)
    if !commands.contains(where: { $0.target != nil }), someBuild(of: sent, meets: judges, &conditions) {
      return BuildPicture(conditions: conditions, scope: sent, complying: sent)
    }
    var complying = [sent]
    // Rules that ask the same exclude the same.
    var seen: Set<[Condition?]> = []
    for index in judges {
      let rule = rules[index].rule
      guard seen.insert([rule.when, rule.that]).inserted else { continue }
      let holds = conditions.truth(of: rule.that).builds(where: .yes)
      guard let when = rule.when else {
        complying.append(holds)
        continue
      }
      complying.append(conditions.union([conditions.truth(of: when).builds(where: .no), holds]))
    }
    return BuildPicture(
      conditions: conditions, scope: sent, complying: conditions.intersection(complying))
  }

  /// Whether the first or the last build of a shipped branch that receives the policy can meet some rules: most often one does, and
  /// then nothing has to be known of the others.
  private func someBuild(of sent: BuildMap, meets judges: [Int], _ conditions: inout BuildConditions) -> Bool
  {
    for branch in ShippedBranches.numbers.reversed() {
      for revision in [UInt32.max, 0] {
        let build = OSBuild(branch: branch, revision: revision)
        guard sent[build].contains(.yes) else { continue }
        if judges.allSatisfy({ conditions.canHold(rules[$0].rule, on: build) }) { return true }
      }
    }
    return false
  }

  /// Nodes that a build lacks, on the branches that count.
  private mutating func reportUnsupported(_ picture: inout BuildPicture) {
    let candidates = Set(ShippedBranches.numbers + branchesNamed(picture)).sorted()
    picture.branches = candidates
    let everywhere = BuildMap(.yes)
    var guarded: [Int: BuildMap] = [:]
    var lacking: [NodeApplicability: LackingNode] = [:]
    for command in commands {
      guard let target = command.target else { continue }
      var node = lacking[target.applicability]
      if node == nil {
        node = LackingNode(target.applicability, &picture) { narrowing(for: target) }
        lacking[target.applicability] = node
      }
      if let node, !node.builds.isEmpty {
        var meant = everywhere
        if let index = command.command.guardIndex, let condition = command.guardCondition {
          meant = guarded[index] ?? picture.conditions.truth(of: condition).builds(where: .yes)
          guarded[index] = meant
        }
        let applying = node.builds.branches(of: candidates, shared: meant)
        let complying = node.complying.branches(of: applying, shared: meant)
        reportUnsupported(command, target, node, applying: applying, complying: complying, picture)
      }
      reportEditions(command, target)
    }
  }

  /// The branches that the policy names by '==' or 'in', ascending.
  private func branchesNamed(_ picture: BuildPicture) -> [UInt32] {
    var branches: Set<UInt32> = []
    func note(_ condition: Condition?) {
      if let condition { picture.conditions.branchesNamed(in: condition, into: &branches) }
    }
    note(scope.condition)
    for commandGuard in guards { note(commandGuard.condition) }
    for index in rules.indices {
      note(rules[index].rule.when)
      note(rules[index].rule.that)
    }
    return branches.sorted()
  }

  /// The builds that lack nodes of one applicability.
  private struct LackingNode {
    /// Of those that the policy is sent to.
    let builds: BuildMap
    /// Of those that can comply.
    let complying: BuildMap
    /// The guard that leaves only builds that have the node.
    let narrowing: String?

    init(_ applicability: NodeApplicability, _ picture: inout BuildPicture, narrowing: () -> String?) {
      let lacks = BuildMap(changingAt: applicability.thresholds) { applicability.supports($0) ? .no : .yes }
      builds = picture.conditions.intersection([picture.scope, lacks])
      complying = picture.conditions.intersection([picture.complying, lacks])
      self.narrowing = builds.isEmpty ? nil : narrowing()
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
    report(
      Diagnostic(
        "AP2107", .error, "\(target.locURI) does not exist in every edition that receives the policy",
        at: Label(command.pathSpan, "not in \(names)"),
        secondary: editionsSpan.map { [Label($0, "admits \(names)")] } ?? [],
        help: ["name the editions that have the node, or send the setting with a policy of its own"]),
      on: command)
  }

  /// The rules that can exclude a build. One that allows unknown cannot: a device that does not tell its build may
  /// have any.
  private func buildJudges(_ facts: Set<Int32>) -> [Int] {
    guard !facts.isEmpty else { return [] }
    return rules.indices.filter { index in
      rules[index].rule.counts(.unknown)
        && (rules[index].rule.that.reads(facts) || (rules[index].rule.when?.reads(facts) ?? false))
    }
  }

  private mutating func reportUnsupported(
    _ command: LoweredCommand, _ target: CSPNode, _ node: LackingNode, applying: [UInt32],
    complying: [UInt32], _ picture: BuildPicture
  ) {
    guard !applying.isEmpty else { return }
    let isError = !complying.isEmpty
    let shown = isError ? complying : applying
    let needs = shown.prefix(8).map { Self.need(of: target, on: $0) }
    let names = shown.prefix(4).map { "\(ShippedBranches.name(of: $0)) (10.0.\($0))" }
    let label =
      "not on every build of " + names.joined(separator: ", ")
      + (shown.count > 4 ? " and \(shown.count - 4) more" : "")
    var help = Array(needs)
    if let narrowing = node.narrowing { help.append("narrow the clause: \(narrowing)") }
    report(
      isError
        ? Diagnostic(
          "AP2104", .error, "\(target.locURI) is not supported on every build that can comply",
          at: Label(command.pathSpan, label),
          secondary: scopeSpan.map { [Label($0, "admits \(Self.admitted(picture))")] } ?? [], help: help)
        : Diagnostic(
          "AP2105", .warning,
          "\(target.locURI) will report 404 on devices that receive the policy and cannot comply",
          at: Label(command.pathSpan, label), help: help),
      on: command)
  }

  private static func need(of target: CSPNode, on branch: UInt32) -> String {
    let name = ShippedBranches.name(of: branch)
    return switch target.applicability.minimum(onBranch: branch) {
    case .from(let build): "\(name) has it from \(build) on"
    case .never: "\(name) does not have it in any build"
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

  private static func admitted(_ picture: BuildPicture) -> String {
    let names = ShippedBranches.numbers.filter(picture.admits).map(ShippedBranches.name)
    return names.count > 6 ? "\(names.count) Windows versions" : names.joined(separator: ", ")
  }

  private mutating func reportUnmeetableLists(_ sent: BuildMap) {
    for lowered in buildLists where symbols.isUsed(lowered.list.name) && !lowered.list.minimums.isEmpty {
      let list = lowered.list
      let meeting = BuildMap(changingAt: list.minimums) { list.judge($0).isMet ? .yes : .no }
      if meeting.overlaps(sent) { continue }
      report(
        Diagnostic(
          "AP2106", .error, "no device that receives the policy can meet the list '\(list.name)'",
          at: Label(lowered.symbol.nameSpan, "all its branches lie outside"),
          secondary: scopeSpan.map { [Label($0, "the policy is sent to these devices only")] } ?? [],
          help: ["list the branches that the policy applies to"]),
        on: lowered.symbol.node, in: tree(of: lowered.symbol.file))
    }
  }

  /// An error where no build complies; a warning where those that do are of branches that are newer than all shipped
  /// ones, or that the policy names though they never shipped.
  private mutating func reportNoCompliantBuild(_ picture: BuildPicture) {
    let judges = buildJudges(picture.conditions.facts)
    guard let judge = judges.first, !picture.scope.isEmpty, !picture.conditions.isExceeded else { return }
    let complying = picture.complying
    let shipped = (ShippedBranches.numbers + WindowsLines.serverOnly.map(\.branch)).sorted()
    guard complying.branches(of: shipped, shared: complying).isEmpty else { return }
    let named = branchesNamed(picture)
    let newer = ShippedBranches.newer
    let isPossible =
      complying.overlaps(newer) || !complying.branches(of: named, shared: complying).isEmpty
    // A policy for a Windows to come need not say that none is there yet.
    if isPossible, picture.scope.branches(of: shipped, shared: picture.scope).isEmpty { return }
    let first = rules[judge]
    report(
      Diagnostic(
        "AP2109", isPossible ? .warning : .error,
        isPossible
          ? "no Windows build that ever shipped can meet all requirements of the policy"
          : "no Windows build can meet all requirements of the policy",
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
      if case .test(let test) = step { test.reads { facts.contains($0.index) } } else { false }
    }
  }
}
