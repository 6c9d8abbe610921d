import ArgumentParser
import CSPCatalog
import Diagnostics
import FileAccess
import PolicyCompiler
import PolicyModel
import PolicyTargets

/// The policy files of a command line, compiled one after another.
struct CompilerSession {
  /// One file that was compiled.
  struct Unit {
    let path: String
    let folder: SourceFolder
    let compilation: Compilation
  }

  private(set) var catalog: CSPCatalog
  let settings: [ParameterSetting]
  let root: String?
  private(set) var units: [Unit] = []
  private var evidenceBanks: [PCRBank] = []

  init(catalog: CSPCatalog, settings: [String], root: String?) throws {
    self.catalog = catalog
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
    self.settings = parsed
  }

  /// The same session with the catalogue and the settings of a project, before anything is compiled.
  func checking(against catalog: CSPCatalog, by project: ProjectConfig) -> CompilerSession {
    var session = self
    session.catalog = catalog
    session.evidenceBanks = project.evidenceBanks
    return session
  }

  /// The versions of the catalogues that every policy is checked against.
  var catalogs: CompiledPolicyFile.CatalogVersions {
    CompiledPolicyFile.CatalogVersions(csp: catalog.version, facts: FactCatalog.embedded.version)
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
        if let unit = compile(name, bytes, in: folder, settings: settings) { units.append(unit) }
      }
    }
  }

  /// The folder that a file and its imports must lie in: that of `--root`, or the one that is built, or the file's own.
  private func folder(of path: String, in built: String?) throws(FileError) -> SourceFolder {
    if let named = root ?? built { return try SourceFolder(named) }
    do throws(FileError) {
      return try SourceFolder(Self.folder(of: path))
    } catch {
      throw FileError(path, error.problem)
    }
  }

  /// Compiles one policy of a file with other params, without its tests.
  func recompile(_ unit: Unit, policy: String, settings: [ParameterSetting]) -> Compilation? {
    let source = unit.compilation.sources.files.first
    return compile(
      unit.path, source?.bytes ?? [], in: unit.folder,
      settings: self.settings.filter { known in
        !settings.contains { $0.name == known.name }
      } + settings, policy: policy)?.compilation
  }

  private func compile(
    _ path: String, _ bytes: [UInt8], in folder: SourceFolder, settings: [ParameterSetting],
    policy: String? = nil
  ) -> Unit? {
    var options = CompilerOptions(
      catalog: catalog, facts: FactCatalog.embedded, settings: settings, root: folder.path,
      refusesUnknownSettings: false)
    options.policyToJudge = policy
    options.evidenceBanks = evidenceBanks
    let compilation = Compiler(options).compile(path) { name -> SourceText in
      if ExactText(name) == ExactText(path) { return .bytes(bytes) }
      do throws(FileError) {
        return .bytes(try folder.read(name, limit: FileLimit.policy))
      } catch {
        switch error.problem {
        case .leavesFolder, .isKernelFile: return .outside
        default: return .missing
        }
      }
    }
    return compilation.map { Unit(path: path, folder: folder, compilation: $0) }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
  }

  /// Settings that no compiled policy has a param for: what only the whole run can tell.
  private func unknownSettings() -> [Diagnostic] {
    guard !units.contains(where: \.compilation.hasErrors) else { return [] }
    let params = Set(units.flatMap { $0.compilation.policies }.flatMap { $0.compiled.parameters.map(\.name) })
    return settings.filter { !params.contains($0.name) }.map { setting in
      Diagnostic(
        "AP2011", .error, "--set names a param '\(setting.name)' that no policy has", at: nil,
        help: closest(to: setting.name, in: params.sorted()).map { ["did you mean '\($0)'?"] }
          ?? ["the params are \(params.sorted().joined(separator: ", "))"])
    }
  }
}

extension CompilerSession {
  /// All findings with the files that they are about, for one report.
  func report() -> (sources: SourceMap, diagnostics: [Diagnostic]) {
    var sources = SourceMap()
    var diagnostics: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    var known: [ExactText: FileID] = [:]
    var collisions = OutputCollisions()
    for unit in units {
      // A file that several policies import is shown once.
      let ids = unit.compilation.sources.files.map { file in
        if let id = known[ExactText(file.name)] { return id }
        let id = sources.add(file)
        known[ExactText(file.name)] = id
        return id
      }
      let move = { (span: Span) in Span(file: ids[Int(span.file.index)], start: span.start, end: span.end) }
      for policy in unit.compilation.policies { collisions.add(policy, at: move(policy.nameSpan)) }
      for diagnostic in unit.compilation.diagnostics {
        let moved = diagnostic.movingSpans(move)
        if seen.insert(moved).inserted { diagnostics.append(moved) }
      }
    }
    return (sources, diagnostics + unknownSettings() + collisions.findings)
  }
}

extension Diagnostic {
  /// The same finding with its spans in another source map.
  func movingSpans(_ move: (Span) -> Span) -> Diagnostic {
    Diagnostic(
      code, severity, message, at: primary.map { Label(move($0.span), $0.text) },
      secondary: secondary.map { Label(move($0.span), $0.text) }, help: help,
      fixIts: fixIts.map { FixIt(title: $0.title, span: move($0.span), replacement: $0.replacement) })
  }
}

/// Places in the files of a unit, relative to the policy folder, however it was named.
struct LocationFinder {
  private let names: [String]
  private let indices: [LineIndex]

  init(_ unit: CompilerSession.Unit) {
    let files = unit.compilation.sources.files
    names = files.map { unit.folder.relative($0.name) ?? $0.name }
    indices = files.map { LineIndex($0.bytes) }
  }

  func location(of span: Span) -> SourceLocation {
    let position = indices[Int(span.file.index)].position(at: Int(span.start))
    return SourceLocation(file: names[Int(span.file.index)], line: position.line, column: position.column)
  }
}
