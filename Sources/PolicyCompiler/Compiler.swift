import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// What is the same for every policy of a run.
package struct CompilerOptions: Sendable {
  /// The CSP nodes that policies are checked against.
  package var catalog: CSPCatalog
  /// The facts that policies may name.
  package var facts: FactCatalog
  /// Values for params, by `--set`.
  package var settings: [ParameterSetting]
  /// The folder that imports must not leave.
  package var root: String
  /// Whether settings that name no param are an error; off for one policy of several.
  package var refusesUnknownSettings: Bool
  /// The PCR banks that count for policies that name none; the command line decides where there are none either.
  package var evidenceBanks: [PCRBank] = []
  /// The one policy to compile, without its tests: for running a test with other params. Nil for all.
  package var policyToJudge: String?

  /// Options with no settings and the working folder as the root, unless given.
  package init(
    catalog: CSPCatalog, facts: FactCatalog, settings: [ParameterSetting] = [], root: String = "",
    refusesUnknownSettings: Bool = true
  ) {
    self.catalog = catalog
    self.facts = facts
    self.settings = settings
    self.root = root
    self.refusesUnknownSettings = refusesUnknownSettings
  }
}

/// What came of one source file.
package struct Compilation: Sendable {
  /// The files that were read, for showing the diagnostics.
  package let sources: SourceMap
  /// In the order of the files and places.
  package let diagnostics: [Diagnostic]
  /// The file's policies. They are sound only when ``hasErrors`` is false.
  package let policies: [CheckedPolicy]
  /// What the file means: a model for each policy that was looked at, or one for a file without a policy.
  package let models: [SemanticModel]
  /// The trees of ``sources``, each at the index of its file.
  package let trees: [SyntaxTree]

  /// Whether any finding is an error.
  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// From a source file to checked policies: load and parse, declare names, lower and type-check, analyse.
package struct Compiler: Sendable {
  /// What the compiler was made with.
  package let options: CompilerOptions

  /// A compiler with these options.
  package init(_ options: CompilerOptions) { self.options = options }

  /// Compiles the policies of a file and checks what it declares. Nil when the file cannot be read.
  package func compile(_ path: String, reading read: @escaping SourceReader) -> Compilation? {
    compile(path) { path in read(path).map { .bytes($0) } ?? .missing }
  }

  /// Compiles the policies of a file, with a reader that says why it gives none. Nil when the file itself is not read.
  package func compile(_ path: String, loading read: @escaping (_ path: String) -> SourceText) -> Compilation?
  {
    var loader = SourceLoader(root: options.root, read: read)
    guard let file = loader.load(path) else { return nil }
    let tree = loader.files[Int(file.index)].tree
    let policies = tree.children(of: tree.root).filter { tree.kind($0) == .policy }
    var diagnostics = loader.diagnostics.items
    var checked: [CheckedPolicy] = []
    var models: [SemanticModel] = []
    let isBroken = diagnostics.contains { $0.severity == .error }
    for policy in policies where isWanted(policy, in: tree) {
      var checker = PolicyChecker(options: options, loader: loader, file: file, isBroken: isBroken)
      if let result = checker.check(policy) { checked.append(result) }
      diagnostics += checker.sink.items
      models.append(checker.finishedModel())
    }
    if policies.isEmpty {
      var checker = PolicyChecker(options: options, loader: loader, file: file, isBroken: isBroken)
      checker.checkLibrary()
      diagnostics += checker.sink.items
      models.append(checker.finishedModel())
    }
    // Several policies of one file share its declarations and would repeat what is wrong with them.
    var seen: Set<Diagnostic> = []
    let unique = policies.count > 1 ? diagnostics.filter { seen.insert($0).inserted } : diagnostics
    let order = unique.enumerated().sorted { left, right in
      let (a, b) = (left.element.primary?.span, right.element.primary?.span)
      return (a?.file.index ?? -1, a?.start ?? 0, left.offset) < (
        b?.file.index ?? -1, b?.start ?? 0, right.offset
      )
    }
    return Compilation(
      sources: loader.sources, diagnostics: order.map(\.element), policies: checked, models: models,
      trees: loader.files.map(\.tree))
  }

  private func isWanted(_ policy: NodeIndex, in tree: SyntaxTree) -> Bool {
    guard let wanted = options.policyToJudge else { return true }
    if let name = tree.child(.name, of: policy) { return tree.text(name) == wanted }
    return tree.child(.text, of: policy).map { tree.stringValue($0) } == wanted
  }
}
