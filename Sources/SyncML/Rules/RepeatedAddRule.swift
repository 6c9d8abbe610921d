import XMLInput

/// SM1311: a node that a payload adds twice.
struct RepeatedAddRule: PayloadRule {
  private var added: Set<Int> = []

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb == .add || command.verb == .delete else { return }
    for item in command.items {
      guard let target = item.target, !Placeholder.isIn(target.value) else { continue }
      let hash = LocURIRule.key(of: target)
      if command.verb == .delete {
        added.remove(hash)
      } else if !added.insert(hash).inserted {
        report.report(
          PayloadFinding(
            "SM1311",
            "\(command.subject) adds '\(clipped(target.trimmed))', which the payload has added already",
            at: target.position, label: "added before",
            help: ["remove one of the two, or write Replace"], status: .alreadyExists))
      }
    }
  }
}
