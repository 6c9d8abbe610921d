/// One thing that a catalogue states of a node, in the words of an administrator.
struct NodeFact: Hashable, Sendable {
  let name: String
  let value: String

  /// What is stated, in a fixed order; what is not stated is left out.
  static func all(of node: CSPNode) -> [NodeFact] {
    var facts: [NodeFact] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append(NodeFact(name: name, value: value)) }
    }
    add("scope", node.scope.rawValue)
    add("commands", node.access.names.joined(separator: ", "))
    add("format", node.format.rawValue)
    add("occurs", "\(occurrence(of: node)), \(node.isPermanent ? "permanent" : "made and removed")")
    add("name", node.isDynamic ? naming(of: node) : nil)
    add("case", node.isCaseSensitive.map { $0 ? "matters" : "is ignored" })
    add("values", node.format == .node ? nil : node.allowedValues.description)
    add("off", node.offValues.isEmpty ? nil : node.offValues.joined(separator: ", "))
    add("list", node.listDelimiter.map { "values separated by \(shown($0))" })
    add("default", node.defaultValue.map { $0.isEmpty ? "(empty)" : $0 })
    // DDF v1 knows no builds.
    let isSilent = node.source == .ddf1 && node.applicability.builds.isEmpty
    add("since", isSilent ? "not stated" : node.applicability.description)
    add("builds", node.applicability.builds.map(\.description).joined(separator: ", "))
    add("editions", editions(of: node))
    add("atomic", node.atomicRequired ? "the node and all below it stand in an Atomic" : nil)
    add("deprecated", node.deprecation.map { $0.since.map { "since \($0)" } ?? "yes" })
    add("merging", node.conflictResolution?.rawValue)
    add("restart", node.reboot?.rawValue)
    for group in node.dependencies { add("depends on", text(of: group)) }
    return facts
  }

  static func occurrence(of node: CSPNode) -> String {
    switch node.occurrence {
    case .one: "once"
    case .zeroOrOne: "at most once"
    case .zeroOrMore: "any number of times"
    case .oneOrMore: "at least once"
    case .oneOrN(let count): "once to \(count.map { "\($0)" } ?? "n") times"
    case .zeroOrN(let count): "up to \(count.map { "\($0)" } ?? "n") times"
    }
  }

  static func hex(_ id: UInt16) -> String { "0x" + String(id, radix: 16, uppercase: true) }

  private static func naming(of node: CSPNode) -> String {
    switch node.naming {
    case .clientInventory: "chosen by the device"
    case .serverGenerated: "an identifier that the server makes up"
    case .uniqueName: "unique, with a meaning of its own"
    case nil: "dynamic"
    }
  }

  private static func editions(of node: CSPNode) -> String {
    let named = WindowsEdition.all.filter { !Set($0.ids).isDisjoint(with: node.editions) }
    let others = node.editions.filter { WindowsEdition.of(id: $0) == nil }.map(hex)
    let names = named.map(\.name).joined(separator: ", ")
    return others.isEmpty
      ? names : "\(names.isEmpty ? "" : "\(names), ")and ids without a name: \(others.joined(separator: " "))"
  }

  private static func text(of group: DependencyGroup) -> String {
    group.dependencies.map { dependency in
      "\(dependency.locURI) \(dependency.isNegated ? "not " : "")\(dependency.values)"
    }.joined(separator: " and ")
  }

  private static func shown(_ delimiter: String) -> String {
    delimiter == "\u{F000}" ? "U+F000" : "'\(delimiter)'"
  }
}

extension NodeSource {
  /// The kind of description, before its release.
  var title: String {
    switch self {
    case .ddf2: "DDF v2"
    case .ddf1: "DDF v1"
    case .added: "own catalogue"
    }
  }
}

extension CSPCatalog {
  /// The path of the nearest node above a node that must stand in an Atomic with all below it, or nil.
  func atomicAncestor(of node: CSPNode) -> String? {
    var path = node.locURI[...]
    while let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = path[..<slash]
      guard let place = place(of: Array(path.utf8)) else { continue }
      if layers[place.layer].own(atLine: place.start)?.atomicRequired == true { return String(path) }
    }
    return nil
  }
}
