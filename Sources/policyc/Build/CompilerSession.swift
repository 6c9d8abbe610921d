import ArgumentParser
import CSPCatalog
import Diagnostics
import FileAccess
import PolicyCompiler
import PolicyModel
import PolicyTargets

/// The policy files of a command line, compiled one after another.
struct CompilerSession {
  private(set) var workspace: Workspace
  /// The folder of each unit of the workspace.
  private(set) var folders: [SourceFolder] = []
  private let root: String?

  init(catalog: CSPCatalog, settings: [String], root: String?) throws {
    self.root = root
    var parsed: [ParameterSetting] = []
    for setting in settings {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
        throw ValidationError("--set takes NAME=VALUE, and '\(setting)' is not of that form")
      }
      let name = String(setting[..<equals])
      guard !parsed.contains(where: { $0.name == name }) else {
        throw ValidationError("--set gives '\(name)' two values")
      }
      parsed.append(ParameterSetting(name: name, text: String(setting[setting.index(after: equals)...])))
    }
    workspace = Workspace(CompilerOptions(catalog: catalog, facts: .embedded, settings: parsed))
  }

  /// The same session with the catalogue and the settings of a project, before anything is compiled.
  func checking(against catalog: CSPCatalog, by project: ProjectConfig) -> CompilerSession {
    var options = workspace.options
    options.catalog = catalog
    options.evidenceBanks = project.evidenceBanks
    var session = self
    session.workspace = Workspace(options)
    return session
  }

  var units: [Workspace.Unit] { workspace.units }

  /// The versions of the catalogues that every policy is checked against.
  var catalogs: CompiledPolicyFile.CatalogVersions {
    CompiledPolicyFile.CatalogVersions(
      csp: workspace.options.catalog.version, facts: workspace.options.facts.version)
  }

  /// All findings with the files that they are about.
  func report() -> (sources: SourceMap, diagnostics: [Diagnostic]) {
    workspace.report(outputs: PolicyBuild.names)
  }

  /// Compiles the files at some paths, folders included. Files that cannot be read end it.
  mutating func compile(_ paths: [String]) throws(FileError) {
    for argument in paths {
      let isFolder = argument != "-" && isFolder(argument)
      for path in try policyFiles(at: [argument]) {
        let folder = try folder(of: path, in: isFolder ? argument : nil)
        let bytes =
          path == "-"
          ? try readFile(path, limit: FileLimit.policy) : try folder.read(path, limit: FileLimit.policy)
        let name = path == "-" ? standardInputName : path
        let isCompiled = workspace.compile(name, root: folder.path) { other in
          if ExactText(other) == ExactText(name) { return .bytes(bytes) }
          do throws(FileError) {
            return .bytes(try folder.read(other, limit: FileLimit.policy))
          } catch {
            switch error.problem {
            case .leavesFolder, .isKernelFile: return .outside
            default: return .missing
            }
          }
        }
        if isCompiled { folders.append(folder) }
      }
    }
  }

  /// The folder that a file and its imports must lie in: that of `--root`, or the one that is built, or the file's own.
  private func folder(of path: String, in built: String?) throws(FileError) -> SourceFolder {
    if let named = root ?? built { return try SourceFolder(named) }
    let slash = path.lastIndex(of: "/")
    do throws(FileError) {
      return try SourceFolder(slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "")
    } catch {
      throw FileError(path, error.problem)
    }
  }
}

/// Places in the files of a unit, relative to the policy folder, however it was named.
struct LocationFinder {
  private let names: [String]
  private let indices: [LineIndex]

  init(_ compilation: Compilation, in folder: SourceFolder) {
    let files = compilation.sources.files
    names = files.map { folder.relative($0.name) ?? $0.name }
    indices = files.map { LineIndex($0.bytes) }
  }

  func location(of span: Span) -> SourceLocation {
    let position = indices[Int(span.file.index)].position(at: Int(span.start))
    return SourceLocation(file: names[Int(span.file.index)], line: position.line, column: position.column)
  }
}
