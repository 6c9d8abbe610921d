import CSPCatalog
import SyncML
import Testing

/// Every node of the catalogue, not a sample of them.
@Suite struct WholeCatalogTests {
  private static let nodes = Array(CSPCatalog.embedded.nodes)
  private static let verbs: [(AccessTypes, String)] = [
    (.add, "Add"), (.replace, "Replace"), (.delete, "Delete"), (.get, "Get"), (.exec, "Exec"),
  ]

  @Test("every node accepts each of its verbs with its format and a value that it takes, its default too")
  func accepted() {
    var commands = CatalogCommands()
    for node in Self.nodes {
      guard let path = NodeSamples.path(of: node, in: .embedded) else {
        Issue.record("\(node.locURI): there is no sample for a pattern")
        continue
      }
      for (access, verb) in Self.verbs where node.access.contains(access) {
        if access == .get || access == .delete {
          commands.add(verb, path, node: node.locURI, what: verb, code: nil)
          continue
        }
        commands.add(
          verb, path, format: node.format, data: NodeSamples.good(node), node: node.locURI, what: verb,
          code: nil)
        guard access == .replace, let value = node.defaultValue else { continue }
        commands.add(
          verb, path, format: node.format, data: value, node: node.locURI, what: "default '\(value)'",
          code: nil)
      }
    }
    #expect(commands.expectations.count > 15_000)
    expectNoSurprises(commands)
  }

  @Test(
    "every node refuses a verb that it does not have, another format, and a value that it does not take")
  func refused() {
    var commands = CatalogCommands()
    var counts = (verbs: 0, formats: 0, values: 0)
    for (index, node) in Self.nodes.enumerated() {
      guard !node.locURI.hasSuffix("/Policy/Config/{AreaName}/{PolicyName}"),
        let path = NodeSamples.path(of: node, in: .embedded)
      else { continue }
      // One of them, and each in its turn.
      let forbidden = Self.verbs.filter { !node.access.contains($0.0) }
      if !forbidden.isEmpty {
        let (access, verb) = forbidden[index % forbidden.count]
        let hasValue = access == .add || access == .replace || access == .exec
        commands.add(
          verb, path, format: hasValue ? node.format : nil, data: hasValue ? NodeSamples.good(node) : nil,
          node: node.locURI, what: "forbidden \(verb)", code: "SM1605")
        counts.verbs += 1
      }
      guard
        let verb = Self.verbs.first(where: { node.access.contains($0.0) && $0.0 != .get && $0.0 != .delete })
      else { continue }
      commands.add(
        verb.1, path, format: node.format == .int ? .chr : .int, data: NodeSamples.good(node),
        node: node.locURI,
        what: "wrong format", code: "SM1606")
      counts.formats += 1
      guard let bad = NodeSamples.bad(node), verb.0 != .exec || node.format != .null else { continue }
      commands.add(
        verb.1, path, format: node.format, data: bad.value, node: node.locURI, what: "value '\(bad.value)'",
        code: bad.code)
      counts.values += 1
    }
    #expect(counts.verbs > 5800)
    #expect(counts.formats > 4500)
    #expect(counts.values > 4000)
    expectNoSurprises(commands)
  }

  @Test("a node that exists in one scope only is refused in the other")
  func scopes() {
    let paths = Set(Self.nodes.map(\.locURI))
    var commands = CatalogCommands()
    for node in Self.nodes {
      let other: String
      if node.locURI.hasPrefix("./Device/") {
        other = "./User/" + node.locURI.dropFirst(9)
      } else if node.locURI.hasPrefix("./User/") {
        other = "./Device/" + node.locURI.dropFirst(7)
      } else {
        continue
      }
      guard !paths.contains(other), !node.locURI.hasSuffix("/Policy/Config/{AreaName}/{PolicyName}"),
        let path = NodeSamples.path(of: node, in: .embedded)
      else { continue }
      let swapped = node.scope == .user ? "./Device/\(path.dropFirst(7))" : "./User/\(path.dropFirst(9))"
      commands.add("Get", swapped, node: node.locURI, what: "other scope", code: "SM1603")
    }
    #expect(commands.expectations.count > 3000)
    expectNoSurprises(commands)
  }

  @Test("a name on the way to a node that does not match its pattern is refused")
  func names() {
    var commands = CatalogCommands()
    for node in Self.nodes {
      guard let path = NodeSamples.path(of: node, in: .embedded, badName: true) else { continue }
      commands.add("Get", path, node: node.locURI, what: "bad name in \(path)", code: "SM1709")
    }
    #expect(commands.expectations.count > 300)
    expectNoSurprises(commands)
  }

  private func expectNoSurprises(
    _ commands: CatalogCommands, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let surprises = commands.surprises()
    #expect(
      surprises.isEmpty, "\(surprises.count): \(surprises.prefix(20).joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }
}
