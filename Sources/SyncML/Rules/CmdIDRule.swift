import XMLInput

/// SM1302, SM1303: a CmdID is there once, and is not "0" (MS-MDM 2.2.3.2).
///
/// A CmdID that a server fills in (`$CmdID$`) is left alone.
struct CmdIDRule: PayloadRule {
  /// Whether a fragment is judged as what a device gets.
  let isStrict: Bool
  /// The line and column of each CmdID. A message of 100 MB has some hundred thousand, so small keys count.
  private var numbers: [UInt32: Place] = [:]
  private var others: [String: Place] = [:]

  init(isStrict: Bool) { self.isStrict = isStrict }

  private struct Place {
    var line: UInt32
    var column: UInt32
  }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard let id = command.cmdID else { return }
    let text = id.trimmed
    if text.isEmpty || text == "0" {
      let found = text.isEmpty ? "an empty CmdID" : "CmdID 0"
      report.report(
        PayloadFinding(
          "SM1303", "\(command.verb.rawValue) has \(found); SyncML reserves it", at: id.position,
          label: "expected a CmdID other than 0", help: ["number the commands of a message from 1"],
          status: .badRequest))
      return
    }
    guard !Placeholder.isIn(text) else { return }
    let isLenient = shape.isFragment && !isStrict
    if let first = remember(String(text), at: id.position) {
      report.report(
        PayloadFinding(
          "SM1302", isLenient ? .warning : .error,
          "CmdID \(clipped(text)) is used twice; a device's answers to the two cannot be told apart",
          at: id.position, label: "already used",
          related: PayloadFinding.Related(position: first, text: "first used here"),
          help: ["give each command of the message a CmdID of its own"],
          status: isLenient ? nil : .badRequest))
    }
  }

  /// Where the CmdID was before, or nil when it is new.
  private mutating func remember(_ id: String, at position: XMLPosition) -> XMLPosition? {
    let place = Place(
      line: UInt32(clamping: position.line), column: UInt32(clamping: position.column))
    let first: Place?
    if let number = UInt32(id), String(number) == id {
      first = numbers[number]
      if first == nil { numbers[number] = place }
    } else {
      first = others[id]
      if first == nil { others[id] = place }
    }
    return first.map { XMLPosition(line: Int($0.line), column: Int($0.column)) }
  }
}
