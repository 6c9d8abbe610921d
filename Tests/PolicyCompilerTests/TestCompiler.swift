import CSPCatalog
import Diagnostics
import PolicyCompiler

/// Compiling texts in tests.
enum TestCompiler {
  static func compile(
    _ path: String, settings: [ParameterSetting] = [], reading read: @escaping SourceReader
  ) -> Compilation? {
    Compiler(CompilerOptions(catalog: .embedded, facts: .embedded, settings: settings)).compile(
      path, reading: read)
  }

  static func compile(_ text: String, settings: [ParameterSetting] = []) -> Compilation? {
    compile("policy.attpolicy", settings: settings) { $0 == "policy.attpolicy" ? Array(text.utf8) : nil }
  }

  /// `NAME=VALUE` lines.
  static func settings(_ text: String) -> [ParameterSetting] {
    text.split(separator: "\n").compactMap { (line: Substring) in
      guard let equals = line.firstIndex(of: "=") else { return nil }
      return ParameterSetting(name: String(line[..<equals]), text: String(line[equals...].dropFirst()))
    }
  }

  /// What the compiler finds, and the policies' own tests when there is no error.
  static func allFindings(_ compilation: Compilation) -> [Diagnostic] {
    guard !compilation.hasErrors else { return compilation.diagnostics }
    return compilation.diagnostics
      + compilation.policies.flatMap { policy in
        let run = TestRunner { _ in nil }.run(policy)
        return run.results.flatMap(\.failures) + (policy.tests.isEmpty ? [] : run.findings)
      }
  }
}
