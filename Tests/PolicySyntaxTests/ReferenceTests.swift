import TestSupport
import Testing

@testable import PolicySyntax

@Suite("The language reference")
struct ReferenceTests {
  static let fences = (try? CodeFence.all(in: "Grammar/REFERENCE.md")) ?? []

  @Test("every example is read without a finding and is a sentence of the grammar", arguments: fences)
  func examples(_ fence: CodeFence) throws {
    #expect(parse(fence.text.utf8).diagnostics.map { "\($0.code): \($0.message)" } == [])
    var matcher = try GrammarMatcher(try Grammar.ofCheckout())
    let isSentence = try matcher.accepts(Array(fence.text.utf8))
    #expect(isSentence)
  }

  @Test("every construct stands in an example")
  func everyConstruct() {
    var seen: Set<SyntaxKind> = []
    for fence in Self.fences { seen.formUnion(parse(fence.text.utf8).tree.nodes.map(\.kind)) }
    #expect(Set(SyntaxKind.allCases).subtracting(seen) == [])
  }

  @Test("every shipped policy is a sentence of the grammar")
  func shippedPolicies() throws {
    var matcher = try GrammarMatcher(try Grammar.ofCheckout())
    let policies = Checkout.files(below: "Policies", suffix: ".attpolicy")
    #expect(!policies.isEmpty)
    for (path, bytes) in policies {
      #expect(parse(bytes).diagnostics.isEmpty, "\(path)")
      let isSentence = try matcher.accepts(bytes)
      #expect(isSentence, "\(path)")
    }
  }

  @Test("the grammar knows the parser's words and units")
  func vocabulary() throws {
    let grammar = try Grammar.ofCheckout()
    var matcher = TokenMatcher(grammar)
    let clause = try grammar.index(of: "CLAUSE_WORD")
    for keyword in Keyword.allCases {
      let isClause = matcher.matches(rule: clause, keyword.text)
      #expect(isClause == keyword.opensClause, "\(keyword.text)")
    }
    let unit = try grammar.index(of: "UNIT")
    for word in Unit.allCases.map(\.rawValue) {
      let isUnit = matcher.matches(rule: unit, word)
      let isSingular = word.hasSuffix("s") && matcher.matches(rule: unit, String(word.dropLast()))
      #expect(isUnit && isSingular == word.hasSuffix("s"), "\(word)")
      #expect(word.utf8.count <= Unit.longestName)
    }
    guard case .choice(let alternatives) = grammar.rules[unit].part,
      case .sequence(let parts) = alternatives[0],
      case .choice(let singulars) = parts[0]
    else { throw GrammarError(text: "UNIT has another form than the test knows") }
    #expect(alternatives.count - 1 + singulars.count == Unit.allCases.count)
  }
}
