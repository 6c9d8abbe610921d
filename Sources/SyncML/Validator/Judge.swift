import CSPCatalog
import Diagnostics
import XMLInput

/// Passes what the parser meets to every rule.
struct Judge: PayloadVisitor {
  private var findings: FindingSink
  private var shape = PayloadShape.none
  private var commands = 0
  private var lastEnd: XMLPosition?
  private var hasFinal = false
  private var rules: [any PayloadRule] = [
    HeaderRule(), CmdIDRule(), GroupRule(), ItemRule(), LocURIRule(), ValueTextRule(), AtomicMixRule(),
    RepeatedAddRule(),
  ]

  init(_ options: PayloadOptions) {
    findings = FindingSink(limit: options.findingLimit)
    if let catalog = options.catalog { rules.append(CatalogRule(catalog: catalog)) }
  }

  mutating func shape(_ shape: PayloadShape) { self.shape = shape }

  mutating func header(_ header: PayloadHeader) {
    for index in rules.indices { rules[index].header(header, &findings) }
  }

  mutating func groupBegan(_ verb: SyncMLVerb, at position: XMLPosition, in groups: [SyncMLVerb]) {
    for index in rules.indices { rules[index].groupBegan(verb, at: position, in: groups, &findings) }
  }

  mutating func command(_ command: PayloadCommand, commands: Int) {
    self.commands += 1
    lastEnd = command.position
    for index in rules.indices {
      rules[index].judge(command, commands: commands, shape: shape, &findings)
    }
  }

  mutating func final(at position: XMLPosition) { hasFinal = true }

  mutating func fault(_ fault: PayloadFault, at position: XMLPosition) {
    findings.report(StructureRule.finding(for: fault, at: position, in: shape))
  }

  mutating func xmlFailed(_ error: XMLError) {
    let (code, help): (DiagnosticCode, [String]) =
      switch error.kind {
      case .limitExceeded: ("SM1002", ["split the payload"])
      case .forbidden: ("SM1003", ["remove the document type declaration; write characters as they are"])
      case .notWellFormed, .stopped: ("SM1001", [])
      case .unavailable: ("SM1001", ["install the package libxml2"])
      }
    findings.report(
      PayloadFinding(
        code, error.message, at: error.position, help: help, status: code == "SM1001" ? .badRequest : nil))
  }

  /// The report. What a whole payload lacks is only told when all of it was read.
  mutating func report(isComplete: Bool) -> PayloadReport {
    let hasRootFault = findings.findings.contains { $0.code == "SM1006" }
    if isComplete, commands == 0, !hasRootFault {
      findings.report(
        PayloadFinding(
          "SM1005", "the payload has no command; a device would report success for nothing",
          at: XMLPosition(line: 1, column: 1), help: ["add a command, such as Replace or Get"]))
    }
    if isComplete, shape == .message, commands > 0, !hasFinal, let lastEnd {
      findings.report(
        PayloadFinding(
          "SM1204", "the message has no Final; a device waits for another message of the package",
          at: lastEnd,
          label: "last command", help: ["write <Final/> behind the last command"]))
    }
    return PayloadReport(
      shape: shape, commands: commands, findings: findings.sorted(), errors: findings.errors,
      warnings: findings.warnings, notes: findings.notes)
  }
}
