/// The lines before the nodes: the form's version, where the facts come from, and the sets of editions.
struct CatalogHeader: Sendable {
  static let form = "policyc-csp-catalog 1"
  static let attribution = "facts of Microsoft's DDF files, (c) Microsoft, CC BY 4.0"

  var source: String
  /// The release of the DDF v1 files that some nodes are from.
  var version1: String?
  var date: CalendarDate
  var nodeCount: Int
  /// How many entries of what is gone follow the nodes.
  var retiredCount = 0
  var editionSets: [String: [UInt16]] = [:]

  /// The header as text, the empty line behind it included.
  var text: String {
    var lines = [
      Self.form, "from \(Self.attribution)", "source \(source)", "date \(date)", "nodes \(nodeCount)",
    ]
    if let version1 { lines.append("ddf1 \(version1)") }
    if retiredCount > 0 { lines.append("gone \(retiredCount)") }
    for (name, ids) in editionSets.sorted(by: { $0.key < $1.key }) {
      let list = ids.map { String($0, radix: 16, uppercase: true) }.joined(separator: " ")
      lines.append("editions \(name) \(list)")
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  init(source: String, date: CalendarDate, nodeCount: Int) {
    self.source = source
    self.date = date
    self.nodeCount = nodeCount
  }

  /// Reads the header; `end` is the offset of the first node.
  init(_ storage: CatalogStorage, end: inout Int) throws(CatalogError) {
    var start = 0
    var number = 0
    var values: [String: String] = [:]
    var sets: [String: [UInt16]] = [:]
    while true {
      number += 1
      guard start < storage.bytes.count else {
        throw CatalogError(line: number, "the header does not end: expected an empty line before the nodes")
      }
      let line = String(decoding: storage.line(at: start), as: UTF8.self)
      start = storage.next(after: start)
      if number == 1 {
        guard line == Self.form else {
          throw CatalogError(line: 1, "not a CSP catalogue of this version: expected '\(Self.form)'")
        }
        continue
      }
      if line.isEmpty { break }
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { throw CatalogError(line: number, "expected a word and its value") }
      switch words[0] {
      case "from": break
      case "source", "ddf1", "date", "nodes", "gone": values[words[0]] = words[1]
      case "editions":
        let parts = words[1].split(separator: " ")
        let ids = parts.dropFirst().compactMap { UInt16($0, radix: 16) }
        guard ids.count == parts.count - 1, let name = parts.first else {
          throw CatalogError(line: number, "editions: expected a name and hexadecimal edition ids")
        }
        sets[String(name)] = ids
      default:
        throw CatalogError(
          line: number,
          "'\(words[0])': expected 'source', 'ddf1', 'date', 'nodes', 'gone' or 'editions' in the header")
      }
    }
    guard let source = values["source"] else {
      throw CatalogError(line: number, "the header names no source")
    }
    guard let date = values["date"].flatMap({ CalendarDate($0) }) else {
      throw CatalogError(line: number, "the header has no date: expected one such as 2025-02-01")
    }
    guard let count = values["nodes"].flatMap({ Int($0) }), count >= 0 else {
      throw CatalogError(line: number, "the header does not count the nodes")
    }
    guard let retired = Int(values["gone"] ?? "0"), retired >= 0 else {
      throw CatalogError(line: number, "the header does not count what is gone: expected a number")
    }
    self.init(source: source, date: date, nodeCount: count)
    retiredCount = retired
    version1 = values["ddf1"]
    editionSets = sets
    end = start
  }
}

/// Why bytes are no catalogue.
package struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  /// One plain sentence without a place.
  package let message: String

  init(line: Int, _ message: String) {
    self.line = line
    self.message = message
  }

  /// `LINE: MESSAGE`
  package var description: String { "\(line): \(message)" }
}
