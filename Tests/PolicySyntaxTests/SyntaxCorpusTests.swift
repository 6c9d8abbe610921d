import Diagnostics
import PolicySyntax
import TestSupport
import Testing

@Suite("Golden cases of the parser")
struct SyntaxCorpusTests {
  @Test(
    "each case gives the recorded findings, the code that it is named after among them",
    arguments: GoldenCase.all(of: "syntax"))
  func recorded(_ golden: GoldenCase) throws {
    var sources = SourceMap()
    let source = SourceFile(name: "input.attpolicy", bytes: try #require(golden.bytes("input.attpolicy")))
    let id = sources.add(source)
    let diagnostics = Parser.parse(source, file: id).diagnostics
    #expect(diagnostics.contains { $0.code.text == golden.code }, "the case does not show \(golden.code)")
    let style = TerminalStyle(isColored: false, repertoire: .unicode, columns: 110)
    let difference = golden.difference(TerminalRenderer(sources, style: style).render(diagnostics))
    #expect(difference == nil, "\(difference ?? "")")
  }
}

@Suite("Pages of the parser's codes")
struct SyntaxPageTests {
  static let rules = DiagnosticCatalog.all.filter { $0.code.text.hasPrefix("AP10") }

  @Test(
    "the example brings its code about and nothing else, and the corrected one has no finding",
    arguments: rules)
  func examples(_ rule: DiagnosticRule) {
    #expect(parse(rule.example.utf8).diagnostics.map(\.code) == [rule.code])
    #expect(parse(rule.example.utf8).diagnostics.first?.severity == rule.severity)
    #expect(parse(rule.corrected.utf8).diagnostics.isEmpty)
  }

  @Test("every code has a golden case")
  func everyCodeHasACase() {
    let shown = Set(GoldenCase.all(of: "syntax").map(\.code))
    for rule in Self.rules { #expect(shown.contains(rule.code.text), "\(rule.code) has no golden case") }
    #expect(Self.rules.count == 16)
  }
}
