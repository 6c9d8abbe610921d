import Diagnostics
import FileAccess
import PolicyModel
import YAMLInput

/// `file:PATH`: a snapshot of a device's facts in YAML or JSON, read by the facts' declared types.
///
/// What a snapshot says is reported, never attested: a file carries no evidence of its own.
package struct FileProbe: DeviceProbe {
  /// The file, or `-` for standard input.
  package let path: String
  /// The largest snapshot that is read, in bytes.
  package static let byteLimit = 4 << 20

  package init(path: String) { self.path = path }

  /// `file:PATH`
  package var name: String { "file:\(path)" }

  /// It does.
  package var readsFile: Bool { true }

  /// Whatever the snapshot holds.
  package var coverage: ProbeCoverage { .everyFact(.reported) }

  /// Reads the snapshot.
  package func observe(_ facts: [FactDeclaration]) throws(ProbeError) -> [String: Observation] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try readFile(path, limit: Self.byteLimit)
    } catch {
      throw .file(error)
    }
    do throws(SnapshotError) {
      return try Self.observations(
        in: bytes, facts, source: name, isJSON: path.lowercased().hasSuffix(".json"))
    } catch {
      throw .content(path: path == "-" ? standardInputName : path, error)
    }
  }

  /// The observations in a snapshot's bytes.
  ///
  /// What begins with a brace is read as JSON, so that JSON means what JSON says of escapes and tabs, and else as YAML. Should the
  /// JSON be refused, YAML has a second try: `{os.build: 10.0.22631.1}` is a flow mapping of YAML, and of an error in a fact
  /// YAML knows the place.
  ///
  /// - Parameter isJSON: whether the file's name says that it is JSON, so that nothing else will do.
  package static func observations(
    in bytes: [UInt8], _ facts: [FactDeclaration], source: String, isJSON: Bool = false
  ) throws(SnapshotError) -> [String: Observation] {
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    guard isJSON || bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "{") else {
      return try yaml(bytes, facts, source: source)
    }
    let refusal: SnapshotError
    do throws(SnapshotError) {
      return try json(bytes, facts, source: source)
    } catch {
      refusal = error
    }
    do throws(SnapshotError) {
      let found = try yaml(bytes, facts, source: source)
      if !isJSON { return found }
    } catch {
      if error.message == refusal.message { throw error }
    }
    throw refusal
  }

  /// The observations in JSON alone, as a program prints them.
  static func json(
    _ bytes: [UInt8], _ facts: [FactDeclaration], source: String
  ) throws(SnapshotError) -> [String: Observation] {
    let root: JSONValue
    do throws(JSONError) {
      root = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: byteLimit, depth: 64))
    } catch {
      throw SnapshotError(error)
    }
    var reader = SnapshotReader(facts, source: source)
    try reader.read(SnapshotNode(root), at: .start)
    return reader.observations
  }

  private static func yaml(
    _ bytes: [UInt8], _ facts: [FactDeclaration], source: String
  ) throws(SnapshotError) -> [String: Observation] {
    let root: YAMLNode
    do throws(YAMLError) {
      root = try YAMLNode(yaml: bytes, limits: YAMLLimits(bytes: byteLimit, nodes: 100_000))
    } catch {
      throw SnapshotError(error)
    }
    var reader = SnapshotReader(facts, source: source)
    try reader.read(SnapshotNode(root), at: root.span.start)
    return reader.observations
  }
}
