extension CSPCatalog {
  /// Why a path of an earlier release is gone, or nil when the path is not known to have been there, or still is.
  ///
  /// The path may name an instance of a dynamic node. Where all of a node or a CSP is gone, the answer for a path
  /// below it is the outermost node's; but where it moved, that of the path itself as far as it is there.
  package func retired(_ locURI: String) -> RetiredNode? {
    guard let uri = LocURI(locURI), let node = retired(uri.segments) else { return nil }
    guard case .moved(let place) = node.reason, let outer = LocURI(node.path) else { return node }
    let rest = uri.segments.dropFirst(outer.segments.count)
    guard !rest.isEmpty, let inner = LocURI(place).map({ LocURI.text(of: $0.segments + rest) }) else {
      return node
    }
    guard let moved = self.node(at: inner) else { return node }
    let path = LocURI.text(of: outer.segments + rest)
    return RetiredNode(path: path, reason: .moved(to: moved.locURI))
  }

  private func retired(_ segments: some Collection<[UInt8]>) -> RetiredNode? {
    let slash = UInt8(ascii: "/")
    var path = [UInt8(ascii: ".")]
    var found: CatalogPlace?
    for segment in segments {
      let literal = path + [slash] + segment
      if leads(to: literal) {
        path = literal
      } else {
        let dynamic = path + Array("/{".utf8)
        let live = anyPlace(from: dynamic).map { self.path(at: $0)[...] }
        let gone = anyPlace(from: RetiredLine.key(dynamic)).map { RetiredLine.path(self.path(at: $0)) }
        guard let example = live ?? gone else { break }
        path += [slash] + example.dropFirst(path.count + 1).prefix { $0 != slash }
      }
      if place(of: path) != nil {
        found = nil
      } else {
        found = place(of: RetiredLine.key(path)) ?? found
      }
    }
    return found.flatMap { try? RetiredLine.decode(text(at: $0)) }
  }

  /// Whether a path is that of a node or leads to one, be it there or gone.
  private func leads(to path: [UInt8]) -> Bool {
    for key in [path, RetiredLine.key(path)] {
      if place(of: key) != nil || anyPlace(from: key + [UInt8(ascii: "/")]) != nil { return true }
    }
    return false
  }
}
