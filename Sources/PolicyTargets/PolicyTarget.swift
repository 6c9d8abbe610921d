import Diagnostics
import PolicyCompiler
import PolicyModel

/// A kind of output that `build` makes of a policy: a function from what was checked to bytes, without a clock, a path or a random number.
package protocol PolicyTarget: Sendable {
  /// The names of its files, known before there is anything in them, whether the policy has no errors or some.
  func names(for policy: CheckedPolicy) -> [String]

  /// Its files, by those names and in that order.
  func artifacts(for input: TargetInput) -> [BuildArtifact]
}

/// What targets make their files of.
package struct TargetInput {
  /// The policy.
  package let policy: CheckedPolicy
  /// What an MDM sends, in the order of the policy's payloads.
  package let payloads: [PolicyPayload]
  /// The catalogues that the policy was checked against.
  package let catalogs: CompiledPolicyFile.CatalogVersions
  /// The place of a span, relative to the policy folder.
  package let location: (Span) -> SourceLocation
}

/// `NAME.compiled.json`: what `check` and `report` judge devices by.
struct CompiledPolicyTarget: PolicyTarget {
  func names(for policy: CheckedPolicy) -> [String] { ["\(policy.compiled.name).compiled.json"] }

  func artifacts(for input: TargetInput) -> [BuildArtifact] {
    let bytes = CompiledPolicyFile.encode(input.policy.compiled, catalogs: input.catalogs)
    return names(for: input.policy).map { BuildArtifact(name: $0, bytes: bytes) }
  }
}
