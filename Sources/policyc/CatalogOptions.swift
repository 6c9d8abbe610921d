import ArgumentParser
import CSPCatalog
import FileAccess
import XMLInput

/// What every command that asks the CSP catalogue takes.
struct CatalogOptions: ParsableArguments {
  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "A catalogue that 'policyc catalog import' wrote, or a DDF file: its nodes are added to the built-in ones or replace them. May be given several times; the last wins.",
      valueName: "FILE"), completion: .file())
  var catalogs: [String] = []

  @Option(
    help: ArgumentHelp(
      "The project's settings. Without it: \(ProjectConfig.defaultPath) of the current folder, if there is one.",
      valueName: "FILE"), completion: .file(extensions: ["yaml"]))
  var config: String?

  /// The project's settings. What is wrong with them is said, and ends the command.
  func settings(_ console: Console) throws -> ProjectConfig {
    do throws(ProjectConfigError) {
      return try ProjectConfig(at: config)
    } catch {
      switch error {
      case .file(let error): throw error
      case .content(let message):
        console.say("error: \(message)")
        throw ExitStatus.usage.code
      }
    }
  }

  /// The built-in catalogue with those of the project and of the command line added.
  func catalog(_ settings: ProjectConfig, _ console: Console) throws -> CSPCatalog {
    try (settings.catalogs + catalogs).reduce(.embedded) { catalog, path in
      catalog.adding(try Self.open(path, console), from: path)
    }
  }

  /// Opens one catalogue, or imports one DDF file. What is wrong with it is said, and ends the command.
  static func open(_ path: String, _ console: Console) throws -> CSPCatalog {
    let bytes = try readFile(path, limit: FileLimit.document)
    do {
      guard path.hasSuffix(".xml"), !bytes.starts(with: "policyc-csp-catalog".utf8) else {
        return try CSPCatalog(bytes: bytes)
      }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      var ddf = DDFImport()
      try ddf.add(bytes, named: name)
      return try CSPCatalog(bytes: ddf.catalog(source: name, date: CSPCatalog.embedded.date))
    } catch {
      console.say("error: \(path):\(error)")
      throw ExitStatus.inaccessible.code
    }
  }
}
