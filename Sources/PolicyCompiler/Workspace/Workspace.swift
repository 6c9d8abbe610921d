import Diagnostics
import PolicyModel

/// Source files that are compiled in one run: by a command, from files, or by an editor, from what is typed. It reads nothing by itself.
package struct Workspace: Sendable {
  /// One file that was compiled.
  package struct Unit: Sendable {
    package let path: String
    /// The folder that its imports must not leave.
    package let root: String
    package let compilation: Compilation
  }

  /// What the files are compiled with. Which settings no policy knows is told of all files together.
  package private(set) var options: CompilerOptions
  package private(set) var units: [Unit] = []

  /// A workspace without files.
  package init(_ options: CompilerOptions) {
    self.options = options
    self.options.refusesUnknownSettings = false
  }

  /// Compiles a file. False where the reader does not give it: it has no unit then.
  @discardableResult
  package mutating func compile(
    _ path: String, root: String, loading read: @escaping (_ path: String) -> SourceText
  ) -> Bool {
    guard let compilation = Compiler(options(root: root)).compile(path, loading: read) else { return false }
    units.append(Unit(path: path, root: root, compilation: compilation))
    return true
  }

  /// Compiles one policy of a file with other params, without its tests, from what was read before.
  package func recompile(_ unit: Unit, policy: String, settings: [ParameterSetting]) -> Compilation? {
    var options = options(root: unit.root)
    options.policyToJudge = policy
    options.settings.removeAll { known in settings.contains { $0.name == known.name } }
    options.settings += settings
    let sources = Dictionary(
      unit.compilation.sources.files.map { (ExactText($0.name), $0.bytes) },
      uniquingKeysWith: { first, _ in first })
    return Compiler(options).compile(unit.path) { sources[ExactText($0)] }
  }

  private func options(root: String) -> CompilerOptions {
    var options = options
    options.root = root
    return options
  }

  /// All findings with the files that they are about, for one report.
  ///
  /// - Parameter outputs: The names of the files that a policy is written to, of which no two may be the same.
  package func report(outputs: (CheckedPolicy) -> [String]) -> (
    sources: SourceMap, diagnostics: [Diagnostic]
  ) {
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
      let move = { (span: Span) in
        Span(file: ids[Int(span.file.index)], start: span.start, end: span.end)
      }
      for policy in unit.compilation.policies {
        collisions.add(policy.compiled.name, outputs(policy), at: move(policy.nameSpan))
      }
      for diagnostic in unit.compilation.diagnostics {
        let moved = diagnostic.movingSpans(move)
        if seen.insert(moved).inserted { diagnostics.append(moved) }
      }
    }
    return (sources, diagnostics + unknownSettings() + collisions.findings)
  }

  /// Settings that no compiled policy has a param for.
  private func unknownSettings() -> [Diagnostic] {
    guard !units.contains(where: \.compilation.hasErrors) else { return [] }
    let params = Set(
      units.flatMap { $0.compilation.policies }.flatMap { $0.compiled.parameters.map(\.name) })
    return options.settings.filter { !params.contains($0.name) }.map { setting in
      Diagnostic(
        "AP2011", .error, "--set names a param '\(setting.name)' that no policy has", at: nil,
        help: closest(to: setting.name, in: params.sorted()).map { ["did you mean '\($0)'?"] }
          ?? ["the params are \(params.sorted().joined(separator: ", "))"])
    }
  }
}

extension Diagnostic {
  /// The same finding with its spans in another source map.
  package func movingSpans(_ move: (Span) -> Span) -> Diagnostic {
    Diagnostic(
      code, severity, message, at: primary.map { Label(move($0.span), $0.text) },
      secondary: secondary.map { Label(move($0.span), $0.text) }, help: help,
      fixIts: fixIts.map {
        FixIt(title: $0.title, span: move($0.span), replacement: $0.replacement)
      })
  }
}
