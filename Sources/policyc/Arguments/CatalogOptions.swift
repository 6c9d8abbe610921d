import ArgumentParser
import CSPCatalog
import FileAccess
import XMLInput

/// What every command that asks the CSP catalogue takes.
struct CatalogOptions: ParsableArguments {
  @Option(
    name: .customLong("catalog"),
    help: ArgumentHelp(
      "A catalogue that 'policyc catalog import' wrote, or a DDF file or .zip archive: its nodes are added to the built-in ones or replace them. May be given several times; the last wins.",
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

  /// Opens one catalogue, or imports one DDF file or archive. What is wrong with it is said, and ends the command.
  static func open(_ path: String, _ console: Console) throws -> CSPCatalog {
    do {
      guard path.hasSuffix(".xml") || path.hasSuffix(".zip") else {
        return try CSPCatalog(bytes: readFile(path, limit: FileLimit.document))
      }
      var ddf = DDFImport()
      for file in try DDFSource.all(in: [path]).flatMap({ try $0.files() }) {
        do throws(XMLError) {
          try ddf.add(file.bytes, named: file.name)
        } catch {
          throw DDFSourceError(file.place, error)
        }
      }
      return try CSPCatalog(
        bytes: ddf.catalog(source: lastComponent(of: path), date: CSPCatalog.embedded.date))
    } catch let error as CatalogError {
      console.say("error: \(path):\(error)")
    } catch let error as DDFSourceError {
      console.say("error: \(error.message)")
    }
    throw ExitStatus.inaccessible.code
  }
}
