import Diagnostics
import PolicySyntax

/// What is told of a policy: every finding that an author may accept passes here, and here alone waivers are applied.
extension PolicyChecker {
  /// Tells a finding, unless a waiver of one of the clauses accepts it, the innermost first. True when it is told.
  @discardableResult
  mutating func report(_ diagnostic: Diagnostic, on clauses: [ClauseID]) -> Bool {
    if isAccepted(diagnostic, on: clauses) { return false }
    sink.add(diagnostic)
    return true
  }

  /// Tells a finding on a clause, unless a waiver of that clause, or of one around it, accepts it.
  mutating func report(
    _ diagnostic: Diagnostic, on clause: NodeIndex, in tree: SyntaxTree, within owners: [ClauseID] = []
  ) {
    report(diagnostic, on: [ClauseID(file: tree.file, node: clause)] + owners)
  }

  /// Tells a finding on a command, and notes for the rulebook that it was said.
  mutating func report(_ diagnostic: Diagnostic, on command: LoweredCommand) {
    told[CommandID(command), default: [:]][diagnostic.code] = diagnostic.severity
    report(diagnostic, on: [command.clause] + command.owners)
  }

  /// Whether a waiver accepts a finding, for findings that are told once for several clauses.
  mutating func isAccepted(_ diagnostic: Diagnostic, on clauses: [ClauseID]) -> Bool {
    waivers.reason(for: diagnostic, on: clauses) != nil
  }

  /// Says which waivers accepted nothing.
  mutating func reportUnusedWaivers() {
    for waiver in waivers.unused where !isBroken {
      sink.report(
        "AP2021", .warning, "the waiver of \(waiver.code) waives nothing", at: waiver.span,
        "there is no such finding on this clause", help: ["remove the waiver"])
    }
  }
}
