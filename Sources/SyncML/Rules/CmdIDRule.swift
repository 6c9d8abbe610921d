import Diagnostics

/// SM1302, SM1303: a CmdID is there once, and is not "0" (MS-MDM 2.2.3.2).
///
/// A CmdID that a server fills in (`$CmdID$`) is left alone.
struct CmdIDRule: PayloadRule {
  /// Whether a fragment is judged as what a device gets.
  let isStrict: Bool
  /// Where each CmdID was. A message of 100 MB has some hundred thousand, so small keys count.
  private var numbers = NumberedPlaces()
  private var others: [String: SourcePosition] = [:]

  init(isStrict: Bool) { self.isStrict = isStrict }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard let id = command.cmdID else { return }
    if let number = Self.number(id.value[...]) {
      if let first = numbers.keep(id.position, of: number) {
        repeated(id.value[...], id, first: first, shape, &report)
      }
      return
    }
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
    if let first = remember(text, at: id.position) { repeated(text, id, first: first, shape, &report) }
  }

  private func repeated(
    _ text: Substring, _ id: PayloadText, first: SourcePosition, _ shape: PayloadShape,
    _ report: inout FindingSink
  ) {
    let isLenient = shape.isFragment && !isStrict
    report.report(
      PayloadFinding(
        "SM1302", isLenient ? .warning : .error,
        "CmdID \(clipped(text)) is used twice; a device's answers to the two cannot be told apart",
        at: id.position, label: "already used",
        related: PayloadFinding.Related(position: first, text: "first used here"),
        help: ["give each command of the message a CmdID of its own"],
        status: isLenient ? nil : .badRequest))
  }

  /// Where the CmdID was before, or nil when it is new.
  private mutating func remember(_ id: Substring, at position: SourcePosition) -> SourcePosition? {
    if let number = Self.number(id) { return numbers.keep(position, of: number) }
    let first = others[String(id)]
    if first == nil { others[String(id)] = position }
    return first
  }

  /// The number that a CmdID is, or nil for any other text, `01` and `+1` included.
  private static func number(_ id: Substring) -> UInt32? {
    var number: UInt32 = 0
    guard (1...9).contains(id.utf8.count), id.utf8.first != UInt8(ascii: "0") else { return nil }
    for byte in id.utf8 {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
    }
    return number
  }
}
