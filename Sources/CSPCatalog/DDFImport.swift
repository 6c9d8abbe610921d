import PolicyModel
import XMLInput

/// The facts of DDF v2 files, gathered file by file.
///
/// Only facts are kept: paths, verbs, formats, builds, values. Microsoft's prose (`Description`, `ValueDescription`) is
/// skipped while it is read.
public struct DDFImport: Sendable {
  /// Something in a file that contradicts itself or the format, but does not keep the file from being read.
  public struct Note: Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// Where it stands.
    public let position: XMLPosition
    /// One plain sentence without a place.
    public let message: String

    /// `FILE:LINE:COLUMN: MESSAGE`
    public var description: String { "\(file):\(position): \(message)" }
  }

  /// What a DDF file may ask of the reader.
  public static let limits = XMLLimits(bytes: 64 << 20, depth: 128, textBytes: 1 << 20, allowsDoctype: true)

  /// What was noticed so far, in the order of the files.
  public private(set) var notes: [Note] = []
  private var nodes: [String: CSPNode] = [:]
  private var places: [String: (file: String, position: XMLPosition)] = [:]

  /// An import of no file yet.
  public init() {}

  /// How many nodes were read so far.
  public var nodeCount: Int { nodes.count }

  /// Takes in one file. `name` is its file name; without `.xml` it becomes the origin of the nodes.
  ///
  /// A file that is no DDF or is cut off is an error, and then nothing of it is kept.
  public mutating func add(_ bytes: [UInt8], named name: String) throws(XMLError) {
    let origin = name.hasSuffix(".xml") ? String(name.dropLast(4)) : name
    var reader = DDFReader(origin: origin)
    try readXML(bytes, limits: Self.limits) { event throws(XMLError) in try reader.read(event) }
    for (message, position) in reader.notes {
      notes.append(Note(file: name, position: position, message: message))
    }
    for (node, position) in reader.nodes {
      if let first = places[node.locURI] {
        let message =
          "node \(node.locURI) is described in \(first.file) already; this description is left out"
        notes.append(Note(file: name, position: position, message: message))
        continue
      }
      nodes[node.locURI] = node
      places[node.locURI] = (name, position)
      for problem in DDFConsistency.problems(of: node) {
        notes.append(Note(file: name, position: position, message: "\(node.locURI): \(problem)"))
      }
    }
  }

  /// The catalogue in the compact form. The same files give the same bytes, in whatever order they were added.
  ///
  /// - Parameters:
  ///   - source: the name of the release, such as `2025-02`.
  ///   - date: the day the facts are of.
  public func catalog(source: String, date: CalendarDate) -> [UInt8] {
    CatalogWriter.write(Array(nodes.values), source: source, date: date)
  }

  /// Notes on dependencies that name no node, for when all files are in.
  public func unresolvedDependencies() -> [Note] {
    var notes: [Note] = []
    for node in nodes.values.sorted(by: { $0.locURI < $1.locURI }) {
      for dependency in node.dependencies.flatMap(\.dependencies) where nodes[dependency.locURI] == nil {
        guard let place = places[node.locURI] else { continue }
        let message = "\(node.locURI) depends on \(dependency.locURI), which no file describes"
        notes.append(Note(file: place.file, position: place.position, message: message))
      }
    }
    return notes
  }
}

/// What a node's description says against itself.
enum DDFConsistency {
  static func problems(of node: CSPNode) -> [String] {
    var problems: [String] = []
    if let value = node.defaultValue {
      switch node.allowedValues {
      case .enumeration(let values) where node.listDelimiter == nil && !values.contains(value):
        problems.append("default \(quoted(value)) is none of its values \(values.joined(separator: ", "))")
      case .ranges(let ranges):
        guard let number = Int64(value) else {
          problems.append("default \(quoted(value)) is no number, but its values are \(node.allowedValues)")
          break
        }
        if !ranges.contains(where: { $0.contains(number) }) {
          problems.append("default \(value) is outside of its range \(node.allowedValues)")
        }
      default: break
      }
      if node.format == .int, Int64(value) == nil {
        problems.append("default \(quoted(value)) of format int is no number")
      }
    }
    if node.format == .bool, case .enumeration(let values) = node.allowedValues,
      values.contains(where: { $0 != "true" && $0 != "false" })
    {
      problems.append("values \(values.joined(separator: ", ")) of format bool: expected true and false")
    }
    return problems
  }

  private static func quoted(_ text: String) -> String { "'\(text)'" }
}
