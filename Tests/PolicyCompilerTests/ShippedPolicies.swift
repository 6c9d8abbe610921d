import CSPCatalog
import Diagnostics
import PolicyCompiler
import TestSupport
import Testing

/// The policies of the folder `Policies`, compiled in this process.
struct ShippedPolicies {
  static let names = [
    "secured-core-pc", "tpm-2.0-baseline", "windows-11-hardware", "windows-enrollment-attestation",
  ]

  /// The text of every file below `Policies`, by its path there.
  let files: [String: [UInt8]]

  init() throws { files = try PolicyFolder().files }

  /// Compiles a file, with some of its bytes, or those of a file that it imports, exchanged.
  func compile(
    _ path: String, replacing other: [String: [UInt8]] = [:], settings: [ParameterSetting] = []
  ) throws -> Compilation {
    let options = CompilerOptions(catalog: .embedded, facts: .embedded, settings: settings)
    let files = files.merging(other) { _, new in new }
    return try #require(Compiler(options).compile(path) { files[$0] })
  }

  /// The policy of a name, which has to compile without a finding.
  func policy(_ name: String, settings: [ParameterSetting] = []) throws -> CheckedPolicy {
    let compilation = try compile("\(name).attpolicy", settings: settings)
    try #require(compilation.diagnostics.isEmpty)
    return try #require(compilation.policies.first)
  }
}
