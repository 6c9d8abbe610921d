import Diagnostics

/// A rule over whole commands. A rule keeps no command, only what it needs to know about those before.
protocol PayloadRule {
  /// Whether the rule has to see every command, because it remembers what others had. A rule without an account finds
  /// the same in two commands that differ in nothing but place and CmdID, what it tells only once aside.
  var keepsAccount: Bool { get }
  mutating func header(_ header: PayloadHeader, _ report: inout FindingSink)
  mutating func groupBegan(
    _ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb], _ report: inout FindingSink)
  /// `commands` is the number of commands directly in a group.
  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink)
  /// The whole payload was read.
  mutating func finish(_ report: inout FindingSink)
}

extension PayloadRule {
  var keepsAccount: Bool { true }
  mutating func header(_ header: PayloadHeader, _ report: inout FindingSink) {}
  mutating func groupBegan(
    _ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb], _ report: inout FindingSink
  ) {}
  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {}
  mutating func finish(_ report: inout FindingSink) {}
}

extension PayloadCommand {
  /// How a message names the command: `Replace 3`.
  var subject: String {
    guard let id = cmdID?.trimmed, !id.isEmpty else { return verb.rawValue }
    return "\(verb.rawValue) \(clipped(String(id)))"
  }
}

/// A text from a payload as a message has it: no longer than a person reads, on one line as the language spells it.
func clipped(_ text: some StringProtocol, limit: Int = 80) -> String {
  shortened(text, limit: limit).unicodeScalars.reduce(into: "") { clipped, scalar in
    switch scalar {
    case "\n": clipped += "\\n"
    case "\r": clipped += "\\r"
    case "\t": clipped += "\\t"
    case "\u{F000}": clipped += "\\u{F000}"
    default: clipped.unicodeScalars.append(scalar)
    }
  }
}
