import Diagnostics
import PolicyModel

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
    return BuildArtifact(name: ManifestListing.name, bytes: document.document)
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
