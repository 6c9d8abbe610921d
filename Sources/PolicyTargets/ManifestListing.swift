import PolicyModel

/// The files that a `manifest.json` names, read from a folder of outputs. It may come from a stranger, so nothing of it
/// is taken that no build writes.
package struct ManifestListing: Hashable, Sendable {
  /// The name of a manifest.
  package static let name = "manifest.json"
  /// The endings of the other files that a build writes.
  package static let suffixes = [".syncml.xml", ".map.json", ".compiled.json"]
  /// The largest manifest that is read, in bytes.
  package static let byteLimit = 64 << 20
  /// The largest file that one may name, in bytes.
  static let fileLimit: Int64 = 1 << 30

  /// One file.
  package struct File: Hashable, Sendable {
    /// One plain name.
    package let name: String
    /// Its length.
    package let bytes: Int
    /// SHA-256 of its content, in lower-case hexadecimal.
    package let sha256: String

    /// Whether these are the file's bytes.
    package func matches(_ content: [UInt8]) -> Bool {
      content.count == bytes && Digest.sha256(content) == sha256
    }
  }

  /// Ascending by name.
  package let files: [File]

  /// Reads a manifest.
  ///
  /// - Throws: ``ManifestError`` when it is not one that a build of this version writes.
  package init(_ manifest: [UInt8]) throws(ManifestError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: manifest, limits: JSONLimits(bytes: Self.byteLimit, depth: 16))
    } catch {
      throw ManifestError(problem: error.description)
    }
    guard case .object = document, document["schema"] == .integer(1),
      case .array(let policies)? = document["policies"]
    else {
      throw ManifestError(problem: "expected the members schema, which is 1, and policies")
    }
    var files: [File] = []
    for policy in policies {
      guard case .array(let listed)? = policy["files"] else {
        throw ManifestError(problem: "a policy without the member files")
      }
      for entry in listed { files.append(try Self.file(entry)) }
    }
    files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (file, next) in zip(files, files.dropFirst()) where file.name == next.name {
      throw ManifestError(problem: "the file '\(file.name)' is listed twice")
    }
    self.files = files
  }

  /// Whether a name in a folder of outputs is one that a build may have given.
  package static func isOutput(_ name: String) -> Bool { suffixes.contains { name.hasSuffix($0) } }

  private static func file(_ entry: JSONValue) throws(ManifestError) -> File {
    guard case .string(let name)? = entry["name"], case .integer(let bytes)? = entry["bytes"],
      case .string(let sha256)? = entry["sha256"], 0...fileLimit ~= bytes, sha256.utf8.count == 64,
      sha256.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 })
    else {
      throw ManifestError(problem: "a file without a name, its number of bytes or its SHA-256")
    }
    guard isOutput(name), name.utf8.count <= 255, name.utf8.first != UInt8(ascii: "."),
      name.utf8.allSatisfy({ byte in
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
          || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
      })
    else {
      throw ManifestError(problem: "a file with a name that no build gives")
    }
    return File(name: name, bytes: Int(bytes), sha256: sha256)
  }
}

/// Why a manifest cannot be used.
package struct ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
  let problem: String

  /// One sentence without a full stop, the name of the file before it.
  package var description: String { "this is not a manifest of policyc: \(problem)" }
}
