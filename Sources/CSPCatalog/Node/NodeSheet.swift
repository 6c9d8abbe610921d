import PolicyModel

/// All that a catalogue says of one node, for a person or a program to read.
package struct NodeSheet: Sendable {
  private let node: CSPNode
  private let children: [CSPNode]
  private let need: NodeNeed?
  /// The path of the nearest node above that must stand in an Atomic with all below it.
  private let atomicAncestor: String?
  private let provenance: (release: String, file: String?)

  /// The sheet of a node of a catalogue.
  package init(_ node: CSPNode, in catalog: CSPCatalog) {
    self.node = node
    children = catalog.children(of: node.locURI)
    need = NodeNeed.of(locURI: node.locURI)
    provenance = catalog.provenance(of: node)
    atomicAncestor = catalog.atomicAncestor(of: node)
  }

  // MARK: Text

  /// The path, and a line for each fact. They are not fit for a terminal: catalogues are made from anybody's files.
  package var lines: [String] {
    let facts = facts
    let width = facts.map(\.name.utf8.count).max() ?? 0
    let lines = facts.map { fact in
      "  \(fact.name)\(String(repeating: " ", count: width - fact.name.utf8.count + 2))\(fact.value)"
    }
    return [node.locURI] + lines
  }

  private var facts: [NodeFact] {
    var facts = NodeFact.all(of: node)
    func add(_ name: String, _ value: String?, after: String? = nil) {
      guard let value, !value.isEmpty else { return }
      let index = after.flatMap { name in facts.firstIndex { $0.name == name } }.map { $0 + 1 }
      facts.insert(NodeFact(name: name, value: value), at: index ?? facts.count)
    }
    add("needs", need.map { "\($0.need.rawValue) (\($0.source))" })
    if !node.atomicRequired { add("atomic", atomicAncestor.map { "with \($0), in one Atomic" }) }
    for child in children { add("below", String(child.locURI.dropFirst(node.locURI.count + 1))) }
    let file = provenance.file.map { "; added by \($0)" } ?? ""
    add("source", "\(node.origin), \(node.source.title) \(provenance.release)\(file)")
    return facts
  }

  // MARK: JSON

  /// The same as one JSON object. What the catalogue does not state is left out.
  package var json: JSONValue {
    var members: [JSONMember] = []
    func add(_ name: String, _ value: JSONValue?) {
      if let value { members.append(JSONMember(name, value)) }
    }
    func strings(_ values: [String]) -> JSONValue? {
      values.isEmpty ? nil : .array(values.map { .string($0) })
    }
    add("locURI", .string(node.locURI))
    add("scope", .string(node.scope.rawValue))
    add("commands", .array(node.access.names.map { .string($0) }))
    add("format", .string(node.format.rawValue))
    add("permanent", .bool(node.isPermanent))
    add("dynamic", .bool(node.isDynamic))
    add("naming", node.naming.map { .string($0.rawValue) })
    add("occurrence", .string(NodeFact.occurrence(of: node)))
    add("caseSensitive", node.isCaseSensitive.map { .bool($0) })
    add("offValues", strings(node.offValues))
    add("allowedValues", node.allowedValues.compact.map { .string($0) })
    add("listDelimiter", node.listDelimiter.map { .string($0) })
    add("default", node.defaultValue.map { .string($0) })
    add("builds", strings(node.applicability.builds.map(\.description)))
    add("editions", strings(node.editions.map(NodeFact.hex)))
    add("needs", need.map { .string($0.need.rawValue) })
    add("applies", facts.first { $0.name == "since" }.map { .string($0.value) })
    add("atomicRequired", .bool(node.atomicRequired))
    add("atomicWith", atomicAncestor.map { .string($0) })
    add("deprecated", node.deprecation.map { .string($0.since?.description ?? "yes") })
    add("conflictResolution", node.conflictResolution.map { .string($0.rawValue) })
    add("reboot", node.reboot.map { .string($0.rawValue) })
    add("dependsOn", strings(node.dependencies.flatMap(\.dependencies).map(\.locURI)))
    add("children", strings(children.map(\.locURI)))
    add("origin", .string(node.origin))
    add("source", .string(node.source.rawValue))
    add("release", .string(provenance.release))
    add("addedBy", provenance.file.map { .string($0) })
    return .object(members)
  }
}
