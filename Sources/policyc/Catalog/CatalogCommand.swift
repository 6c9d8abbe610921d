import ArgumentParser
import CSPCatalog
import FileAccess
import PolicyModel

/// `policyc catalog`: the CSP nodes that policies are checked against.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Show and find nodes of the CSP catalogue, and make and compare catalogues.",
    subcommands: [
      CatalogShowCommand.self, CatalogSearchCommand.self, CatalogListCommand.self, CatalogDiffCommand.self,
      CatalogImportCommand.self,
    ])
}
