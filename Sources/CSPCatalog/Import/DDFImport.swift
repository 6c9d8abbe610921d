import PolicyModel
import XMLInput

/// The facts of DDF files, gathered file by file.
///
/// Files of DDF v2 and of DDF v1 are told apart by what they hold. Only facts are kept: paths, verbs, formats, builds,
/// values. Microsoft's prose is left out: `Description` is skipped, and of `ValueDescription` only is kept which values
/// switch a feature off.
package struct DDFImport: Sendable {
  /// What a DDF file may ask of the reader.
  package static let limits = XMLLimits(bytes: 64 << 20, depth: 128, textBytes: 1 << 20, allowsDoctype: true)

  /// What was noticed so far in the files of the newest release and of older ones, by file and place.
  package var notes: [Note] {
    found.sorted { left, right in
      if left.file != right.file { return left.file < right.file }
      return left.position < right.position
    }
  }

  private var found: [Note] = []
  private var current = DDFRelease(name: nil)
  private var older: [String: DDFRelease] = [:]

  /// An import of no file yet.
  package init() {}

  /// Takes in one file. `name` is its file name; without `.xml` it becomes the origin of the nodes.
  ///
  /// A file that is no DDF or is cut off is an error, and then nothing of it is kept.
  ///
  /// - Parameter release: The name of the older release that the file is of, such as `2022-12`; nil for the release that
  ///   the catalogue is of.
  package mutating func add(
    _ bytes: [UInt8], named name: String, ofOlderRelease release: String? = nil
  ) throws(XMLError) {
    let origin = name.hasSuffix(".xml") ? String(name.dropLast(4)) : name
    var reader = DDFReader(origin: origin)
    try readXML(bytes, limits: Self.limits) { event throws(XMLError) in try reader.read(event) }
    // Of an older release of DDF v2 only the paths count, so what its files contradict themselves in does not matter.
    let isJudged = release == nil || reader.source == .ddf1
    for remark in reader.remarks where isJudged {
      found.append(
        Note(
          kind: remark.kind, file: name, position: remark.position, node: remark.node, message: remark.message
        ))
    }
    var target = release.map { older[$0] ?? DDFRelease(name: $0) } ?? current
    for (node, position) in reader.nodes {
      var node = node
      node.source = reader.source
      if let (left, kept) = target.add(.init(node: node, file: name, position: position)), isJudged {
        let message = "the node is described in \(kept) already; this description is left out"
        found.append(
          Note(
            kind: .describedTwice, file: left.file, position: left.position, node: node.locURI,
            message: message))
      }
      for problem in DDFConsistency.problems(of: node) where isJudged {
        found.append(
          Note(
            kind: problem.kind, file: name, position: position, node: node.locURI, message: problem.message))
      }
    }
    if let release { older[release] = target } else { current = target }
  }

  /// What the catalogue has.
  package struct Summary: Hashable, Sendable {
    /// Nodes with the facts of DDF v2 files.
    package var version2: Int
    /// Nodes with the facts of DDF v1 files.
    package var version1: Int
    /// Entries of what is gone.
    package var retired: Int
  }

  /// The counts of the catalogue that the files so far make.
  package var summary: Summary {
    let merge = merge
    let version1 = merge.nodes.values.count { $0.source == .ddf1 }
    return Summary(
      version2: merge.nodes.count - version1, version1: version1, retired: merge.retired.count)
  }

  /// How many nodes the catalogue has.
  package var nodeCount: Int { merge.nodes.count }

  private var merge: DDFMerge { DDFMerge(current: current, older: Array(older.values)) }

  /// The catalogue in the compact form. The same files give the same bytes, in whatever order they were added.
  ///
  /// - Parameters:
  ///   - source: the name of the release, such as `2025-02`.
  ///   - date: the day the facts are of.
  package func catalog(source: String, date: CalendarDate) -> [UInt8] {
    let merge = merge
    let releases = merge.oldest.map { $0 ?? source }.sorted()
    return CatalogWriter.write(
      Array(merge.nodes.values), retired: merge.retiredNodes, source: source,
      version1: releases.isEmpty ? nil : releases.joined(separator: " + "), date: date)
  }

  /// Notes on dependencies that name no node, for when all files are in.
  package func unresolvedDependencies() -> [Note] {
    let paths = Dictionary(
      current.entries.keys.map { ($0.lowercased(), $0) }, uniquingKeysWith: { min($0, $1) })
    var notes: [Note] = []
    for entry in current.entries.values.sorted(by: { $0.node.locURI < $1.node.locURI }) {
      for dependency in entry.node.dependencies.flatMap(\.dependencies) {
        let path = dependency.locURI
        guard current.entries[path] == nil else { continue }
        let spelled = paths[path.lowercased()]
        let message =
          spelled.map { "the node depends on \(path), which is spelled \($0) where it is described" }
          ?? "the node depends on \(path), which no file describes"
        notes.append(
          Note(
            kind: spelled == nil ? .unknownDependency : .dependencyCase, file: entry.file,
            position: entry.position, node: entry.node.locURI, message: message))
      }
    }
    return notes
  }
}
