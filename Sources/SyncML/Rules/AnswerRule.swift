import Diagnostics

/// SM1316 to SM1319: Status and Results, which answer a command.
struct AnswerRule: PayloadRule {
  /// The first Results, until its mix with commands has been told.
  private var results: SourcePosition?
  private var hasOrders = false
  private var isMixTold = false

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    switch command.verb {
    case .status: judgeStatus(command, &report)
    case .results: judgeResults(command, &report)
    default:
      guard !hasOrders, command.verb.access != nil, command.items.contains(where: { $0.target != nil }) else {
        return
      }
      hasOrders = true
      tellMix(&report)
    }
  }

  private func judgeStatus(_ command: PayloadCommand, _ report: inout FindingSink) {
    judgeCode(command, &report)
    guard let cmd = command.cmd, !cmd.hasElements, !Placeholder.isIn(cmd.value) else { return }
    let name = String(cmd.trimmed)
    guard name == "SyncHdr" || SyncMLVerb(rawValue: name) != nil else {
      report.report(
        PayloadFinding(
          "SM1316", "Cmd of \(command.subject) is '\(clipped(name))', which is no command",
          at: cmd.position, label: "no command", help: ["name the command that is answered, or SyncHdr"],
          status: .badRequest))
      return
    }
    guard let reference = command.cmdRef, !reference.hasElements, !Placeholder.isIn(reference.value),
      (reference.trimmed == "0") != (name == "SyncHdr")
    else { return }
    report.report(
      PayloadFinding(
        "SM1316",
        "\(command.subject) answers CmdRef \(clipped(reference.trimmed)) and names \(name); 0 stands for SyncHdr, "
          + "and for nothing else", at: reference.position,
        label: name == "SyncHdr" ? "expected 0" : "expected the CmdID of the \(name)", status: .badRequest))
  }

  private func judgeCode(_ command: PayloadCommand, _ report: inout FindingSink) {
    guard let data = command.data else {
      report.report(
        PayloadFinding(
          "SM1316", "\(command.subject) has no Data; it holds the status code", at: command.position,
          label: "no status code", help: ["add <Data>200</Data>"], status: .badRequest))
      return
    }
    guard !data.hasElements, !Placeholder.isIn(data.value) else { return }
    let text = data.trimmed
    guard text.utf8.count == 3, let code = UInt16(text) else {
      report.report(
        PayloadFinding(
          "SM1316", "the status code '\(clipped(text))' of \(command.subject) is no number of three digits",
          at: data.position, label: "expected a status code", help: ["200 stands for success"],
          status: .badRequest))
      return
    }
    guard !Self.isKnown(code) else { return }
    report.report(
      PayloadFinding(
        "SM1317", "\(command.subject) has the status code \(code), which SyncML does not define",
        at: data.position, label: "unknown code", help: ["200 stands for success, 404 for no such node"]))
  }

  /// The codes of the SyncML representation protocol 1.2.
  private static func isKnown(_ code: UInt16) -> Bool {
    switch code {
    case 101, 200...216, 300...305, 400...428, 500...517: true
    default: false
    }
  }

  private mutating func judgeResults(_ command: PayloadCommand, _ report: inout FindingSink) {
    for item in command.items where item.source == nil {
      report.report(
        PayloadFinding(
          "SM1318", "an item of \(command.subject) does not say which node its value is of: it has no Source",
          at: item.position, label: "no Source",
          help: ["add <Source><LocURI>…</LocURI></Source> with the path of the node"], status: .badRequest))
    }
    if results == nil { results = command.position }
    tellMix(&report)
  }

  /// A server asks and a device answers; one payload does not do both.
  private mutating func tellMix(_ report: inout FindingSink) {
    guard !isMixTold, hasOrders, let results else { return }
    isMixTold = true
    report.report(
      PayloadFinding(
        "SM1319", "the payload gives commands to a device and has Results, which only a device sends",
        at: results, label: "overlooked by a device", help: ["remove Results, or the commands"]))
  }
}
