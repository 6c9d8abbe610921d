/// What stands directly below a path of a catalogue.
package struct CatalogEntry: Hashable, Sendable {
  /// The path, in the catalogue's normal form.
  package let path: String
  /// Its node; nil where the catalogue only has nodes below it.
  package let node: CSPNode?
  /// How many nodes are below it.
  package let nodesBelow: Int
}

extension CSPCatalog {
  /// The catalogue's spelling of a path that is a node or leads to one, or nil. `.` is where all begin.
  package func spelling(of path: String) -> String? {
    if path == "." || path == "./" { return "." }
    guard let uri = LocURI(path.hasSuffix("/") ? String(path.dropLast()) : path) else { return nil }
    let walk = walk(uri.segments)
    return walk.isComplete ? String(decoding: walk.path, as: UTF8.self) : nil
  }

  /// What stands directly below a path in the catalogue's spelling, ascending.
  package func entries(below path: String) -> [CatalogEntry] {
    let prefix = Array(path.utf8) + [UInt8(ascii: "/")]
    var entries: [CatalogEntry] = []
    var name: [UInt8] = []
    var node: CSPNode?
    var below = 0
    func close() {
      guard !name.isEmpty else { return }
      entries.append(
        CatalogEntry(path: String(decoding: prefix + name, as: UTF8.self), node: node, nodesBelow: below))
    }
    for place in places(from: prefix) {
      let rest = self.path(at: place).dropFirst(prefix.count)
      let first = rest.prefix { $0 != UInt8(ascii: "/") }
      if !first.elementsEqual(name) {
        close()
        (name, node, below) = (Array(first), nil, 0)
      }
      if first.count == rest.count { node = self.node(at: place) } else { below += 1 }
    }
    close()
    return Self.merged(entries)
  }

  /// `A-B` sorts between `A` and `A/C`, so that the parts of a name may come apart.
  private static func merged(_ entries: [CatalogEntry]) -> [CatalogEntry] {
    var places: [String: Int] = [:]
    var merged: [CatalogEntry] = []
    for entry in entries {
      if let place = places[entry.path] {
        let held = merged[place]
        merged[place] = CatalogEntry(
          path: held.path, node: held.node ?? entry.node, nodesBelow: held.nodesBelow + entry.nodesBelow)
      } else {
        places[entry.path] = merged.count
        merged.append(entry)
      }
    }
    return merged
  }

  /// Every node at and below a path in the catalogue's spelling, ascending.
  package func nodes(below path: String) -> [CSPNode] {
    let own = place(of: Array(path.utf8)).flatMap { node(at: $0) }
    return [own].compactMap { $0 } + places(from: Array("\(path)/".utf8)).compactMap { node(at: $0) }
  }
}
