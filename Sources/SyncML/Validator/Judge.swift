import CSPCatalog
import Diagnostics
import XMLInput

/// Passes what the parser meets to every rule.
struct Judge: PayloadVisitor {
  private var findings: FindingSink
  private var shape = PayloadShape.none
  private var commands = 0
  private var topLevel = 0
  private let isStrict: Bool
  /// The first element of SyncML.
  private var begin = SourcePosition.start
  private var lastEnd: SourcePosition?
  private var hasFinal = false
  private var rules: [any PayloadRule]
  /// Which of the rules keep an account of commands.
  private var accounts: [Int] = []
  private var repeated = RepeatedCommands()

  /// `lookups` are those of other payloads of the same catalogue, where some were judged before.
  init(_ options: PayloadOptions, _ lookups: NodeLookups? = nil) {
    isStrict = options.isStrict
    rules = [
      HeaderRule(), CmdIDRule(isStrict: options.isStrict), GroupRule(), ItemRule(), AnswerRule(), AlertRule(),
      LocURIRule(), ValueTextRule(), AtomicMixRule(), RepeatedAddRule(),
    ]
    findings = FindingSink(limit: options.findingLimit, waivers: options.waivers)
    for finding in options.remarks { findings.report(finding) }
    if let catalog = options.catalog {
      let lookups = lookups ?? NodeLookups(catalog: catalog)
      rules.append(CatalogRule(lookups, options))
      rules.append(CatalogRule(keepingAccount: lookups, of: catalog, options))
    }
    accounts = rules.indices.filter { rules[$0].keepsAccount }
  }

  mutating func read(_ batch: XMLBatch, keepingFrom offset: Int) {
    findings.source.append(batch, keepingFrom: offset)
  }

  mutating func shape(_ shape: PayloadShape, at position: SourcePosition) {
    self.shape = shape
    begin = position
  }

  /// Whether a server still completes what is judged.
  private var isLenient: Bool { shape.isFragment && !isStrict }

  mutating func header(_ header: PayloadHeader) {
    for index in rules.indices { rules[index].header(header, &findings) }
  }

  mutating func groupBegan(_ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb]) {
    for index in rules.indices { rules[index].groupBegan(verb, at: position, in: groups, &findings) }
  }

  mutating func command(_ command: PayloadCommand, commands: Int) {
    self.commands += 1
    if command.groups.isEmpty { topLevel += 1 }
    lastEnd = command.position
    if findings.hasWaivers { return judgeApart(command, commands: commands) }
    if let counts = repeated.verdict(on: command), findings.isFull || counts == FindingCounts() {
      for index in accounts { rules[index].judge(command, commands: commands, shape: shape, &findings) }
      findings.count(counts)
      return
    }
    var own = FindingCounts()
    for index in rules.indices {
      let before = findings.counts
      rules[index].judge(command, commands: commands, shape: shape, &findings)
      if !rules[index].keepsAccount { own.add(findings.counts - before) }
    }
    repeated.remember(own, in: command)
  }

  /// A command of a payload of which some findings are waived: what was found in an equal one may be waived there only.
  private mutating func judgeApart(_ command: PayloadCommand, commands: Int) {
    findings.began(command)
    for index in rules.indices { rules[index].judge(command, commands: commands, shape: shape, &findings) }
  }

  mutating func final(at position: SourcePosition) { hasFinal = true }

  mutating func fault(_ fault: PayloadFault, at position: SourcePosition) {
    findings.report(StructureRule.finding(for: fault, at: position, isLenient: isLenient))
  }

  /// The XML could not be read on. `nestedCDATA` is the section that ended too early because of one within it.
  mutating func xmlFailed(_ error: XMLError, nestedCDATA: SourcePosition?) {
    var (code, help): (DiagnosticCode, [String]) =
      switch error.kind {
      case .limitExceeded: ("SM1002", ["split the payload"])
      case .forbidden: ("SM1003", ["remove the document type declaration; write characters as they are"])
      case .notWellFormed, .stopped: ("SM1001", [])
      case .unavailable: ("SM1001", ["install the package libxml2"])
      }
    var related: PayloadFinding.Related?
    if let nestedCDATA, code == "SM1001" {
      related = PayloadFinding.Related(
        position: nestedCDATA, text: "a CDATA section with another one inside; the first ]]> ends both")
      help.append("write the inner ]]> as ]]]]><![CDATA[>, or escape the whole value")
    }
    findings.report(
      PayloadFinding(
        code, error.message, at: error.position, related: related, help: help,
        status: code == "SM1001" ? .badRequest : nil))
  }

  /// The report. What a whole payload lacks is only told when all of it was read.
  mutating func report(isComplete: Bool) -> PayloadReport {
    if isComplete {
      for index in rules.indices { rules[index].finish(&findings) }
    }
    // Where an element is not known, that is the slip.
    let hasRootFault = findings.findings.contains { $0.code == "SM1006" || $0.code == "SM1101" }
    if isComplete, commands == 0, !hasRootFault {
      findings.report(
        PayloadFinding(
          "SM1005", "the payload has no command; a device would report success for nothing",
          at: .start, help: ["add a command, such as Replace or Get"]))
    }
    if isComplete, isStrict, shape == .body || shape == .commands {
      findings.report(
        PayloadFinding(
          "SM1205",
          "\(shape == .body ? "a SyncBody" : "commands") without a message around "
            + "\(shape == .body ? "it" : "them"); a device takes SyncML with SyncHdr and SyncBody only",
          at: begin, label: "expected <SyncML xmlns=\"\(SyncMLMessage.namespace)\">",
          help: [
            "put \(shape == .body ? "it" : "them") into SyncML, behind a SyncHdr",
            "leave --as-message out if a server does so before a device gets the payload",
          ], status: .badRequest))
    }
    if isComplete, shape == .message || (isStrict && shape == .body), commands > 0, !hasFinal, let lastEnd {
      findings.report(
        PayloadFinding(
          "SM1204", "the message has no Final; a device waits for another message of the package",
          at: lastEnd,
          label: "last command", help: ["write <Final/> behind the last command"]))
    }
    return PayloadReport(
      shape: shape, commands: commands, topLevel: topLevel, findings: findings.sorted(),
      errors: findings.errors,
      warnings: findings.warnings, notes: findings.notes, waived: findings.counts.waived)
  }
}
