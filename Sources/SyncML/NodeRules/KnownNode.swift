import CSPCatalog

/// A node with what the rules work out from its facts once.
final class KnownNode: Sendable {
  let node: CSPNode
  /// Its number among the nodes that the payload has used and those above them, from 0 and without gaps.
  let index: Int
  /// What its values are checked for.
  let values: ValuePlan
  /// The names on the way to it that are checked.
  let names: [NamePattern]
  /// How many segments of the path name the node, itself or the nearest above it, that must be written in an Atomic with
  /// all below it; 0 for none.
  let atomicDepth: Int
  /// Whether and since when the node is deprecated, itself or with the nearest above it.
  let deprecation: Deprecation?
  /// The index of the node that is deprecated, this one or the nearest above it.
  let deprecatedIndex: Int

  /// A node below another, if it is no outermost one.
  init(_ node: CSPNode, index: Int, above: KnownNode?) {
    self.node = node
    self.index = index
    values = ValuePlan(node)
    names = (above?.names ?? []) + [NamePattern(node)].compactMap(\.self)
    atomicDepth =
      node.atomicRequired ? node.locURI.split(separator: "/").count : above?.atomicDepth ?? 0
    deprecation = node.deprecation ?? above?.deprecation
    deprecatedIndex = node.deprecation == nil ? above?.deprecatedIndex ?? index : index
  }
}
