import ArgumentParser
import CSPCatalog
import PolicyModel

/// `policyc catalog search WORDS`: nodes by words of their names.
struct CatalogSearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Find nodes by words of their names, best first.",
    discussion: """
      Every word must be found in a node's path or in the name of its ADMX policy; case does not matter, and 'secure boot' finds \
      SecureBootState. Ends with 1 when nothing is found.
      """)

  @Argument(help: ArgumentHelp("Words, such as secure boot.", valueName: "WORDS"))
  var words: [String]

  @Option(help: ArgumentHelp("How many nodes are printed at most.", valueName: "N"))
  var limit = 25

  @OptionGroup var catalogOptions: CatalogOptions

  @Option(help: "text or json.")
  var format: CatalogFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    guard CatalogSearch(words) != nil else { throw ValidationError("give a word to search for") }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    guard let search = CatalogSearch(words) else { return }
    try console.run {
      let catalog = try catalogOptions.catalog(try catalogOptions.settings(console), console)
      let found = search.nodes(of: catalog, limit: limit)
      switch format {
      case .text:
        try console.write(lines: NodeLines(found.nodes.map { .node($0) }).texts)
        if found.total > found.nodes.count {
          console.say("\(found.total - found.nodes.count) more; add a word, or raise --limit")
        }
      case .json:
        try console.write(
          document: JSONValue.object([
            JSONMember("nodes", .array(found.nodes.map { NodeLines.json(.node($0)) })),
            JSONMember("total", .integer(Int64(found.total))),
          ]).line)
      }
      guard found.total > 0 else {
        console.say("no node has \(words.joined(separator: " ")) in its names")
        throw ExitStatus.no.code
      }
    }
  }
}
