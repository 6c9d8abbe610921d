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
    let root: String
    let compilation: Compilation
  }

  private(set) var catalog: CSPCatalog
  let settings: [ParameterSetting]
  let root: String?
  private(set) var units: [Unit] = []

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

  /// The same session with another catalogue, before anything is compiled.
  func checking(against catalog: CSPCatalog) -> CompilerSession {
    var session = self
    session.catalog = catalog
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
        let root = root ?? (isFolder ? argument : Self.folder(of: path))
        let bytes = try readFile(path, limit: FileLimit.policy)
        let name = path == "-" ? standardInputName : path
        if let unit = compile(name, bytes, root: root, settings: settings) { units.append(unit) }
      }
    }
  }

  /// Compiles one policy of a file with other params, without its tests.
  func recompile(_ unit: Unit, policy: String, settings: [ParameterSetting]) -> Compilation? {
    let source = unit.compilation.sources.files.first
    return compile(
      unit.path, source?.bytes ?? [], root: unit.root,
      settings: self.settings.filter { known in
        !settings.contains { $0.name == known.name }
      } + settings, policy: policy)?.compilation
  }

  private func compile(
    _ path: String, _ bytes: [UInt8], root: String, settings: [ParameterSetting], policy: String? = nil
  ) -> Unit? {
    var options = CompilerOptions(
      catalog: catalog, facts: FactCatalog.embedded, settings: settings, root: root,
      refusesUnknownSettings: false)
    options.policyToJudge = policy
    let compilation = Compiler(options).compile(path) { name in
      ExactText(name) == ExactText(path) ? bytes : try? readFile(name, limit: FileLimit.policy)
    }
    return compilation.map { Unit(path: path, root: root, compilation: $0) }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
  }

  /// Settings that no compiled policy has a param for, and policies of one name: what only the whole run can tell.
  func findings() -> [Diagnostic] {
    var findings: [Diagnostic] = []
    let params = Set(units.flatMap { $0.compilation.policies }.flatMap { $0.compiled.parameters.map(\.name) })
    if !units.contains(where: \.compilation.hasErrors) {
      for setting in settings where !params.contains(setting.name) {
        findings.append(
          Diagnostic(
            "AP2011", .error, "--set names a param '\(setting.name)' that no policy has", at: nil,
            help: closest(to: setting.name, in: params.sorted()).map { ["did you mean '\($0)'?"] }
              ?? ["the params are \(params.sorted().joined(separator: ", "))"]))
      }
    }
    var names: [String: String] = [:]
    for unit in units {
      for policy in unit.compilation.policies {
        let name = policy.compiled.name.lowercased()
        if let earlier = names[name] {
          findings.append(
            Diagnostic(
              "AP2027", .error,
              "two policies are called '\(policy.compiled.name)': in \(earlier) and in \(unit.path)",
              at: nil, help: ["their outputs would overwrite one another; rename one"]))
        }
        names[name] = unit.path
      }
    }
    return findings
  }
}

extension CompilerSession {
  /// All findings with the files that they are about, for one report.
  func report() -> (sources: SourceMap, diagnostics: [Diagnostic]) {
    var sources = SourceMap()
    var diagnostics: [Diagnostic] = []
    var seen: Set<Diagnostic> = []
    var known: [ExactText: FileID] = [:]
    for unit in units {
      // A file that several policies import is shown once.
      let ids = unit.compilation.sources.files.map { file in
        if let id = known[ExactText(file.name)] { return id }
        let id = sources.add(file)
        known[ExactText(file.name)] = id
        return id
      }
      for diagnostic in unit.compilation.diagnostics {
        let moved = diagnostic.movingSpans {
          Span(file: ids[Int($0.file.index)], start: $0.start, end: $0.end)
        }
        if seen.insert(moved).inserted { diagnostics.append(moved) }
      }
    }
    return (sources, diagnostics + findings())
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

/// Places in the files of a unit, relative to the policy folder.
struct LocationFinder {
  private let names: [String]
  private let indices: [LineIndex]

  init(_ unit: CompilerSession.Unit) {
    let root = unit.root
    let prefix = root.isEmpty || root.hasSuffix("/") ? root : root + "/"
    let files = unit.compilation.sources.files
    names = files.map { $0.name.hasPrefix(prefix) ? String($0.name.dropFirst(prefix.count)) : $0.name }
    indices = files.map { LineIndex($0.bytes) }
  }

  func location(of span: Span) -> SourceLocation {
    let position = indices[Int(span.file.index)].position(at: Int(span.start))
    return SourceLocation(file: names[Int(span.file.index)], line: position.line, column: position.column)
  }
}
