import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import PolicyTargets

/// Whatever the text, the compiler ends with findings at places that there are. A policy without errors is written,
/// its compiled form reads back, and its test cases run.
func fuzzCompiler(_ bytes: [UInt8]) {
  let path = "fuzz.attpolicy"
  let options = CompilerOptions(catalog: .embedded, facts: .embedded)
  func compile(_ settings: [ParameterSetting]) -> Compilation? {
    var options = options
    options.settings = settings
    // A file that imports itself, by any name, is the shortest cycle.
    return Compiler(options).compile(path) { $0.hasSuffix(".attpolicy") ? bytes : nil }
  }
  guard let compilation = compile([]) else { return }
  checkPlaces(of: compilation.diagnostics, in: compilation.sources)
  guard !compilation.hasErrors else { return }
  let catalogs = CompiledPolicyFile.CatalogVersions(csp: "1", facts: "1")
  for policy in compilation.policies {
    let build = try? PolicyBuild(policy, catalogs: catalogs, target: SyncMLTarget()) { _ in
      SourceLocation(file: path, line: 1, column: 1)
    }
    for artifact in build?.artifacts ?? [] {
      // A value may have tabs.
      let bytes = artifact.bytes.map { $0 == 0x09 ? 0x20 : $0 }
      requirePrintable(String(decoding: bytes, as: UTF8.self), artifact.name)
    }
    for artifact in build?.artifacts ?? [] where artifact.name.hasSuffix(".compiled.json") {
      guard let file = try? CompiledPolicyFile.decode(artifact.bytes) else {
        fatalError("the compiled policy cannot be read: \(String(decoding: artifact.bytes, as: UTF8.self))")
      }
      require(file.policy == policy.compiled, "the compiled policy reads back as another one")
    }
    let run = TestRunner { compile($0)?.policies.first }.run(policy)
    require(run.results.count == policy.tests.count, "not every test case ran")
  }
}
