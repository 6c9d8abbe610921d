import Diagnostics
import PolicyCompiler
import PolicyModel

/// Everything that a build writes for one policy.
package struct PolicyBuild: Sendable {
  /// The policy that was built.
  package let policy: CheckedPolicy
  /// What an MDM sends.
  package let payloads: [PolicyPayload]
  /// The payloads, their map and the compiled policy.
  package let artifacts: [BuildArtifact]

  /// Makes the files of a policy. `location` gives places relative to the policy folder.
  package init(
    _ policy: CheckedPolicy, catalogs: CompiledPolicyFile.CatalogVersions, target: SyncMLTarget,
    location: (Span) -> SourceLocation
  ) throws(PolicyBuildError) {
    self.policy = policy
    do {
      payloads = try target.payloads(of: policy)
    } catch {
      throw PolicyBuildError(policy: policy.compiled.name, cause: error.description)
    }
    var artifacts = payloads.map(\.artifact)
    if !payloads.isEmpty {
      artifacts.append(
        PayloadMap.encode(policy: policy.compiled.name, payloads: payloads, location: location))
    }
    artifacts.append(
      BuildArtifact(
        name: "\(policy.compiled.name).compiled.json",
        bytes: CompiledPolicyFile.encode(policy.compiled, catalogs: catalogs)))
    self.artifacts = artifacts
  }
}

extension PolicyBuild {
  /// The names of the files that a build writes for a policy, known before there is anything in them.
  package static func names(of policy: CheckedPolicy) -> [String] {
    let payloads = SyncMLTarget.names(of: policy)
    return payloads + (payloads.isEmpty ? [] : ["\(policy.compiled.name).map.json"])
      + ["\(policy.compiled.name).compiled.json"]
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

/// `manifest.json`: what a build made, with digests, guards, params and accepted findings.
package enum BuildManifest {
  /// The manifest of some policies' builds.
  package static func encode(
    _ builds: [PolicyBuild], catalogs: CompiledPolicyFile.CatalogVersions,
    location: (PolicyBuild, Span) -> SourceLocation
  ) -> BuildArtifact {
    let policies = builds.sorted { $0.policy.compiled.name < $1.policy.compiled.name }.map { build in
      JSONValue.object([
        JSONMember("files", .array(build.artifacts.map { file($0, in: build) })),
        JSONMember("name", .string(build.policy.compiled.name)),
        JSONMember(
          "params",
          .array(
            build.policy.compiled.parameters.map { parameter in
              .object([
                JSONMember("name", .string(parameter.name)),
                JSONMember("value", .string(parameter.value.description)),
              ])
            })),
        JSONMember("version", .string(build.policy.compiled.version.description)),
        JSONMember(
          "waivers",
          .array(
            build.policy.waived.map { waived in
              .object([
                JSONMember("code", .string(waived.code.text)), JSONMember("finding", .string(waived.message)),
                JSONMember("reason", .string(waived.reason)),
                JSONMember("source", .location(location(build, waived.span))),
              ])
            })),
      ])
    }
    let document = JSONValue.object([
      JSONMember(
        "catalogs",
        .object([JSONMember("csp", .string(catalogs.csp)), JSONMember("facts", .string(catalogs.facts))])),
      JSONMember("language", .string(CompiledPolicyFile.languageVersion)),
      JSONMember("policies", .array(policies)), JSONMember("schema", .integer(1)),
    ])
    return BuildArtifact(name: ManifestListing.name, bytes: document.canonicalBytes())
  }

  private static func file(_ artifact: BuildArtifact, in build: PolicyBuild) -> JSONValue {
    var members = [
      JSONMember("bytes", .integer(Int64(artifact.bytes.count))), JSONMember("name", .string(artifact.name)),
      JSONMember("sha256", .string(Digest.sha256(artifact.bytes))),
    ]
    if let condition = build.payloads.first(where: { $0.artifact.name == artifact.name })?.guardSource {
      members.append(JSONMember("when", .string(condition)))
    }
    return .object(members)
  }
}
