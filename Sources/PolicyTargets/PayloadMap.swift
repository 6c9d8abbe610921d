import CSPCatalog
import Diagnostics
import PolicyCompiler
import PolicyModel

/// `NAME.map.json`: what a policy's payloads do not say themselves. From their CmdIDs back to source lines, so that a device's
/// 'status 400 for CmdID 7' can be shown where it comes from; which devices they are for; and what of them the
/// policy's author accepted, so that a validator need not ask again.
package struct PayloadMap: PolicyTarget {
  package func names(for policy: CheckedPolicy) -> [String] {
    policy.payloads.isEmpty ? [] : [Self.name(of: policy.compiled.name)]
  }

  package func artifacts(for input: TargetInput) -> [BuildArtifact] {
    guard !input.payloads.isEmpty else { return [] }
    let policy = input.policy.compiled.name
    return [Self.encode(policy: policy, payloads: input.payloads, location: input.location)]
  }

  private static func name(of policy: String) -> String { "\(policy).map.json" }

  /// The file for the payloads of a policy.
  package static func encode(
    policy: String, payloads: [PolicyPayload], location: (Span) -> SourceLocation
  ) -> BuildArtifact {
    let entries = payloads.map { payload in
      let commands = payload.origins.enumerated().map { index, origin in
        var members = [
          JSONMember("cmdID", .integer(Int64(index + 1))), JSONMember("verb", .string(origin.verb)),
        ]
        if let locURI = origin.locURI { members.append(JSONMember("locURI", .string(locURI))) }
        if !origin.facts.isEmpty {
          members.append(JSONMember("facts", .array(origin.facts.map { .string($0) })))
        }
        if let span = origin.span { members.append(JSONMember("source", .location(location(span)))) }
        return JSONValue.object(members)
      }
      let editions = payload.targets?.editions.map(\.name) ?? []
      let waivers = payload.waivers.map { accepted in
        JSONValue.object([
          JSONMember("cmdID", .integer(Int64(accepted.waiver.cmdID))),
          JSONMember("code", .string(accepted.waiver.code.text)),
          JSONMember("reason", .string(accepted.waiver.reason)),
          JSONMember("source", .location(location(accepted.span))),
        ])
      }
      return JSONValue.object([
        JSONMember("commands", .array(commands)),
        JSONMember("editions", .array(editions.map { .string($0) })),
        JSONMember("payload", .string(payload.artifact.name)),
        JSONMember("sha256", .string(Digest.sha256(payload.artifact.bytes))),
        JSONMember("targets", .array((payload.targets?.targets ?? []).map { .string($0.build) })),
        JSONMember("waivers", .array(waivers)),
      ])
    }
    let document = JSONValue.object([
      JSONMember("payloads", .array(entries)), JSONMember("policy", .string(policy)),
      JSONMember("schema", .integer(1)),
    ])
    return BuildArtifact(name: name(of: policy), bytes: document.document)
  }
}

extension TargetDevices.Target {
  /// The branch as a build, with the lowest revision where the devices have one: `10.0.22621.3000`.
  var build: String { "10.0.\(branch)" + (revision.map { ".\($0)" } ?? "") }
}

extension JSONValue {
  /// A place as `{"column":…,"file":…,"line":…}`.
  static func location(_ location: SourceLocation) -> JSONValue {
    .object([
      JSONMember("column", .integer(Int64(location.column))), JSONMember("file", .string(location.file)),
      JSONMember("line", .integer(Int64(location.line))),
    ])
  }
}
