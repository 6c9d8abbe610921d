/// `NAME.compiled.json`: a compiled policy as canonical JSON (RFC 8785) with a digest of its content.
///
/// `docs/compiled-policy.schema.json` describes the format. The same policy gives the same bytes everywhere.
package struct CompiledPolicyFile: Hashable, Sendable {
  /// The version of the format. It changes when a reader of the version before would misread a file.
  package static let schemaVersion: Int64 = 1
  /// The version of the language whose meaning the conditions have.
  package static let languageVersion = "1.0"

  /// The policy.
  package let policy: CompiledPolicy
  /// The catalogues that it was compiled with.
  package let catalogs: CatalogVersions
  /// The version of the language that it was written in.
  package let language: String
  /// SHA-256 of the content: of the canonical JSON without the member `sha256`, in lower-case hexadecimal.
  package let sha256: String

  /// Versions of the catalogues that a build used.
  package struct CatalogVersions: Hashable, Sendable {
    /// The release of the CSP catalogue, such as `2025-02`.
    package let csp: String
    /// The version of the fact catalogue.
    package let facts: String

    /// The versions of the CSP and the fact catalogue.
    package init(csp: String, facts: String) {
      self.csp = csp
      self.facts = facts
    }
  }

  /// Writes a policy without defects; see `CompiledPolicy.defect()`. The bytes end without a line feed.
  package static func encode(_ policy: CompiledPolicy, catalogs: CatalogVersions) -> [UInt8] {
    let members = [
      JSONMember(
        "catalogs",
        .object([JSONMember("csp", .string(catalogs.csp)), JSONMember("facts", .string(catalogs.facts))])),
      JSONMember("language", .string(languageVersion)),
      JSONMember("policy", CompiledPolicyEncoder(policy: policy).policyValue()),
      JSONMember("schema", .integer(schemaVersion)),
    ]
    let digest = sha256(of: members)
    return JSONValue.object(members + [JSONMember("sha256", .string(digest))]).document
  }

  /// Reads a file and checks all of it: its JSON, its schema version, its digest, every member, and that the policy
  /// can be evaluated. Blanks and the order of members do not matter.
  package static func decode(_ bytes: [UInt8]) throws(CompiledPolicyError) -> CompiledPolicyFile {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: 256 << 20, depth: depthLimit))
    } catch {
      throw .notJSON(error)
    }
    guard case .object(let members) = document, case .integer(let schema)? = document["schema"] else {
      throw .notCompiledPolicy
    }
    guard schema <= schemaVersion else { throw .newerSchema(found: schema, known: schemaVersion) }
    guard schema == schemaVersion else {
      throw .content(path: "$.schema", problem: "expected \(schemaVersion), found \(schema)")
    }
    let recorded = try CompiledPolicyDecoder.text(document, "sha256", at: "$")
    let computed = sha256(of: members.filter { $0.name != "sha256" })
    guard recorded == computed else { throw .damaged(recorded: recorded, computed: computed) }
    return try CompiledPolicyDecoder.file(document, sha256: computed)
  }

  /// A condition takes two levels for each of its own, and lies at most eight deep in the file.
  private static let depthLimit = 2 * Condition.maximumDepth + 16

  private static func sha256(of members: [JSONMember]) -> String {
    Digest.sha256(JSONValue.object(members).canonicalBytes())
  }
}
