import CSPCatalog
import SyncML
import Testing

/// Every node of the catalogue, not a sample of them.
@Suite struct WholeCatalogTests {
  private enum Kind: Hashable, Sendable { case accepted, verb, format, value, scope, name }

  private struct Outcome: Sendable {
    var counts: [Kind: Int] = [:]
    var surprises: [Kind: [String]] = [:]
  }

  private static let verbs: [(AccessTypes, String)] = [
    (.add, "Add"), (.replace, "Replace"), (.delete, "Delete"), (.get, "Get"), (.exec, "Exec"),
  ]

  /// All commands stand in one payload: what the validator works out about a node, it works out once.
  private static let outcome: Outcome = {
    let nodes = Array(CSPCatalog.embedded.nodes)
    let paths = Set(nodes.map(\.locURI))
    var commands = CatalogCommands<Kind>()
    for (index, node) in nodes.enumerated() {
      guard let path = NodeSamples.path(of: node, in: .embedded) else {
        Issue.record("\(node.locURI): there is no sample for a pattern")
        continue
      }
      addAccepted(node, path, to: &commands)
      // What an ADMX file brings in, its own facts say nothing about.
      if node.locURI.hasSuffix("/Policy/Config/{AreaName}/{PolicyName}") { continue }
      addRefused(node, path, turn: index, to: &commands)
      if let name = NodeSamples.path(of: node, in: .embedded, badName: true) {
        commands.add("Get", name, node: node.locURI, kind: .name, what: name, code: "SM1709")
      }
      // DDF v1 often names one scope of two, so that the other is no error.
      if node.source == .ddf2, let scope = otherScope(node.locURI), !paths.contains(scope),
        let swapped = otherScope(path)
      {
        commands.add("Get", swapped, node: node.locURI, kind: .scope, what: swapped, code: "SM1603")
      }
    }
    var outcome = Outcome(surprises: commands.surprises())
    for expectation in commands.expectations { outcome.counts[expectation.kind, default: 0] += 1 }
    return outcome
  }()

  private static func addAccepted(_ node: CSPNode, _ path: String, to commands: inout CatalogCommands<Kind>) {
    for (access, verb) in verbs where node.access.contains(access) {
      if access == .get || access == .delete {
        commands.add(verb, path, node: node.locURI, kind: .accepted, what: verb, code: nil)
        continue
      }
      commands.add(
        verb, path, format: node.format, data: NodeSamples.good(node), node: node.locURI, kind: .accepted,
        what: verb, code: nil)
      guard access == .replace, let value = node.defaultValue else { continue }
      commands.add(
        verb, path, format: node.format, data: value, node: node.locURI, kind: .accepted,
        what: "default '\(value)'", code: nil)
    }
  }

  private static func addRefused(
    _ node: CSPNode, _ path: String, turn: Int, to commands: inout CatalogCommands<Kind>
  ) {
    let forbidden = verbs.filter { !node.access.contains($0.0) }
    if !forbidden.isEmpty {
      let (access, verb) = forbidden[turn % forbidden.count]
      let hasValue = access == .add || access == .replace || access == .exec
      commands.add(
        verb, path, format: hasValue ? node.format : nil, data: hasValue ? NodeSamples.good(node) : nil,
        node: node.locURI, kind: .verb, what: verb, code: "SM1605")
    }
    guard
      let (access, verb) = verbs.first(where: {
        node.access.contains($0.0) && $0.0 != .get && $0.0 != .delete
      })
    else { return }
    commands.add(
      verb, path, format: node.format == .int ? .chr : .int, data: NodeSamples.good(node), node: node.locURI,
      kind: .format, what: verb, code: "SM1606")
    guard let bad = NodeSamples.bad(node), access != .exec || node.format != .null else { return }
    commands.add(
      verb, path, format: node.format, data: bad.value, node: node.locURI, kind: .value,
      what: "'\(bad.value)'", code: bad.code)
  }

  /// The path with `./User` for `./Device` and the other way round; nil for one that has neither.
  private static func otherScope(_ path: String) -> String? {
    if path.hasPrefix("./Device/") { return "./User/" + path.dropFirst(9) }
    if path.hasPrefix("./User/") { return "./Device/" + path.dropFirst(7) }
    return nil
  }

  @Test("every node accepts each of its verbs with its format and a value that it takes, its default too")
  func accepted() { expectNoSurprises(.accepted, atLeast: 15_000) }

  @Test("every node refuses a verb that it does not have")
  func verbs() { expectNoSurprises(.verb, atLeast: 5800) }

  @Test("every node that takes a value refuses one of another format")
  func formats() { expectNoSurprises(.format, atLeast: 4500) }

  @Test("every node that takes only some values refuses another")
  func values() { expectNoSurprises(.value, atLeast: 4000) }

  @Test("every node that exists in one scope only is refused in the other")
  func scopes() { expectNoSurprises(.scope, atLeast: 3000) }

  @Test("a name on the way to a node that does not match its pattern is refused")
  func names() { expectNoSurprises(.name, atLeast: 300) }

  private func expectNoSurprises(
    _ kind: Kind, atLeast count: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let surprises = Self.outcome.surprises[kind, default: []]
    #expect(Self.outcome.counts[kind, default: 0] >= count, sourceLocation: sourceLocation)
    #expect(
      surprises.isEmpty, "\(surprises.count): \(surprises.prefix(20).joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }
}
