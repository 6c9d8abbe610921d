extension CSPCatalog {
  /// What a path names.
  package enum Resolution: Hashable, Sendable {
    /// A node of the catalogue.
    case found(CSPNode)
    /// No node. `deepestKnown` is the longest beginning of the path that exists, in the catalogue's normal form, or
    /// empty; `suggestions` are paths that may have been meant, likeliest first, three at most.
    case unknown(deepestKnown: String, suggestions: [String])
  }

  /// Finds the node that a path names.
  ///
  /// The path begins with `./`; `./Vendor` is `./Device/Vendor`. Where the catalogue has a dynamic name, any name stands
  /// for it, a placeholder in braces too, unless a node of just that name is there as well. Names are compared as
  /// they are written: one that differs in case is unknown, and suggested.
  ///
  /// - Parameter suggesting: Whether to look for what may have been meant, which takes far longer than the rest.
  package func resolve(_ locURI: String, suggesting: Bool = true) -> Resolution {
    guard let uri = LocURI(locURI) else {
      return .unknown(deepestKnown: "", suggestions: suggesting ? mended(locURI) : [])
    }
    if let place = place(of: Array(uri.text.utf8)), let node = node(at: place) { return .found(node) }
    let walk = walk(uri.segments)
    if walk.isComplete {
      if let place = place(of: walk.path), let node = node(at: place) { return .found(node) }
      return .unknown(deepestKnown: String(decoding: walk.path, as: UTF8.self), suggestions: [])
    }
    let known = walk.depth == 0 ? "" : String(decoding: walk.path, as: UTF8.self)
    return .unknown(deepestKnown: known, suggestions: suggesting ? suggestions(for: uri, after: walk) : [])
  }

  /// How far a path leads.
  struct Walk {
    /// The catalogue's spelling of what was found.
    var path: [UInt8]
    var depth: Int
    var isComplete: Bool
  }

  func walk(_ segments: some Collection<[UInt8]>) -> Walk {
    var path = [UInt8(ascii: ".")]
    var depth = 0
    for segment in segments {
      guard let next = child(segment, of: path) else {
        return Walk(path: path, depth: depth, isComplete: false)
      }
      path = next
      depth += 1
    }
    return Walk(path: path, depth: depth, isComplete: true)
  }

  func child(_ segment: [UInt8], of path: [UInt8]) -> [UInt8]? {
    let literal = path + [UInt8(ascii: "/")] + segment
    if place(of: literal) != nil || anyPlace(from: literal + [UInt8(ascii: "/")]) != nil { return literal }
    let dynamic = path + Array("/{".utf8)
    guard let place = anyPlace(from: dynamic) else { return nil }
    guard !isAreas(path) || isIngestedOrPlaceholder(segment) else { return nil }
    let rest = self.path(at: place).dropFirst(path.count + 1)
    return path + [UInt8(ascii: "/")] + rest.prefix { $0 != UInt8(ascii: "/") }
  }

  /// `…/Policy/Config`: its `{AreaName}` stands for areas of ingested ADMX files, which are named
  /// `App~Policy~Category`. Any other name there is an area that Windows does not have.
  private func isAreas(_ path: [UInt8]) -> Bool {
    path.reversed().starts(with: "/Policy/Config".utf8.reversed())
  }

  private func isIngestedOrPlaceholder(_ segment: [UInt8]) -> Bool {
    segment.contains(UInt8(ascii: "~")) || segment.first == UInt8(ascii: "{")
  }
}
