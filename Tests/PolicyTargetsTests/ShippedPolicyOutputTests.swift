import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel
import PolicyTargets
import SyncML
import TestSupport
import Testing

/// Every output of the shipped policies as it was last recorded, in `Tests/Corpus/policies/NAME`.
@Suite("Outputs of the shipped policies")
struct ShippedPolicyOutputTests {
  static let cases = GoldenCase.all(of: "policies")
  private static let catalogs = CompiledPolicyFile.CatalogVersions(
    csp: CSPCatalog.embedded.version, facts: FactCatalog.embedded.version)

  private let files: [String: [UInt8]]

  init() throws { files = try PolicyFolder().files }

  @Test("there is a case for each policy that ships")
  func complete() {
    let policies = files.keys.filter { !$0.contains("/") }.map { $0.replacing(".attpolicy", with: "") }
    #expect(Self.cases.map(\.name) == policies.sorted())
  }

  @Test("a build writes what is recorded", arguments: cases)
  func recorded(_ golden: GoldenCase) throws {
    for artifact in try build(golden.name) {
      let name = artifact.name.replacing("\(golden.name).", with: "")
      let difference = golden.difference(String(decoding: artifact.bytes, as: UTF8.self), from: name)
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test("the validator finds nothing in the payloads", arguments: cases)
  func payloads(_ golden: GoldenCase) throws {
    let payloads = try build(golden.name).filter { $0.name.hasSuffix(".syncml.xml") }
    #expect(!payloads.isEmpty)
    for payload in payloads {
      for isStrict in [false, true] {
        let report = validatePayload(payload.bytes, PayloadOptions(catalog: .embedded, isStrict: isStrict))
        #expect(report.shape == .message)
        #expect(report.findings.map(\.message) == [], "\(payload.name)")
      }
    }
  }

  @Test("the compiled policy reads back as the one that was compiled", arguments: cases)
  func compiled(_ golden: GoldenCase) throws {
    let artifact = try #require(try build(golden.name).first { $0.name.hasSuffix(".compiled.json") })
    #expect(try CompiledPolicyFile.decode(artifact.bytes).policy == (try check(golden.name).policy.compiled))
  }

  @Test("the names of the outputs are known before the outputs are", arguments: cases)
  func names(_ golden: GoldenCase) throws {
    let written = try build(golden.name).map(\.name).filter { $0 != ManifestListing.name }
    #expect(PolicyBuild.names(of: try check(golden.name).policy) == written)
  }

  @Test("a manifest lists the files that the build writes, and they match", arguments: cases)
  func listing(_ golden: GoldenCase) throws {
    var artifacts = try build(golden.name)
    let manifest = artifacts.removeLast()
    let listing = try ManifestListing(manifest.bytes)
    #expect(listing.files.map(\.name) == artifacts.map(\.name).sorted())
    for artifact in artifacts {
      let file = try #require(listing.files.first { $0.name == artifact.name })
      #expect(file.matches(artifact.bytes) && !file.matches(artifact.bytes + [0]))
    }
  }

  private func check(_ name: String) throws -> (policy: CheckedPolicy, compilation: Compilation) {
    let compiler = Compiler(CompilerOptions(catalog: .embedded, facts: .embedded))
    let compilation = try #require(compiler.compile("\(name).attpolicy") { files[$0] })
    return (try #require(compilation.policies.first), compilation)
  }

  private func build(_ name: String) throws -> [BuildArtifact] {
    let (policy, compilation) = try check(name)
    let sources = compilation.sources.files
    let indices = sources.map { LineIndex($0.bytes) }
    func location(_ span: Span) -> PolicyTargets.SourceLocation {
      let position = indices[Int(span.file.index)].position(at: Int(span.start))
      return PolicyTargets.SourceLocation(
        file: sources[Int(span.file.index)].name, line: position.line, column: position.column)
    }
    let build = try PolicyBuild(
      policy, catalogs: Self.catalogs, target: SyncMLTarget(), location: location)
    return build.artifacts
      + [BuildManifest.encode([build], catalogs: Self.catalogs) { _, span in location(span) }]
  }
}
