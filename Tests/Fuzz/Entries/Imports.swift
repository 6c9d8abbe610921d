import CSPCatalog
import PolicyCompiler

/// Several files that import each other: the input cut at bytes 0; the files are `a.attpolicy`, `b.attpolicy` … and the first is compiled.
func fuzzImports(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0, maxSplits: 15, omittingEmptySubsequences: false).map { Array($0) }
  var files: [String: [UInt8]] = [:]
  for (index, part) in parts.enumerated() {
    files[String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index))) + ".attpolicy"] = part
  }
  func compile() -> Compilation? {
    Compiler(CompilerOptions(catalog: .embedded, facts: .embedded)).compile("a.attpolicy") { files[$0] }
  }
  guard let compilation = compile() else { return }
  checkPlaces(of: compilation.diagnostics, in: compilation.sources)
  showFindings(compilation.diagnostics, in: compilation.sources)
  require(compilation.sources.files.count <= files.count, "a file is read twice")
  require(compile()?.diagnostics == compilation.diagnostics, "the same files have other findings")
}
