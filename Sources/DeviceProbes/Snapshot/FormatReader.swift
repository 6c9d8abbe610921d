import Diagnostics
import PolicyModel
import TPMEvidence

/// Reads the members of an object in one of our files, with errors that name the place.
struct FormatReader {
  /// Where the object is, in the manner of JSONPath.
  let path: String
  private let object: JSONValue

  /// The document of a file: an object that names its format and version and has exactly these members beside them.
  init(
    _ bytes: [UInt8], format: String, version: Int64, limit: Int, required: [String], optional: [String] = []
  ) throws(EvidenceFormatError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: limit, depth: 16))
    } catch { throw .notJSON(error) }
    guard document["format"] == .string(format) else { throw .otherFormat(expected: format) }
    guard case .integer(let found) = document["version"] else {
      throw .content(path: "$.version", problem: "expected the integer \(version)")
    }
    guard found == version else { throw .otherVersion(found: found, known: version) }
    try self.init(document, at: "$", required: required + ["format", "version"], optional: optional)
  }

  /// An object that has the required members, and no others than the optional ones.
  init(
    _ value: JSONValue, at path: String, required: [String], optional: [String] = []
  ) throws(EvidenceFormatError) {
    guard case .object(let members) = value else {
      throw .content(path: path, problem: "expected an object, found \(value.kind)")
    }
    for member in members where !required.contains(member.name) && !optional.contains(member.name) {
      let known = (required + optional).sorted().joined(separator: ", ")
      throw .content(
        path: path,
        problem: "expected only the members \(known), found \(quoted(member.name))")
    }
    for name in required where value[name] == nil {
      throw .content(path: path, problem: "expected a member \(name), found none")
    }
    self.path = path
    object = value
  }

  /// A member of any kind, or nil.
  subscript(name: String) -> JSONValue? { object[name] }

  /// A text.
  func text(_ name: String) throws(EvidenceFormatError) -> String {
    guard case .string(let text) = object[name] else {
      throw .content(
        path: "\(path).\(name)", problem: "expected a string, found \(object[name]?.kind ?? "nothing")")
    }
    return text
  }

  /// Bytes in Base64, of a number in the range.
  func bytes(_ name: String, count: ClosedRange<Int>) throws(EvidenceFormatError) -> [UInt8] {
    guard let bytes = Base64.decode(try text(name).utf8) else {
      throw .content(path: "\(path).\(name)", problem: "expected Base64, found other text")
    }
    guard count.contains(bytes.count) else {
      throw .content(
        path: "\(path).\(name)",
        problem: "expected \(count.lowerBound) to \(count.upperBound) bytes, found \(bytes.count)")
    }
    return bytes
  }

  /// The name of a TPM's key in Base64: the number of a hash and a digest by it (TPM 2.0 Library, part 1, 16).
  func keyName(_ name: String) throws(EvidenceFormatError) -> [UInt8] {
    let bytes = try bytes(name, count: 22...66)
    guard TPMPublic.isName(bytes) else {
      throw .content(
        path: "\(path).\(name)", problem: "expected the name of a key: the number of a hash and a digest")
    }
    return bytes
  }
}
