import Diagnostics

/// SM1304, SM1305, SM1306: what an Atomic or a Sequence may hold.
struct GroupRule: PayloadRule {
  let keepsAccount = false

  mutating func groupBegan(
    _ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb], _ report: inout FindingSink
  ) {
    guard verb == .atomic, groups.contains(.atomic) else { return }
    report.report(
      PayloadFinding(
        "SM1305", "an Atomic stands inside an Atomic; Windows does not nest them", at: position,
        label: "nested Atomic", help: ["end the outer Atomic first, or put its commands into one"],
        status: .commandFailed))
  }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    if command.verb == .get, command.isInAtomic {
      report.report(
        PayloadFinding(
          "SM1304", "\(command.subject) stands inside an Atomic; Windows does not allow a Get there",
          at: command.position, label: "Get in an Atomic",
          help: ["move the Get behind the Atomic", "the Atomic itself fails with 507 and is rolled back"],
          status: .commandFailed))
    }
    if command.verb.isGroup, commands == 0 {
      report.report(
        PayloadFinding(
          "SM1306", "\(command.subject) holds no command", at: command.position, label: "empty",
          help: ["put commands into it or remove it"], status: .badRequest))
    }
  }
}
