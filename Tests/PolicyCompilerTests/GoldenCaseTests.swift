import CSPCatalog
import Diagnostics
import PolicyCompiler
import TestSupport
import Testing

@Suite("Golden cases of the checker")
struct GoldenCaseTests {
  static let families = ["names", "builds", "tpm", "csp", "tests"]
  static let cases = families.flatMap { GoldenCase.all(of: $0) }

  @Test(
    "each case gives the recorded findings, and the code that it is named after among them", arguments: cases)
  func recorded(_ golden: GoldenCase) throws {
    let settings = golden.bytes("settings.txt").map { String(decoding: $0, as: UTF8.self) } ?? ""
    let compiled = try #require(
      TestCompiler.compile("input.attpolicy", settings: TestCompiler.settings(settings)) { golden.bytes($0) })
    var diagnostics = compiled.diagnostics
    if !compiled.hasErrors {
      for policy in compiled.policies {
        let run = TestRunner { _ in nil }.run(policy)
        diagnostics += run.results.flatMap(\.failures)
        if !policy.tests.isEmpty { diagnostics += run.findings }
      }
    }
    let style = TerminalStyle(isColored: false, repertoire: .unicode, columns: 110)
    let rendered = TerminalRenderer(compiled.sources, style: style).render(diagnostics)
    #expect(diagnostics.contains { $0.code.text == golden.code }, "the case does not show \(golden.code)")
    let difference = golden.difference(rendered)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("every code of the checker has a case")
  func everyCodeHasACase() {
    let shown = Set(Self.cases.map(\.code))
    let codes = DiagnosticCatalog.all.map(\.code.text).filter { $0 >= "AP20" && $0 < "AP90" }
    for code in codes { #expect(shown.contains(code), "\(code) has no golden case") }
  }
}

@Suite("Pages of the checker's codes")
struct CheckerPageTests {
  /// Pages whose example is a command line, several files or shortened, which a case of the corpus shows instead.
  static let notSingleFiles: Set<String> = ["AP2011", "AP2017", "AP2018", "AP2019", "AP2020", "AP2029"]
  static let rules = DiagnosticCatalog.all.filter {
    $0.code.text >= "AP20" && $0.code.text < "AP90" && !notSingleFiles.contains($0.code.text)
  }

  @Test("the example brings the code about, and the corrected one is free of it", arguments: rules)
  func examples(_ rule: DiagnosticRule) throws {
    let wrong = try #require(TestCompiler.compile(rule.example))
    #expect(
      TestCompiler.allFindings(wrong).contains { $0.code == rule.code },
      "the example does not give \(rule.code)")
    let right = try #require(TestCompiler.compile(rule.corrected))
    let left = TestCompiler.allFindings(right).filter { $0.code == rule.code || $0.severity == .error }
    #expect(left.isEmpty, "\(left.map { "\($0.code): \($0.message)" })")
  }
}
