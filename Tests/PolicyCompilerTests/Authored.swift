import CSPCatalog
import Diagnostics
import PolicyCompiler
import Testing

/// Policies as an author types them, compiled on the embedded catalogues.
enum Authored {
  static func compile(_ source: String) throws -> Compilation {
    let options = CompilerOptions(catalog: .embedded, facts: .embedded)
    let file = "p.attpolicy"
    return try #require(Compiler(options).compile(file) { $0 == file ? Array(source.utf8) : nil })
  }

  static func codes(of source: String) throws -> [String] { try compile(source).diagnostics.map(\.code.text) }
}
