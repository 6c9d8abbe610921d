import PolicyCompiler
import TestSupport
import Testing

@Suite("Examples of the language reference")
struct ReferenceExampleTests {
  static let fences = (try? CodeFence.all(in: "Grammar/REFERENCE.md")) ?? []

  @Test("every example compiles without a warning, and its tests pass", arguments: fences)
  func compiles(_ fence: CodeFence) throws {
    let path = fence.name.isEmpty ? "example.attpolicy" : fence.name
    let compilation = try #require(Self.compile(fence, as: path))
    let findings = compilation.diagnostics.filter { $0.severity > .note }
    #expect(findings.map { "\($0.code): \($0.message)" } == [])
    guard !compilation.hasErrors else { return }
    for policy in compilation.policies {
      let runner = TestRunner { settings in
        Self.compile(fence, as: path, settings)?.policies.first { $0.compiled.name == policy.compiled.name }
      }
      for result in runner.run(policy).results {
        #expect(result.hasPassed, "\(result.test.name): \(result.failures.flatMap(\.help))")
      }
    }
  }

  /// Compiles an example; it may import the examples that have names.
  private static func compile(
    _ fence: CodeFence, as path: String, _ settings: [ParameterSetting] = []
  ) -> Compilation? {
    TestCompiler.compile(path, settings: settings) { name in
      let text = name == path ? fence.text : fences.first { $0.name == name }?.text
      return text.map { Array($0.utf8) }
    }
  }
}
