/// Writes nodes in the catalogue's compact form; the same nodes give the same bytes in whatever order they come.
enum CatalogWriter {
  static func write(_ nodes: [CSPNode], source: String, date: CalendarDate) -> [UInt8] {
    var header = CatalogHeader(source: source, date: date, nodeCount: nodes.count)
    for node in nodes where !node.editions.isEmpty {
      header.editionSets[name(of: node.editions)] = node.editions
    }
    var result = Array(header.text.utf8)
    let lines = nodes.map { (path: Array($0.locURI.utf8), node: $0) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    for line in lines {
      result += Array(CatalogLine.encode(line.node) { name(of: $0) }.utf8)
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
