import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// Checks one policy. Each stage is an extension in a file of its own and adds to what stands here.
struct PolicyChecker {
  let options: CompilerOptions
  let loader: SourceLoader
  let file: FileID
  let tree: SyntaxTree
  /// Whether the text has errors already, so that what follows from missing parts is not worth a word.
  let isBroken: Bool

  var sink = DiagnosticSink()
  var waivers = WaiverBook()
  var symbols = SymbolTable()
  var factTable = FactTable()
  var model: SemanticModel
  var parameters: [String: ResolvedParameter] = [:]
  var buildLists: [LoweredBuildList] = []
  var buildListIndex: [String: Int32] = [:]
  var scope = CompiledPolicy.Scope()
  var evidence = EvidenceClause()
  var scopeSpan: Span?
  var editionsSpan: Span?
  var rules: [LoweredRule] = []
  var ruleIndex: [String: Int] = [:]
  var ruleNames: [Rule.Kind: [String]] = [:]
  var commands: [LoweredCommand] = []
  var guards: [CommandGuard] = []
  var guardIndices: [Condition: Int] = [:]
  var expansions = GroupExpansions()
  /// The clauses whose meaning the model of a file without a policy has.
  var modelled: Set<ClauseID> = []
  /// Whether the file has no policy.
  var isLibrary = false
  var suggestions = SuggestionBudget()
  /// Clauses of which a fixed condition has been reported already.
  var fixedClauses: Set<ClauseID> = []
  var devices: [String: [String: Observation]] = [:]
  var atomicGroups = 0
  /// Whether a command was left out because something in it is wrong.
  var hasRefusedCommands = false
  /// What the compiler said of a command by itself, accepted or not.
  var told: [CommandID: [DiagnosticCode: Severity]] = [:]
  /// The `applies` clauses, whose waivers cover what no other clause asks for.
  var scopeClauses: [ClauseID] = []
  var commandPlaces: [CommandKey: Int] = [:]
  var operandCache: [String: CachedOperand] = [:]
  /// The clauses around the one that is being lowered, innermost first, whose waivers cover it too.
  var groups: [ClauseID] = []
  /// Texts outside a fact's known ones that a waiver accepts, as `fact=text`.
  var acceptedTexts: Set<String> = []
  var firmwareLiterals: [FirmwareLiteral] = []

  init(options: CompilerOptions, loader: SourceLoader, file: FileID, isBroken: Bool) {
    self.options = options
    self.loader = loader
    self.file = file
    self.isBroken = isBroken
    model = SemanticModel(facts: options.facts)
    tree = loader.files[Int(file.index)].tree
  }

  /// The tree of any loaded file.
  func tree(of file: FileID) -> SyntaxTree { loader.files[Int(file.index)].tree }

  /// Checks a policy of the file.
  mutating func check(_ policy: NodeIndex) -> CheckedPolicy? {
    declareNames(policy: policy)
    resolveParameters()
    guard let head = lowerHead(policy) else { return nil }
    lowerBuildLists()
    lowerScope(policy)
    lowerEvidence(policy)
    var context = GroupContext(tree: tree)
    lowerItems(of: policy, &context)
    convertFirmwareLiterals()
    reportDuplicateRules()
    analyseRequirements()
    let builds = analyseBuilds()
    analyseHardware()
    if let builds { analyseVacuity(of: policy, builds, nameSpan: head.nameSpan) }
    let tests = options.policyToJudge == nil ? lowerTests(policy) : []
    let queries = factQueries()
    let payloads = judge(queries, .policy(builds: builds, name: head.nameSpan))
    reportUnused()
    reportUnusedWaivers()
    let map = factTable.sort()
    scope.condition?.renumberFacts(map)
    for index in guards.indices { guards[index].condition.renumberFacts(map) }
    for index in rules.indices {
      rules[index].rule.when?.renumberFacts(map)
      rules[index].rule.that.renumberFacts(map)
    }
    addClauses()
    var compiled = CompiledPolicy(
      name: head.name, version: head.version, title: head.title, titles: head.titles, summary: head.summary,
      scope: scope, facts: factTable.declarations, buildLists: buildLists.map(\.list),
      parameters: parameters.values.compactMap { parameter in
        parameter.value.map { CompiledPolicy.Parameter(name: parameter.name, value: $0) }
      }.sorted { $0.name < $1.name },
      rules: rules.map(\.rule))
    compiled.evidence = evidence
    return CheckedPolicy(
      compiled: compiled, commands: commands.map(\.command), guards: guards, factQueries: queries,
      payloads: payloads, tests: tests,
      waived: waivers.findings, nameSpan: head.nameSpan)
  }

  /// Checks the declarations of a file without a policy. Each group is looked at alone: what a group includes may be
  /// declared in the same file, and a policy need not take in two groups together.
  mutating func checkLibrary() {
    isLibrary = true
    declareNames(policy: nil)
    resolveParameters()
    lowerBuildLists()
    for symbol in symbols.symbols where symbol.kind == .group && symbol.file == file {
      var context = GroupContext(tree: tree)
      rules = []
      ruleIndex = [:]
      commands = []
      commandPlaces = [:]
      guards = []
      guardIndices = [:]
      expansions.forget()
      lowerItems(of: symbol.node, &context)
      _ = judge([], .group)
      addClauses()
      convertFirmwareLiterals()
      firmwareLiterals = []
    }
    let map = factTable.sort()
    for index in model.clauses.indices { model.clauses[index].guardCondition?.renumberFacts(map) }
    for symbol in symbols.symbols where symbol.kind == .device && symbol.file == file {
      _ = lowerAssignments(of: symbol.node, in: tree)
    }
  }
}

/// A clause of any loaded file.
struct ClauseID: Hashable {
  let file: FileID
  let node: NodeIndex
}

/// What surrounds a clause: its file, the guards and waivers of the groups that it stands in.
struct GroupContext {
  var tree: SyntaxTree
  /// The guards of enclosing groups and of `include`, outermost first.
  var conditions: [Condition] = []
  var sources: [String] = []
  /// The innermost of them.
  var guardSpan: Span?
  /// What the guards are called in ``GroupExpansions``.
  var guardsID = 0
  /// Whether a group around is taken in a second time, under other guards.
  var isRepeated = false
  var atomic: Int?
  /// Clauses around this one, innermost first, whose waivers cover it too.
  var owners: [ClauseID] = []
  var includes: [String] = []
}
