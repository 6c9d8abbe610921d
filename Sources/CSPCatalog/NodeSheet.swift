import PolicyModel

/// All that a catalogue says of one node, for a person or a program to read.
public struct NodeSheet: Sendable {
  private let node: CSPNode
  private let children: [CSPNode]
  private let need: NodeNeed?
  private let provenance: (release: String, file: String?)

  /// The sheet of a node of a catalogue.
  public init(_ node: CSPNode, in catalog: CSPCatalog) {
    self.node = node
    children = catalog.children(of: node.locURI)
    need = NodeNeed.of(locURI: node.locURI)
    provenance = catalog.provenance(of: node)
  }

  // MARK: Text

  /// The path, and a line for each fact.
  public var text: String {
    let facts = facts
    let width = facts.map(\.name.utf8.count).max() ?? 0
    let lines = facts.map { fact in
      "  \(fact.name)\(String(repeating: " ", count: width - fact.name.utf8.count + 2))\(fact.value)"
    }
    return ([node.locURI] + lines).joined(separator: "\n") + "\n"
  }

  private var facts: [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append((name, value)) }
    }
    add("scope", node.scope.rawValue)
    add("commands", node.access.names.joined(separator: ", "))
    add("format", node.format.rawValue)
    add("occurs", "\(occurrence), \(node.isPermanent ? "permanent" : "made and removed")")
    add("name", node.isDynamic ? naming : nil)
    add("case", node.isCaseSensitive.map { $0 ? "matters" : "is ignored" })
    add("values", node.format == .node ? nil : node.allowedValues.description)
    add("list", node.listDelimiter.map { "values separated by \(Self.shown($0))" })
    add("default", node.defaultValue.map { $0.isEmpty ? "(empty)" : $0 })
    add("since", node.applicability.description)
    add("builds", builds)
    add("editions", editions)
    add("needs", need.map { "\($0.need.rawValue) (\($0.source))" })
    add("atomic", node.atomicRequired ? "the node and all below it stand in an Atomic" : nil)
    add("deprecated", node.deprecation.map { $0.since.map { "since \($0)" } ?? "yes" })
    add("merging", node.conflictResolution?.rawValue)
    add("restart", node.reboot?.rawValue)
    for group in node.dependencies { add("depends on", Self.text(of: group)) }
    for child in children { add("below", String(child.locURI.dropFirst(node.locURI.count + 1))) }
    let file = provenance.file.map { "; added by \($0)" } ?? ""
    add("source", "\(node.origin), DDF v2 \(provenance.release)\(file)")
    return facts
  }

  private var builds: String { node.applicability.builds.map(\.description).joined(separator: ", ") }

  private var occurrence: String {
    switch node.occurrence {
    case .one: "once"
    case .zeroOrOne: "at most once"
    case .zeroOrMore: "any number of times"
    case .oneOrMore: "at least once"
    case .oneOrN(let count): "once to \(count.map { "\($0)" } ?? "n") times"
    case .zeroOrN(let count): "up to \(count.map { "\($0)" } ?? "n") times"
    }
  }

  private var naming: String {
    switch node.naming {
    case .clientInventory: "chosen by the device"
    case .serverGenerated: "an identifier that the server makes up"
    case .uniqueName: "unique, with a meaning of its own"
    case nil: "dynamic"
    }
  }

  private var editions: String {
    let named = WindowsEdition.all.filter { !Set($0.ids).isDisjoint(with: node.editions) }
    let others = node.editions.filter { WindowsEdition.of(id: $0) == nil }.map(Self.hex)
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

  private static func hex(_ id: UInt16) -> String { "0x" + String(id, radix: 16, uppercase: true) }

  // MARK: JSON

  /// The same as one JSON object. What the catalogue does not state is left out.
  public var json: JSONValue {
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
    add("occurrence", .string(occurrence))
    add("caseSensitive", node.isCaseSensitive.map { .bool($0) })
    add("allowedValues", node.allowedValues.compact.map { .string($0) })
    add("listDelimiter", node.listDelimiter.map { .string($0) })
    add("default", node.defaultValue.map { .string($0) })
    add("builds", strings(node.applicability.builds.map(\.description)))
    add("editions", strings(node.editions.map(Self.hex)))
    add("needs", need.map { .string($0.need.rawValue) })
    add("atomicRequired", .bool(node.atomicRequired))
    add("deprecated", node.deprecation.map { .string($0.since?.description ?? "yes") })
    add("conflictResolution", node.conflictResolution.map { .string($0.rawValue) })
    add("reboot", node.reboot.map { .string($0.rawValue) })
    add("dependsOn", strings(node.dependencies.flatMap(\.dependencies).map(\.locURI)))
    add("children", strings(children.map(\.locURI)))
    add("origin", .string(node.origin))
    add("release", .string(provenance.release))
    add("addedBy", provenance.file.map { .string($0) })
    return .object(members)
  }
}
