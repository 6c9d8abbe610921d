/// Why a compiled policy file is refused.
package enum CompiledPolicyError: Error, Hashable, Sendable {
  /// The bytes are not JSON.
  case notJSON(JSONError)
  /// The JSON is something else: not an object with an integer `schema`.
  case notCompiledPolicy
  /// The file follows a format that this reader does not know.
  case newerSchema(found: Int64, known: Int64)
  /// The content is not what the digest was taken of.
  case damaged(recorded: String, computed: String)
  /// A member is missing, unknown, or not what it should be. The path is in the manner of JSONPath: `$.policy.name`.
  case content(path: String, problem: String)
  /// The members are as they should be, but the policy cannot be evaluated.
  case unsound(PolicyDefect)
}

extension CompiledPolicyError: CustomStringConvertible {
  /// One sentence part that can follow the file's name and a colon.
  package var description: String {
    switch self {
    case .notJSON(let error): "not JSON at \(error)"
    case .notCompiledPolicy:
      "expected a compiled policy, an object with an integer member \"schema\", found other JSON"
    case .newerSchema(let found, let known):
      "was written by a newer policyc: it has schema \(found), this one reads schema \(known)"
    case .damaged(let recorded, let computed):
      "is damaged: its content has the SHA-256 \(computed), but it records \(recorded)"
    case .content(let path, let problem): "\(path): \(problem)"
    case .unsound(let defect): "holds a policy that cannot be evaluated: \(defect)"
    }
  }
}
