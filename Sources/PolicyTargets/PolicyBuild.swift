import Diagnostics
import PolicyCompiler
import PolicyModel

/// Everything that a build writes for one policy.
package struct PolicyBuild: Sendable {
  /// The policy that was built.
  package let policy: CheckedPolicy
  /// What an MDM sends.
  package let payloads: [PolicyPayload]
  /// What the targets make, in their order.
  package let artifacts: [BuildArtifact]

  /// Makes the files of a policy. `location` gives places relative to the policy folder.
  package init(
    _ policy: CheckedPolicy, catalogs: CompiledPolicyFile.CatalogVersions, target: SyncMLTarget,
    location: @escaping (Span) -> SourceLocation
  ) throws(PolicyBuildError) {
    self.policy = policy
    payloads = try target.payloads(of: policy)
    let input = TargetInput(policy: policy, payloads: payloads, catalogs: catalogs, location: location)
    artifacts = Self.targets(target).flatMap { $0.artifacts(for: input) }
  }

  /// The names of the files that a build writes for a policy, known before there is anything in them.
  package static func names(of policy: CheckedPolicy) -> [String] {
    targets(SyncMLTarget()).flatMap { $0.names(for: policy) }
  }

  /// The targets, in the order in which a manifest names their files: the one list of them.
  private static func targets(_ syncML: SyncMLTarget) -> [any PolicyTarget] {
    [syncML, PayloadMap(), CompiledPolicyTarget()]
  }
}

/// Why the outputs of a checked policy could not be made.
package struct PolicyBuildError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name of the policy.
  package let policy: String
  /// Why the payload cannot be written.
  package let cause: String

  /// One sentence without a full stop.
  package var description: String { "the payload of '\(policy)' cannot be written: \(cause)" }
}
