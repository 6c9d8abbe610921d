import CSPCatalog
import PolicyModel

/// Nodes one a line: path, format, commands.
struct NodeLines {
  /// What a line is about.
  enum Line {
    case node(CSPNode)
    /// A path that leads to so many nodes, with its own node if it has one.
    case inner(path: String, node: CSPNode?, nodesBelow: Int)
  }

  private let lines: [Line]

  init(_ lines: [Line]) { self.lines = lines }

  /// The lines, their columns aligned as far as paths are not too long.
  var texts: [String] {
    let rows = lines.map(Self.columns)
    let width = min(rows.map(\.path.utf8.count).max() ?? 0, 90)
    return rows.map { row in
      let blanks = String(repeating: " ", count: max(width - row.path.utf8.count, 0) + 2)
      return row.path + (row.facts.isEmpty ? "" : blanks + row.facts)
    }
  }

  private static func columns(_ line: Line) -> (path: String, facts: String) {
    switch line {
    case .node(let node): return (node.locURI, facts(of: node))
    case .inner(let path, let node, let count):
      let commands = node.map { $0.access.names.joined(separator: ", ") } ?? ""
      return (path + "/", "\(Count.of(count, "node"))\(commands.isEmpty ? "" : "  \(commands)")")
    }
  }

  private static func facts(of node: CSPNode) -> String {
    let format = node.format.rawValue
    return format + String(repeating: " ", count: max(5 - format.utf8.count, 1))
      + node.access.names.joined(separator: ", ") + (node.deprecation == nil ? "" : "  (deprecated)")
  }

  static func json(_ line: Line) -> JSONValue {
    let node: CSPNode?
    var members: [JSONMember] = []
    switch line {
    case .node(let found):
      members.append(JSONMember("locURI", .string(found.locURI)))
      node = found
    case .inner(let path, let found, let count):
      members.append(JSONMember("locURI", .string(path)))
      members.append(JSONMember("nodesBelow", .integer(Int64(count))))
      node = found
    }
    if let node {
      members.append(JSONMember("format", .string(node.format.rawValue)))
      members.append(JSONMember("commands", .array(node.access.names.map { .string($0) })))
    }
    return .object(members)
  }
}
