import Diagnostics
import PolicyModel
import PolicySyntax

/// Policies, scopes and rules that bind nobody, as far as builds and single facts tell.
///
/// Builds are judged exactly; for other facts scope, guard and condition are looked at together, fact by fact. What
/// only several facts exclude together is not found, so a policy without a finding may still be empty.
extension PolicyChecker {
  /// `builds` says what the policy's scope means for builds.
  mutating func analyseVacuity(of policy: NodeIndex, _ builds: BuildPicture, nameSpan: Span) {
    // What is wrong may be what makes a clause look empty.
    guard sink.errorCount == 0 else { return }
    var builds = builds
    if rules.isEmpty, commands.isEmpty {
      sink.report(
        "AP2030", .warning, "the policy asks nothing and sets nothing", at: nameSpan,
        "no rule and no command",
        help: ["add a rule, such as: require tpm { that tpm.present }"])
      return
    }
    reportAllAllowUnknown()
    var devices = DemandSet(types: factTable.types)
    if let condition = scope.condition { devices.demand(condition) }
    if builds.scope.isEmpty || devices.isImpossible {
      reportEmptyScope(of: policy, byBuilds: builds.scope.isEmpty)
      return
    }
    var idle = IdleClauses()
    for index in rules.indices { look(atRule: index, &builds, devices, &idle) }
    for index in commands.indices { look(atCommand: index, &builds, devices, &idle) }
    report(idle)
  }

  /// Clauses that concern no device, by their guards, in the order of the source.
  private struct IdleClauses {
    struct Clause {
      let subject: String
      let span: Span
      let clauses: [ClauseID]
    }

    var guards: [(condition: Condition, clauses: [Clause])] = []
    private var places: [Condition: Int] = [:]
    /// What was found of each guard, so that a group's is looked at once.
    var isIdle: [Condition: Bool] = [:]

    mutating func add(_ clause: Clause, under condition: Condition) {
      if let place = places[condition] {
        guards[place].clauses.append(clause)
      } else {
        places[condition] = guards.count
        guards.append((condition, [clause]))
      }
    }
  }

  private func isIdle(
    _ condition: Condition, _ builds: inout BuildPicture, _ devices: DemandSet, _ idle: inout IdleClauses
  ) -> Bool {
    if let known = idle.isIdle[condition] { return known }
    var asked = devices.extended()
    asked.demand(condition)
    let result =
      asked.isImpossible
      || (condition.reads(builds.conditions.facts)
        && !builds.conditions.truth(of: condition).builds(where: .yes).overlaps(builds.scope))
    idle.isIdle[condition] = result
    return result
  }

  private mutating func look(
    atRule index: Int, _ builds: inout BuildPicture, _ devices: DemandSet, _ idle: inout IdleClauses
  ) {
    let lowered = rules[index]
    let clauses = [ClauseID(file: lowered.file, node: lowered.node)] + lowered.owners
    guard lowered.isSound, fixedClauses.isDisjoint(with: clauses) else { return }
    if let when = lowered.rule.when {
      if isIdle(when, &builds, devices, &idle) {
        idle.add(
          .init(
            subject: "is asked by the rule '\(lowered.rule.name)'",
            span: lowered.guardSpan ?? lowered.nameSpan, clauses: clauses), under: when)
        return
      }
      if !when.readsAnything {
        report(
          Diagnostic(
            "AP2015", .note, "the guard of the rule '\(lowered.rule.name)' is always true in this build",
            at: Label(lowered.guardSpan ?? lowered.nameSpan, "params fix it"),
            help: ["the rule is asked of every device that receives the policy"]),
          on: lowered.node, in: tree(of: lowered.file), within: lowered.owners)
      }
    }
    guard !canFail(lowered.rule, &builds, devices) else { return }
    report(
      Diagnostic(
        "AP2033", .warning, "no device can fail the rule '\(lowered.rule.name)'",
        at: Label(lowered.thatSpan, "never false on a device that is asked"),
        secondary: scopeSpan.map { [Label($0, "the policy is sent to these devices")] } ?? [],
        help: ["ask more, or remove the rule"]),
      on: lowered.node, in: tree(of: lowered.file), within: lowered.owners)
  }

  /// Whether a device of the scope, of which the rule is asked, can make it false.
  private func canFail(_ rule: Rule, _ builds: inout BuildPicture, _ devices: DemandSet) -> Bool {
    let facts = builds.conditions.facts
    var asked = devices
    var meant = builds.scope
    if let when = rule.when {
      asked = devices.extended()
      asked.demand(when)
      if when.reads(facts) {
        meant = builds.conditions.intersection([meant, builds.conditions.truth(of: when).builds(where: .yes)])
      }
    }
    // A conjunction fails where a part of it does; those that read no build are looked at first, since it costs less.
    let parts = rule.that.conjuncts().map { Condition(steps: Array($0)) }
    func canBeFalse(_ part: Condition) -> Bool {
      var failing = asked.extended()
      failing.demand(part, isTrue: false)
      return !failing.isImpossible
    }
    if parts.contains(where: { !$0.reads(facts) && canBeFalse($0) }) { return true }
    return parts.contains { part in
      part.reads(facts) && canBeFalse(part)
        && builds.conditions.truth(of: part).builds(where: .no).overlaps(meant)
    }
  }

  private mutating func look(
    atCommand index: Int, _ builds: inout BuildPicture, _ devices: DemandSet, _ idle: inout IdleClauses
  ) {
    let command = commands[index]
    let clauses = [ClauseID(file: command.file, node: command.node)] + command.owners
    guard let condition = command.guardCondition, fixedClauses.isDisjoint(with: clauses),
      isIdle(condition, &builds, devices, &idle)
    else { return }
    idle.add(
      .init(
        subject: "is sent this command", span: command.guardSpan ?? command.pathSpan, clauses: clauses),
      under: condition)
  }

  /// One finding for each guard: its first clause that no waiver covers.
  private mutating func report(_ idle: IdleClauses) {
    for (condition, clauses) in idle.guards {
      var open = clauses.filter { !isAccepted(finding(of: $0, condition, others: 0), on: $0.clauses) }
      guard !open.isEmpty else { continue }
      let first = open.removeFirst()
      sink.add(finding(of: first, condition, others: open.count))
    }
  }

  private func finding(of clause: IdleClauses.Clause, _ condition: Condition, others: Int) -> Diagnostic {
    Diagnostic(
      "AP2032", .warning, "no device that receives the policy \(clause.subject)",
      at: Label(
        clause.span,
        condition.readsAnything ? "never true on such a device" : "params fix it to false in this build"),
      secondary: scopeSpan.map { [Label($0, "the policy is sent to these devices")] } ?? [],
      help: [
        "compare the guard with the guards around it and with 'applies'"
          + (others == 0
            ? "" : "; \(others) more \(others == 1 ? "clause has" : "clauses have") the same guard")
      ])
  }

  private mutating func reportEmptyScope(of policy: NodeIndex, byBuilds: Bool) {
    let clauses = tree.children(of: policy).filter { tree.kind($0) == .applies }
      .map { ClauseID(file: file, node: $0) }
    guard fixedClauses.isDisjoint(with: clauses) else { return }
    let diagnostic = Diagnostic(
      "AP2031", .warning, "no device receives the policy",
      at: Label(
        scopeSpan ?? tree.span(tree.root),
        byBuilds
          ? "no Windows build meets all of 'applies'" : "the conditions of 'applies' exclude one another"),
      help: ["several 'applies when' must all be true; join them with 'or' if one is enough"])
    report(diagnostic, on: clauses)
  }

  /// A policy of which nothing has to be known passes on a device that tells nothing.
  private mutating func reportAllAllowUnknown() {
    let required = rules.filter { $0.rule.kind == .require }
    guard let first = required.first, required.allSatisfy({ $0.rule.allowsUnknown }) else { return }
    let diagnostic = Diagnostic(
      "AP2034", .warning, "every requirement of the policy says 'unknown allowed'",
      at: Label(first.nameSpan, "a device that tells nothing complies"),
      help: ["add a requirement on what devices tell of themselves, or leave out 'unknown allowed'"])
    let clauses = required.flatMap { [ClauseID(file: $0.file, node: $0.node)] + $0.owners }
    report(diagnostic, on: clauses)
  }
}

extension Condition {
  /// Whether the condition depends on any fact: params may leave constants alone.
  var readsAnything: Bool { steps.contains { !$0.references.isEmpty } }
}
