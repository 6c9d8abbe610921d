import ArgumentParser
import CSPCatalog
import Diagnostics
import PolicyModel

/// `policyc catalog list [PREFIX]`: what the catalogue has, level by level or all of it.
struct CatalogListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the CSPs, or what stands below a path.",
    discussion: """
      Without a path: the CSPs. With the path of a node, or with the name of a CSP or a policy area: what stands directly below it, and with \
      --all every node.
      """)

  @Argument(
    help: ArgumentHelp(
      "A path such as ./Device/Vendor/MSFT/LAPS, or a name such as LAPS.", valueName: "PREFIX"))
  var prefix: String?

  @Flag(help: "Every node below, not only those directly below.")
  var all = false

  @Option(
    help: ArgumentHelp("Only nodes that accept a command, such as Exec; implies --all.", valueName: "COMMAND")
  )
  var accepts: String?

  @OptionGroup var catalogOptions: CatalogOptions

  @Option(help: "text or json.")
  var format: CatalogFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  private static let commands = ["Add", "Copy", "Delete", "Exec", "Get", "Replace"]

  func validate() throws {
    if let accepts, !Self.commands.contains(where: { $0.lowercased() == accepts.lowercased() }) {
      throw ValidationError("--accepts takes one of \(Self.commands.joined(separator: ", "))")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let catalog = try catalogOptions.catalog(try catalogOptions.settings(console), console)
      let lines = try paths(in: catalog, console).flatMap { self.lines(below: $0, in: catalog) }
      switch format {
      case .text: try console.write(lines: NodeLines(lines).texts)
      case .json:
        try console.write(
          document: JSONValue.object([JSONMember("nodes", .array(lines.map { NodeLines.json($0) }))]).line)
      }
    }
  }

  private func lines(below path: String, in catalog: CSPCatalog) -> [NodeLines.Line] {
    if all || accepts != nil {
      let nodes = catalog.nodes(below: path)
      guard let verb = accepts?.lowercased() else { return nodes.map { .node($0) } }
      return nodes.filter { $0.access.names.contains { $0.lowercased() == verb } }.map { .node($0) }
    }
    let entries = path == "." ? Self.outermost(in: catalog) : catalog.entries(below: path)
    // A leaf has nothing below it but itself to show.
    if entries.isEmpty { return catalog.nodes(below: path).map { .node($0) } }
    return entries.map { entry in
      if entry.nodesBelow == 0, let node = entry.node { return .node(node) }
      return .inner(path: entry.path, node: entry.node, nodesBelow: entry.nodesBelow)
    }
  }

  /// The paths that the argument means: its own, or in both scopes those of the CSP or area of its name.
  private func paths(in catalog: CSPCatalog, _ console: Console) throws -> [String] {
    guard let prefix else { return ["."] }
    if let path = catalog.spelling(of: prefix) { return [path] }
    if !prefix.contains("/") {
      let homes = ["", "/Policy/Config"].flatMap { home in
        ["./Device/Vendor/MSFT", "./User/Vendor/MSFT"].map { "\($0)\(home)/\(prefix)" }
      }
      let found = (homes + ["./\(prefix)"]).filter { catalog.spelling(of: $0) == $0 }
      if !found.isEmpty { return found }
      let names = ["./Device/Vendor/MSFT", "./Device/Vendor/MSFT/Policy/Config", "./User/Vendor/MSFT"]
        .flatMap { catalog.entries(below: $0) }.compactMap {
          $0.path.split(separator: "/").last.map(String.init)
        }
      console.say("error: the catalogue has no CSP and no policy area '\(prefix)'")
      if let near = closest(to: prefix, in: names) { console.say("  did you mean \(near)") }
      throw ExitStatus.no.code
    }
    throw catalog.refusal(of: prefix, console)
  }

  /// The CSPs: the first nodes of every path.
  private static func outermost(in catalog: CSPCatalog) -> [CatalogEntry] {
    var found: [CatalogEntry] = []
    var pending = ["."]
    while let path = pending.popLast() {
      let entries = catalog.entries(below: path)
      found += entries.filter { $0.node != nil }
      pending += entries.filter { $0.node == nil }.map(\.path)
    }
    return found.sorted { $0.path < $1.path }
  }
}
