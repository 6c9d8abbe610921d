import CSPCatalog
import XMLInput

/// One item of a command with the node that it acts on.
struct NodeUse {
  let command: PayloadCommand
  let item: PayloadItem
  let target: PayloadText
  let known: KnownNode
  /// Whether the command is the first that should stand in an Atomic with others of its node and does not.
  let lacksAtomic: Bool

  /// The facts of the node.
  var node: CSPNode { known.node }

  /// How a message names the command and its node.
  var subject: String { "\(command.subject) on \(clipped(target.trimmed, limit: 200))" }

  /// Whether the command gives the node a value.
  var writes: Bool { command.verb == .add || command.verb == .replace }

  /// Whether the command gives the node a value, or hands it one to act on.
  var takesValue: Bool {
    writes || (command.verb == .exec && item.data.map { !$0.trimmed.isEmpty } == true)
  }

  /// The `Format` that holds for the item: its own, else the command's.
  var format: PayloadText? { item.meta.format ?? command.meta.format }
}

/// A rule over one use of a node that the catalogue knows.
protocol NodeRule: Sendable {
  mutating func judge(_ use: NodeUse, _ report: inout FindingSink)
  /// The whole payload was read.
  mutating func finish(_ report: inout FindingSink)
}

extension NodeRule {
  mutating func finish(_ report: inout FindingSink) {}
}

/// Which nodes something was said about, so that it is said once.
struct OncePerNode {
  private var seen: [Bool] = []

  /// Whether the node was not asked for before.
  mutating func isFirst(_ known: KnownNode) -> Bool { isFirst(known.index) }

  /// Whether the node of an index was not asked for before.
  mutating func isFirst(_ index: Int) -> Bool {
    while seen.count <= index { seen.append(false) }
    if seen[index] { return false }
    seen[index] = true
    return true
  }
}
