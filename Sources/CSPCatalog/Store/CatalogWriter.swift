/// Writes nodes in the catalogue's compact form; the same nodes give the same bytes in whatever order they come.
enum CatalogWriter {
  static func write(
    _ nodes: [CSPNode], retired: [RetiredNode] = [], source: String, version1: String? = nil,
    date: CalendarDate
  ) -> [UInt8] {
    var header = CatalogHeader(source: source, date: date, nodeCount: nodes.count)
    header.version1 = version1
    header.retiredCount = retired.count
    for node in nodes where !node.editions.isEmpty {
      header.editionSets[name(of: node.editions)] = node.editions
    }
    var result = Array(header.text.utf8)
    let lines =
      nodes.map { node in CatalogLine.encode(node) { name(of: $0) } } + retired.map { RetiredLine.encode($0) }
    // By the path alone, as it is searched: a line's tab is below every byte of a path.
    for line in lines.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      result += line
      result.append(UInt8(ascii: "\n"))
    }
    return result
  }

  /// A set of editions is named by a hash of its ids (FNV-1a), so that a change of one set renames no other.
  private static func name(of editions: [UInt16]) -> String {
    var hash: UInt32 = 2_166_136_261
    for id in editions {
      for byte in [UInt8(truncatingIfNeeded: id), UInt8(truncatingIfNeeded: id >> 8)] {
        hash = (hash ^ UInt32(byte)) &* 16_777_619
      }
    }
    return String(hash, radix: 36)
  }
}
