import ArgumentParser
import CSPCatalog
import Diagnostics
import PolicyModel

/// How nodes are printed.
enum CatalogFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// `policyc catalog show LOCURI`: all that the catalogue says of a node.
struct CatalogShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print all that the catalogue says of a node.",
    discussion: "Ends with 1 when there is no such node, and says what may be meant or why it is gone.")

  @Argument(
    help: ArgumentHelp(
      "A path such as ./Device/Vendor/MSFT/DeviceStatus/SecureBootState.", valueName: "LOCURI"))
  var path: String

  @OptionGroup var catalogOptions: CatalogOptions

  @Option(help: "text or json.")
  var format: CatalogFormat = .text

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let catalog = try catalogOptions.catalog(try catalogOptions.settings(console), console)
      guard case .found(let node) = catalog.resolve(path) else { throw catalog.refusal(of: path, console) }
      let sheet = NodeSheet(node, in: catalog)
      switch format {
      case .text: try console.write(lines: sheet.lines)
      case .json: try console.write(document: sheet.json.line)
      }
    }
  }
}

extension CSPCatalog {
  /// Says that a path is unknown, and what may be meant or why it is gone.
  func refusal(of path: String, _ console: Console) -> ExitCode {
    if let gone = retired(path) {
      console.say("error: \(path) is gone from Windows")
      console.say("  \(gone.sentence)")
      return ExitStatus.no.code
    }
    console.say("error: the catalogue (DDF v2 \(version)) has no node \(path)")
    if case .unknown(let known, let suggestions) = resolve(path) {
      if !known.isEmpty { console.say("  known as far as \(known)") }
      for suggestion in suggestions { console.say("  did you mean \(suggestion)") }
    }
    return ExitStatus.no.code
  }
}

extension RetiredNode {
  /// Why it is gone.
  fileprivate var sentence: String {
    switch reason {
    case .moved(let other): "\(path) moved to \(other)"
    case .phoneOnly: "only Windows phones had \(path)"
    case .removed(let release): "the release \(release) was the last to have \(path)"
    }
  }
}
