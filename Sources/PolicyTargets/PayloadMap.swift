import Diagnostics
import PolicyModel

/// `NAME.map.json`: from the CmdIDs of a policy's payloads back to source lines, so that a device's 'status 400 for
/// CmdID 7' can be shown where it comes from.
public enum PayloadMap {
  /// The file for the payloads of a policy.
  public static func encode(
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
      return JSONValue.object([
        JSONMember("commands", .array(commands)), JSONMember("payload", .string(payload.artifact.name)),
      ])
    }
    let document = JSONValue.object([
      JSONMember("payloads", .array(entries)), JSONMember("policy", .string(policy)),
      JSONMember("schema", .integer(1)),
    ])
    return BuildArtifact(name: "\(policy).map.json", bytes: document.canonicalBytes())
  }
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
