extension CSPCatalog {
  /// Why a path of an earlier release is gone, or nil when the path is not known to have been there, or still is.
  ///
  /// The path may name an instance of a dynamic node. Where all of a node or a CSP is gone, the answer for a path
  /// below it is the outermost node's. A CSP that only phones had is gone in both scopes.
  public func retired(_ locURI: String) -> RetiredNode? {
    guard let uri = LocURI(locURI) else { return nil }
    if let node = retired(uri.segments) { return node }
    guard let scope = uri.segments.first else { return nil }
    let other = [Array("User".utf8): "Device", Array("Device".utf8): "User"][scope]
    guard let other, uri.segments.count >= 4 else { return nil }
    let csp = [Array(other.utf8)] + uri.segments[1..<4]
    guard let node = retired(csp), node.reason == .phoneOnly else { return nil }
    return node
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
