import CSPCatalog

/// A node with what the rules work out from its facts once.
final class KnownNode: Sendable {
  let node: CSPNode
  /// Its number among the nodes that the payload has used, from 0 and without gaps.
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

  init(_ node: CSPNode, index: Int, names: [NamePattern], in catalog: CSPCatalog) {
    self.node = node
    self.index = index
    self.names = names
    values = ValuePlan(node)
    var deprecation = node.deprecation
    var isAtomic = node.atomicRequired
    var atomicPath = node.locURI[...]
    var path = node.locURI[...]
    while !isAtomic || deprecation == nil, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = path[..<slash]
      guard let above = catalog.node(at: String(path)) else { continue }
      if deprecation == nil { deprecation = above.deprecation }
      if !isAtomic, above.atomicRequired {
        isAtomic = true
        atomicPath = path
      }
    }
    atomicDepth = isAtomic ? atomicPath.split(separator: "/").count : 0
    self.deprecation = deprecation
  }
}
