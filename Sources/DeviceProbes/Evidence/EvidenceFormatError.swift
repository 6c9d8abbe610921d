import PolicyModel

/// Why a file of ours about a device's evidence is refused.
package enum EvidenceFormatError: Error, Hashable, Sendable {
  /// The bytes are not JSON.
  case notJSON(JSONError)
  /// The JSON is something else than a file of the format that is named.
  case otherFormat(expected: String)
  /// The file follows a version of the format that this reader does not know.
  case otherVersion(found: Int64, known: Int64)
  /// A member is missing, unknown, or not what it should be. The path is in the manner of JSONPath: `$.credential`.
  case content(path: String, problem: String)
}

extension EvidenceFormatError: CustomStringConvertible {
  /// One part of a sentence that can follow the file's name and a colon.
  package var description: String {
    switch self {
    case .notJSON(let error): "not JSON at \(error)"
    case .otherFormat(let expected):
      "expected an object with \"format\": \"\(expected)\", found other JSON"
    case .otherVersion(let found, let known):
      "is of version \(found) of its format; this policyc reads version \(known)"
    case .content(let path, let problem): "\(path): \(problem)"
    }
  }
}
