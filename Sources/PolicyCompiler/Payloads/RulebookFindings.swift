import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax
import SyncML

/// What the rulebook finds in the commands of a policy, told at their clauses.
extension PolicyChecker {
  /// What can be asked of commands.
  enum Judging {
    /// Every payload of a policy; `name` is where findings belong that no clause has.
    case policy(builds: BuildPicture?, name: Span)
    /// A group alone: what it lacks, and on which devices, is for the policies that include it.
    case group
  }

  /// Judges the payloads as a validator will judge them once they are written.
  mutating func judge(_ queries: [FactQuery], _ judging: Judging) -> [PayloadPlan] {
    var plans = PayloadPlan.all(commands.map(\.command), guards: guards.count, queries)
    guard !plans.isEmpty else { return [] }
    let rulebook = CommandRulebook(options.catalog)
    var seen: Set<Diagnostic> = []
    var targets: PayloadTargets?
    if case .policy(let builds?, _) = judging {
      targets = PayloadTargets(builds, guards: guards.map(\.condition), editions: scope.editions)
    }
    for index in plans.indices {
      plans[index].targets = targets?.devices(ofGuard: plans[index].guardIndex)
      let (findings, origins) = judge(plans[index], by: rulebook)
      for found in findings {
        guard isWanted(found.finding.code, judging),
          let accepted = tell(found, origins, plans[index].guardIndex, judging, &seen)
        else { continue }
        plans[index].waivers.append(accepted)
      }
    }
    return plans
  }

  private func isWanted(_ code: DiagnosticCode, _ judging: Judging) -> Bool {
    if !RulebookNames.isOfMissing(code) { return true }
    // A setting that was refused already is not missing.
    if case .policy = judging { return !isBroken && !hasRefusedCommands }
    return false
  }

  private func judge(_ plan: PayloadPlan, by rulebook: CommandRulebook)
    -> (findings: [CommandJudge.Finding], origins: [Int?])
  {
    var judge = rulebook.judge(for: plan.targets)
    var origins: [Int?] = []
    func pass(_ index: Int) {
      judge.judge(NodeCommand(commands[index].command))
      origins.append(index)
    }
    for entry in plan.entries {
      switch entry {
      case .command(let index, _): pass(index)
      case .atomic(let members):
        judge.beginAtomic()
        origins.append(members.first)
        for index in members { pass(index) }
        judge.endAtomic()
      case .query(let locURI, _):
        judge.judge(NodeCommand(.get, locURI))
        origins.append(nil)
      }
    }
    return (judge.finish(), origins)
  }

  /// Tells a finding at its clause, unless that was done; what a waiver accepts is given back.
  private mutating func tell(
    _ found: CommandJudge.Finding, _ origins: [Int?], _ guardIndex: Int?, _ judging: Judging,
    _ seen: inout Set<Diagnostic>
  ) -> PayloadPlan.AcceptedFinding? {
    let finding = found.finding
    if origins[found.place.command] == nil, let reason = Self.acceptance(ofQueryWith: finding.code) {
      guard case .policy(_, let span) = judging else { return nil }
      return Self.accepted(found, because: reason, span)
    }
    let name = RulebookNames.name(of: finding.code, finding.severity)
    let equivalents = RulebookNames.equivalents(of: finding.code)
    var clauses = scopeClauses
    let span: Span
    let origin = origins[found.place.command]
    if let origin {
      let command = commands[origin]
      clauses = [command.clause] + command.owners
      span = name == "AP3002" ? command.keywordSpan : command.span(of: found.place.part)
    } else if case .policy(_, let nameSpan) = judging {
      span = nameSpan
    } else {
      return nil
    }
    let related = found.related.flatMap { related in
      origins[related.place.command].map {
        Label(commands[$0].span(of: related.place.part), related.text)
      }
    }
    let diagnostic = Diagnostic(
      name, finding.severity, finding.unwritten ?? finding.message, at: Label(span, finding.label),
      secondary: related.map { [$0] } ?? [], help: RulebookNames.help(for: finding))
    if let reason = waivers.reason(for: diagnostic, rulebook: (finding.code, equivalents), on: clauses) {
      return PayloadWaiver.isWaivable(finding.code) ? Self.accepted(found, because: reason, span) : nil
    }
    if let origin {
      let told = told[CommandID(commands[origin])] ?? [:]
      if equivalents.contains(where: { told[$0].map { $0 >= finding.severity } ?? false }) { return nil }
    }
    if seen.insert(diagnostic).inserted { sink.add(diagnostic) }
    return nil
  }

  private static func accepted(_ found: CommandJudge.Finding, because reason: String, _ span: Span)
    -> PayloadPlan.AcceptedFinding
  {
    PayloadPlan.AcceptedFinding(
      waiver: PayloadWaiver(cmdID: found.place.command + 1, found.finding.code, reason: reason), span: span)
  }

  /// Why a `Get` that no clause asks for may have a finding: what it would answer is unknown then, and rules say what that means.
  private static func acceptance(ofQueryWith code: DiagnosticCode) -> String? {
    guard code.text.hasPrefix("SM19") else { return nil }
    return "a device without the node leaves the facts that it answers unknown"
  }

  /// Reports a value that no payload can carry.
  mutating func reportForbidden(_ text: String, at span: Span) {
    guard let scalar = PayloadCharacters.firstForbidden(in: text) else { return }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    sink.report(
      "SM1001", .error,
      "the value holds U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits), which XML 1.0 cannot carry",
      at: span, "not a character of XML", help: ["leave the character out"])
  }
}

/// A command under one guard: a group that is included twice gives a clause several.
struct CommandID: Hashable {
  let clause: ClauseID
  let guardIndex: Int?

  init(_ command: LoweredCommand) {
    clause = command.clause
    guardIndex = command.command.guardIndex
  }
}

extension LoweredCommand {
  /// The clause that it was made from.
  var clause: ClauseID { ClauseID(file: file, node: node) }

  /// What a part of the command was made from.
  fileprivate func span(of part: CommandJudge.Part) -> Span {
    switch part {
    case .command, .path: pathSpan
    case .format, .value: valueSpan ?? pathSpan
    }
  }
}

extension NodeCommand {
  init(_ command: PolicyCommand) {
    self.init(command.verb.syncML, command.locURI, format: command.format, value: command.data)
  }
}
