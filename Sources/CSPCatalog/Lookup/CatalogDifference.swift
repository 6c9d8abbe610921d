/// What differs between two catalogues.
package struct CatalogDifference: Sendable {
  /// A fact of a node that both have.
  package struct Change: Hashable, Sendable {
    /// What it is, as ``NodeSheet`` calls it: `commands`, `builds`.
    package let fact: String
    /// What the old catalogue says, or nil when it says nothing.
    package let old: String?
    /// What the new catalogue says, or nil when it says nothing.
    package let new: String?

    /// The change in words. Of a long list only what it lost and gained is told.
    package var words: String {
      guard fact == "editions", let old, let new else {
        return switch (old, new) {
        case (let old?, let new?): "was: \(old); is: \(new)"
        case (let old?, nil): "was: \(old); is no longer stated"
        case (nil, let new?): "was not stated; is: \(new)"
        case (nil, nil): ""
        }
      }
      let (before, after) = (Self.items(of: old), Self.items(of: new))
      let lost = before.filter { !after.contains($0) }
      let gained = after.filter { !before.contains($0) }
      return [("lost", lost), ("gained", gained)].filter { !$0.1.isEmpty }
        .map { "\($0.0): \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
    }

    /// The names, and the ids without one.
    private static func items(of list: String) -> [String] {
      list.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        .filter { !["and", "ids", "without", "a", "name:"].contains($0) }
    }
  }

  /// Nodes that only the new catalogue has, ascending by path.
  package private(set) var added: [CSPNode] = []
  /// Nodes that only the old catalogue has, ascending by path.
  package private(set) var removed: [CSPNode] = []
  /// Nodes that both have and describe differently, ascending by path.
  ///
  /// Builds and editions that a node inherits in both catalogues are told of the node that it inherits them from.
  package private(set) var changed: [(path: String, changes: [Change])] = []

  /// Compares two catalogues.
  package init(from old: CSPCatalog, to new: CSPCatalog) {
    let olds = old.described
    let news = new.described
    var left = olds[...]
    var right = news[...]
    while let before = left.first, let after = right.first {
      let (first, second) = (before.node.locURI.utf8, after.node.locURI.utf8)
      if first.elementsEqual(second) {
        let changes = Self.changes(from: before, to: after)
        if !changes.isEmpty { changed.append((before.node.locURI, changes)) }
        left.removeFirst()
        right.removeFirst()
      } else if first.lexicographicallyPrecedes(second) {
        removed.append(before.node)
        left.removeFirst()
      } else {
        added.append(after.node)
        right.removeFirst()
      }
    }
    removed += left.map(\.node)
    added += right.map(\.node)
  }

  private static func changes(from old: CSPCatalog.DescribedNode, to new: CSPCatalog.DescribedNode)
    -> [Change]
  {
    var (before, after) = (old.node, new.node)
    // The order in which a DDF lists builds and editions means nothing.
    if Set(before.applicability.builds) == Set(after.applicability.builds)
      || !(old.statesBuilds || new.statesBuilds)
    {
      after.applicability = before.applicability
    }
    if Set(before.editions) == Set(after.editions) || !(old.statesEditions || new.statesEditions) {
      after.editions = before.editions
    }
    before.source = after.source
    guard before != after else { return [] }
    let (facts, others) = (Self.facts(of: before), Self.facts(of: after))
    return (facts.keys + others.keys.filter { facts.values[$0] == nil }).compactMap { name in
      let (old, new) = (facts.values[name], others.values[name])
      return old == new ? nil : Change(fact: name, old: old, new: new)
    }
  }

  private static func facts(of node: CSPNode) -> (keys: [String], values: [String: String]) {
    var keys: [String] = []
    var values: [String: String] = [:]
    // `since` says the same as the builds in other words.
    for fact in NodeFact.all(of: node) where fact.name != "since" {
      if let held = values[fact.name] {
        values[fact.name] = "\(held), and \(fact.value)"
      } else {
        keys.append(fact.name)
        values[fact.name] = fact.value
      }
    }
    if let builds = values["builds"] { values["builds"] = "\(node.applicability) (\(builds))" }
    return (keys, values)
  }
}

extension CSPCatalog {
  /// A node with what it inherits, and whether it inherits.
  fileprivate struct DescribedNode {
    let node: CSPNode
    let statesBuilds: Bool
    let statesEditions: Bool
  }

  fileprivate var described: [DescribedNode] {
    places(from: Array("./".utf8)).compactMap { place in
      guard let node = node(at: place) else { return nil }
      let layer = layers[place.layer].storage
      return DescribedNode(
        node: node, statesBuilds: layer.field("\tb=", ofLine: place.start) != nil,
        statesEditions: layer.field("\te=", ofLine: place.start) != nil)
    }
  }
}
