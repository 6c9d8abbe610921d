import XMLInput

/// SM1311: a node that a payload adds twice.
struct RepeatedAddRule: PayloadRule {
  private var added: Set<Int> = []
  /// Hashes of paths; nil for one that a server completes.
  private var hashes = PathMemo<Int?>()

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb == .add || command.verb == .delete else { return }
    for item in command.items {
      guard let target = item.target,
        let hash = hashes.value(
          of: target, make: { Placeholder.isIn(target.value) ? nil : LocURIRule.key(of: target) })
      else { continue }
      if command.verb == .delete {
        added.remove(hash)
      } else if !added.insert(hash).inserted, !report.passes("SM1311") {
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
