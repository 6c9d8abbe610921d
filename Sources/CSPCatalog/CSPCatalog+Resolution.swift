import Diagnostics

extension CSPCatalog {
  /// What a path names.
  public enum Resolution: Hashable, Sendable {
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
  public func resolve(_ locURI: String, suggesting: Bool = true) -> Resolution {
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

  private func child(_ segment: [UInt8], of path: [UInt8]) -> [UInt8]? {
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

  // MARK: Did you mean

  private func suggestions(for uri: LocURI, after walk: Walk) -> [String] {
    var found: [String] = []
    func add(_ candidate: String?) {
      guard let candidate, found.count < 3, !found.contains(candidate) else { return }
      found.append(candidate)
    }
    let failing = String(decoding: uri.segments[walk.depth], as: UTF8.self)
    if let name = closest(to: failing, in: names(below: walk.path), limit: 3) {
      let nearer = walk.path + [UInt8(ascii: "/")] + Array(name.utf8)
      let rest = uri.segments[(walk.depth + 1)...]
      add(spelling(of: rest, below: nearer) ?? String(decoding: nearer, as: UTF8.self))
    }
    for prefix in [
      ["Device"], ["User"], ["Device", "Vendor", "MSFT"], ["Device", "Vendor", "MSFT", "Policy", "Config"],
    ] {
      let head = prefix.map { Array($0.utf8) }
      let tail = uri.segments.drop { ["Device", "User"].map { Array($0.utf8) }.contains($0) }
      let other = self.walk(head + tail)
      if other.isComplete, place(of: other.path) != nil { add(String(decoding: other.path, as: UTF8.self)) }
    }
    if let last = uri.segments.last { namesakes(of: last).forEach { add($0) } }
    return found
  }

  /// The path of a rest below a path, the letters' case mended, or nil when it leads nowhere.
  private func spelling(of rest: some Collection<[UInt8]>, below path: [UInt8]) -> String? {
    var path = path
    for segment in rest {
      if let next = child(segment, of: path) {
        path = next
        continue
      }
      let name = String(decoding: segment, as: UTF8.self)
      guard let near = closest(to: name, in: names(below: path), limit: 3) else { return nil }
      path += [UInt8(ascii: "/")] + Array(near.utf8)
    }
    return place(of: path) == nil ? nil : String(decoding: path, as: UTF8.self)
  }

  private func names(below path: [UInt8]) -> Set<String> {
    hints.names(below: path) {
      var names: Set<String> = []
      let prefix = path + [UInt8(ascii: "/")]
      for place in places(from: prefix) {
        let name = self.path(at: place).dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "/") }
        if name.first != UInt8(ascii: "{") { names.insert(String(decoding: name, as: UTF8.self)) }
      }
      return names
    }
  }

  /// The nodes elsewhere whose last name is the same, two at most; none when it is the name of many.
  private func namesakes(of name: [UInt8]) -> [String] {
    let found = hints.places(named: name.map(lowercased)) {
      var index: [[UInt8]: [CatalogPlace]] = [:]
      for place in places(from: Array("./".utf8)) {
        let last = path(at: place).reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
        index[last.map(lowercased), default: []].append(place)
      }
      return index
    }
    return found.count > 2 ? [] : found.map { String(decoding: path(at: $0), as: UTF8.self) }
  }

  /// A text that is no path, with what it lacks: `./`, or with blanks and doubled slashes taken out.
  private func mended(_ text: String) -> [String] {
    guard text.utf8.count <= 4096 else { return [] }
    var trimmed = text.filter { !$0.isWhitespace }
    if trimmed.hasPrefix("./") { trimmed.removeFirst(2) }
    let segments = trimmed.split(whereSeparator: { $0 == "/" || $0 == "\\" })
    guard let uri = LocURI("./" + segments.joined(separator: "/")) else { return [] }
    let walk = walk(uri.segments)
    guard walk.isComplete, place(of: walk.path) != nil else { return [] }
    return [String(decoding: walk.path, as: UTF8.self)]
  }

  private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
