import CSPCatalog
import Diagnostics

/// SM1609, SM1612: instances of a node whose name somebody chooses: the server adds none where the device has the choice
/// (`ClientInventory`), and no more than the DDF allows (`Occurrence`).
struct InstanceRule: NodeRule {
  private static let capacity = 4096
  private var told = OncePerNode()
  /// By the key of the node's path above the name: the instance that the payload adds.
  private var added: [Int: (name: String, position: SourcePosition)] = [:]

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.node.isDynamic, use.command.verb == .add || use.command.verb == .delete else { return }
    if use.command.verb == .add, use.node.naming == .clientInventory, use.node.access.contains(.add),
      told.isFirst(use.known)
    {
      report.report(
        PayloadFinding(
          "SM1609", "\(use.subject): the device chooses the names of these nodes itself, from what it has",
          at: use.target.position, label: "named by the device",
          help: ["Get the parent to see which there are"]))
    }
    // Where the server makes the names up, each counts as a node of its own.
    guard use.node.naming != .serverGenerated, Self.isSingle(use.node.occurrence) else { return }
    judgeOccurrence(use, &report)
  }

  private mutating func judgeOccurrence(_ use: NodeUse, _ report: inout FindingSink) {
    guard let path = SettingPath(use.target), let name = path.segments.last else { return }
    let key = path.segments.dropLast().hashValue
    guard use.command.verb == .add else {
      if added[key]?.name == name { added[key] = nil }
      return
    }
    guard let before = added[key] else {
      if added.count < Self.capacity { added[key] = (name, use.target.position) }
      return
    }
    guard before.name != name else { return }
    report.report(
      PayloadFinding(
        "SM1612",
        "\(use.subject) adds a second node '\(clipped(name))' beside '\(clipped(before.name))'; the catalogue allows one there",
        at: use.target.position, label: "the second one",
        related: .init(position: before.position, text: "the first one"), help: ["keep one of the two"]))
  }

  private static func isSingle(_ occurrence: NodeOccurrence) -> Bool {
    switch occurrence {
    case .one, .zeroOrOne: true
    case .zeroOrMore, .oneOrMore, .oneOrN, .zeroOrN: false
    }
  }
}
