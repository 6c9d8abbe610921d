import ArgumentParser
import CSPCatalog
import Diagnostics
import PolicyModel

/// `policyc catalog diff OLD NEW`: what differs between two catalogues.
struct CatalogDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what differs between two catalogues: nodes added, removed and changed.")

  /// The word for the catalogue that comes with the program.
  private static let builtin = "builtin"

  @Argument(
    help: ArgumentHelp(
      "A catalogue that 'policyc catalog import' wrote, a DDF file or .zip archive, - for standard input, or 'builtin'.",
      valueName: "OLD"), completion: .file())
  var old: String

  @Argument(help: ArgumentHelp("The newer one, in the same way.", valueName: "NEW"), completion: .file())
  var new: String

  @Option(help: "text or json.")
  var format: CatalogFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if old == "-", new == "-" { throw ValidationError("only one of the two can be standard input") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let (old, new) = (try opened(old, console), try opened(new, console))
      let difference = CatalogDifference(from: old, to: new)
      switch format {
      case .text:
        try console.write(lines: Self.lines(of: difference))
        console.say(
          "\(old.version) to \(new.version): \(Count.of(difference.added.count, "node")) added, "
            + "\(difference.removed.count) removed, \(difference.changed.count) changed")
      case .json: try console.write(document: Self.json(of: difference, old, new).line)
      }
    }
  }

  private func opened(_ path: String, _ console: Console) throws -> CSPCatalog {
    path == Self.builtin ? .embedded : try CatalogOptions.open(path, console)
  }

  /// Removed, added and changed nodes together, by path: `-`, `+`, `~`.
  private static func lines(of difference: CatalogDifference) -> [String] {
    var blocks: [(path: String, lines: [String])] = []
    blocks += difference.removed.map { ($0.locURI, ["- \(summary(of: $0))"]) }
    blocks += difference.added.map { ($0.locURI, ["+ \(summary(of: $0))"]) }
    blocks += difference.changed.map { path, changes in
      let width = changes.map(\.fact.utf8.count).max() ?? 0
      let lines = changes.map { change in
        let blanks = String(repeating: " ", count: width - change.fact.utf8.count + 2)
        return "    \(change.fact)\(blanks)\(change.words)"
      }
      return (path, ["~ \(path)"] + lines)
    }
    return blocks.sorted { $0.path < $1.path }.flatMap(\.lines)
  }

  private static func summary(of node: CSPNode) -> String {
    "\(node.locURI)  \(node.format.rawValue)  \(node.access.names.joined(separator: ", "))  \(node.applicability)"
  }

  private static func json(of difference: CatalogDifference, _ old: CSPCatalog, _ new: CSPCatalog)
    -> JSONValue
  {
    func paths(_ nodes: [CSPNode]) -> JSONValue { .array(nodes.map { .string($0.locURI) }) }
    let changed = difference.changed.map { path, changes in
      JSONValue.object([
        JSONMember("locURI", .string(path)),
        JSONMember(
          "changes",
          .array(
            changes.map { change in
              .object([
                JSONMember("fact", .string(change.fact)),
                JSONMember("old", change.old.map { .string($0) } ?? .null),
                JSONMember("new", change.new.map { .string($0) } ?? .null),
              ])
            })),
      ])
    }
    return .object([
      JSONMember("old", .string(old.version)), JSONMember("new", .string(new.version)),
      JSONMember("added", paths(difference.added)), JSONMember("removed", paths(difference.removed)),
      JSONMember("changed", .array(changed)),
    ])
  }
}
