import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import PolicySyntax
import Testing

@Suite("What a source file means")
struct SemanticModelTests {
  static let source = """
    /// How old a start may be.
    param max_age: int seconds = 1 hour
    param provider: string = "Fleet"
    alias ready = tpm.ready
    builds current { windows 11 23H2 10.0.22631.2792 }
    device good { tpm.present = true  ready = true }
    policy p version 1.0.0 {
      applies to windows 11 23H2 or newer
      require fresh {
        that attested tpm.present and (ready or not os.edition in [pro, education]) and os.build meets current
        message en "{provider}, within {max_age}; \\{max_age} stays"
      }
      set ./Device/Vendor/MSFT/DMClient/Provider/{provider}/EntDMID = provider when ready
      test "good" {
        given good
        expect indeterminate fresh
      }
    }

    """

  /// Where the `number`th place of a text begins in the source.
  static func offset(of text: String, _ number: Int = 1) throws -> UInt32 {
    let bytes = Array(source.utf8)
    let wanted = Array(text.utf8)
    let starts = bytes.indices.filter { bytes[$0...].starts(with: wanted) }
    try #require(starts.count >= number)
    return UInt32(starts[number - 1])
  }

  let compilation: Compilation
  let model: SemanticModel
  let file: FileID

  init() throws {
    compilation = try #require(TestCompiler.compile(Self.source))
    model = try #require(compilation.models.first)
    file = try #require(compilation.trees.first).file
  }

  @Test("the sample has no errors, so that the other tests mean something")
  func sample() {
    #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test(
    "a name is found at each of its places: in conditions, texts, paths, values and tests",
    arguments: [
      ("max_age", [1, 2]), ("provider", [1, 2, 3, 4]), ("ready", [1, 3, 4, 5]), ("current", [1, 2]),
      ("good", [1, 3]), ("fresh", [1, 2]),
    ])
  func places(_ name: String, _ numbers: [Int]) throws {
    let starts = try numbers.map { try Self.offset(of: name, $0) }
    let symbol = try #require(model.symbol(at: starts[0], in: file))
    #expect(model.symbols[symbol].name == name)
    #expect(model.places(of: symbol).map(\.start) == starts)
    for start in starts {
      #expect(model.symbol(at: start, in: file) == symbol)
      #expect(model.declaration(at: start, in: file)?.start == starts[0])
    }
  }

  @Test("a brace that is escaped names nothing")
  func escaped() throws {
    #expect(model.target(at: try Self.offset(of: "max_age", 3), in: file) == nil)
  }

  @Test(
    "the innermost expression at a place has its type",
    arguments: [
      ("tpm.present", 2, "bool"), ("ready", 4, "bool"), ("education", 1, "symbol"),
      ("os.build", 1, "build"), ("(ready", 1, "bool"),
    ])
  func types(_ text: String, _ number: Int, _ name: String) throws {
    let offset = try Self.offset(of: text, number)
    let expression = try #require(model.expression(at: offset, in: file))
    let type = try #require(model.type(of: expression))
    #expect("\(type)".hasPrefix(name))
  }

  @Test("the nodes of a condition that are no operands are its steps, one for one")
  func steps() throws {
    let policy = try #require(compilation.policies.first)
    let that = try #require(policy.compiled.rules.first).that
    let steps = model.expressions.filter { !$0.isOperand }
    #expect(steps.count == that.steps.count + 1, "the guard of the command is one step more")
    for (expression, step) in zip(steps, that.steps) {
      switch (expression.kind, step) {
      case (.test, .test), (.not, .not), (.constant, .constant): break
      case (.and(let count), .and(let wanted)), (.or(let count), .or(let wanted)): #expect(count == wanted)
      default: Issue.record("\(expression.kind) is not \(step)")
      }
    }
    let whole = try #require(steps.dropLast().last)
    #expect(Int(whole.size) == model.expressions.count - 2, "the whole holds all nodes but the guard's two")
  }

  @Test("facts are found under their own names and under an alias")
  func facts() throws {
    #expect(model.fact(at: try Self.offset(of: "os.edition"), in: file)?.name == "os.edition")
    #expect(model.fact(at: try Self.offset(of: "tpm.ready"), in: file)?.name == "tpm.ready")
    #expect(model.fact(at: try Self.offset(of: "ready", 4), in: file)?.name == "tpm.ready")
  }

  @Test("a param is documented by its comment, a fact by the catalogue")
  func documentation() throws {
    let param = try #require(model.target(at: try Self.offset(of: "max_age", 2), in: file))
    #expect(compilation.documentation(of: param.target, in: model) == "How old a start may be.")
    let fact = try #require(model.target(at: try Self.offset(of: "os.edition"), in: file))
    let summary = FactCatalog.embedded["os.edition"]?.summary
    #expect(compilation.documentation(of: fact.target, in: model) == summary?["en"])
    #expect(compilation.documentation(of: fact.target, in: model, language: "ja") == summary?["ja"])
  }

  @Test("the clause at a place has the node that it addresses, and its guard")
  func clause() throws {
    let offset = try Self.offset(of: "EntDMID")
    #expect(model.node(ofClauseAt: offset, in: file)?.locURI.hasSuffix("/EntDMID") == true)
    let condition = try #require(model.clause(at: offset, in: file)?.guardCondition)
    #expect(condition.references.map { model.factTable[Int($0.index)].name } == ["tpm.ready"])
    #expect(model.node(ofClauseAt: try Self.offset(of: "fresh"), in: file) == nil)
  }

  @Test("the guard of commands has its condition, over the facts of the compiled policy")
  func guardCondition() throws {
    let policy = try #require(compilation.policies.first)
    let condition = try #require(policy.guards.first).condition
    #expect(condition.references.map { policy.compiled.facts[Int($0.index)].name } == ["tpm.ready"])
    #expect(condition.isWellFormed(factCount: policy.compiled.facts.count, listCount: 1))
  }

  @Test(
    "nothing is renamed to what is no name, what is taken, or where nothing is named",
    arguments: [
      ("max_age", "ready"), ("max_age", "education"), ("max_age", "1st"), ("max_age", "require"),
      ("version", "other"),
    ])
  func refusedRenaming(_ text: String, _ name: String) throws {
    #expect(compilation.renaming(at: try Self.offset(of: text), in: file, to: name) == nil)
  }

  @Test("a place that spells a name with escapes is not renamed, and nothing else is")
  func escapedName() throws {
    let source = #"""
      param age: int = 1
      policy p version 1 { require r { that os.revision >= age message en "{a\u{67}e}" } }
      """#
    let compilation = try #require(TestCompiler.compile(source))
    #expect(compilation.renaming(at: 7, in: file, to: "years") == nil)
  }

  @Test("what many groups of a file without a policy include is kept once")
  func library() throws {
    let groups = (0..<50).map { "rules g\($0) { include base when tpm.present }\n" }.joined()
    let base = "param n: int = 1\nrules base { require r { that os.revision in [n, n, n, n] } }\n"
    let model = try #require(TestCompiler.compile(base + groups)?.models.first)
    #expect(model.symbols.count { $0.kind == .rule } == 1)
    #expect(model.references.count == 5 + 50 * 2)
    #expect(model.expressions.count == 6 + 50 * 2)
  }

  @Test("a waiver is in the model, with whether it accepted something")
  func waiver() throws {
    let source = WaiverTests.policy("collect \(WaiverTests.path) \(WaiverTests.reason)")
    let model = try #require(TestCompiler.compile(source)?.models.first)
    #expect(model.waivers.map(\.code) == ["AP2104"])
    #expect(model.waivers.map(\.isUsed) == [true])
  }

  @Test("a file with errors keeps the meaning of what can be understood")
  func broken() throws {
    let source = "policy p version 1 { require a { that tpm.present and } require b { that tpm.ready } }"
    let compilation = try #require(TestCompiler.compile(source))
    #expect(compilation.hasErrors)
    let model = try #require(compilation.models.first)
    let place = UInt32(source.utf8.count - 8)
    #expect(model.fact(at: place, in: file)?.name == "tpm.ready")
    #expect(model.expression(at: place, in: file) != nil)
  }
}

@Suite("What the shipped policies mean")
struct ShippedMeaningTests {
  static let files = try? ShippedPolicies().files.keys.sorted()

  @Test("every name in a shipped file is declared, used, or a word of the language", arguments: files ?? [])
  func names(_ path: String) throws {
    let compilation = try ShippedPolicies().compile(path)
    let tree = try #require(compilation.trees.first)
    let model = try #require(compilation.models.first)
    let declared = Set(model.symbols.map(\.nameSpan))
    let used = Set(model.references.map(\.span))
    var count = 0
    /// The kinds of the nodes around the current one, with where each ends.
    var around: [(kind: SyntaxKind, end: Int)] = []
    for node in tree.nodes.indices {
      while let last = around.last, last.end <= node { around.removeLast() }
      let owner = around.last?.kind
      around.append((tree.kind(node), node + Int(tree.nodes[node].size)))
      let isName = tree.kind(node) == .name
      let isFact = owner == .operand && tree.tokenKind(node) == .dottedName
      guard isName || isFact, !Self.words.contains(owner ?? .file) else { continue }
      count += 1
      let span = tree.span(node)
      #expect(
        declared.contains(span) || used.contains(span), "\(path): \(tree.text(node)) at \(span.start)")
    }
    #expect(count > 0)
  }

  /// What holds words of the language, and no names.
  static let words: Set<SyntaxKind> = [
    .policy, .title, .type, .status, .severity, .remedy, .message, .waiver, .windowsTarget, .editions, .banks,
    .buildEntry, .newerBranches, .expect, .admxElement,
  ]

  @Test(
    "a shipped policy compiles to the same after a name is exchanged at all its places",
    arguments: ShippedPolicies.names)
  func renaming(_ name: String) throws {
    let shipped = try ShippedPolicies()
    let path = "\(name).attpolicy"
    let compilation = try shipped.compile(path)
    let before = try #require(compilation.policies.first)
    let model = try #require(compilation.models.first)
    for symbol in model.symbols {
      let new = "\(symbol.name)_renamed"
      let edits = try #require(
        compilation.renaming(at: symbol.nameSpan.start, in: symbol.file, to: new), "\(symbol.name)")
      var files: [String: [UInt8]] = [:]
      for edit in edits.reversed() {
        let file = compilation.sources[edit.span.file]
        files[file.name, default: file.bytes].replaceSubrange(
          Int(edit.span.start)..<Int(edit.span.end), with: new.utf8)
      }
      let renamed = try shipped.compile(path, replacing: files)
      #expect(renamed.diagnostics.map(\.message) == [], "\(symbol.name)")
      let after = try #require(renamed.policies.first)
      #expect(after.commands.map(\.locURI) == before.commands.map(\.locURI))
      #expect(after.commands.map(\.data) == before.commands.map(\.data))
      #expect(
        Self.shown(after.compiled, naming: new, as: symbol.name) == Self.shown(before.compiled),
        "\(symbol.name)")
    }
  }

  /// A compiled policy with a name written as another. Params and lists are ascending by name, so those are sorted by what they hold.
  private static func shown(_ policy: CompiledPolicy, naming new: String? = nil, as old: String = "")
    -> [String]
  {
    var policy = policy
    let parameters = policy.parameters.map { "\($0)" }.sorted()
    policy.parameters = []
    return (["\(policy)"] + parameters).map { text in new.map { text.replacing($0, with: old) } ?? text }
      .sorted()
  }
}
