import Diagnostics

/// Did you mean: what a path that names no node may have meant, over the whole tree.
extension CSPCatalog {
  private static let most = 3

  /// The likeliest first.
  func suggestions(for uri: LocURI, after walk: Walk) -> [String] {
    var found: [String] = []
    func add(_ candidate: String?) {
      guard let candidate, found.count < Self.most, !found.contains(candidate) else { return }
      found.append(candidate)
    }
    let failing = String(decoding: uri.segments[walk.depth], as: UTF8.self)
    var nearest: String?
    if let name = closest(to: failing, in: names(below: walk.path), limit: 3) {
      let nearer = walk.path + [UInt8(ascii: "/")] + Array(name.utf8)
      let rest = uri.segments[(walk.depth + 1)...]
      add(spelling(of: rest, below: nearer))
      nearest = String(decoding: nearer, as: UTF8.self)
    }
    reframed(uri).forEach { add($0) }
    if found.isEmpty, let last = uri.segments.last { namesakes(of: last, near: uri).forEach { add($0) } }
    if found.isEmpty { add(nearest) }
    return found
  }

  /// A text that is no path, with what it lacks: `./`, or with blanks and doubled slashes taken out.
  func mended(_ text: String) -> [String] {
    guard text.utf8.count <= 4096 else { return [] }
    var trimmed = String(text.filter { !$0.isWhitespace }.map { $0 == "\\" ? "/" : $0 })
    if trimmed.hasPrefix("./") { trimmed.removeFirst(2) }
    let segments = trimmed.split(separator: "/")
    guard let uri = LocURI("./" + segments.joined(separator: "/")) else { return [] }
    let walk = walk(uri.segments)
    guard walk.isComplete, place(of: walk.path) != nil else { return [] }
    return [String(decoding: walk.path, as: UTF8.self)]
  }

  /// The path with the first segments of another kind of path: the scope, `Vendor/MSFT` and `Policy/Config` are what is
  /// left out, doubled or mistaken most.
  private func reframed(_ uri: LocURI) -> [String] {
    let frame: Set<[UInt8]> = Set(
      ["device", "user", "vendor", "msft", "policy", "config", "result"].map { Array($0.utf8) })
    let core = uri.segments.drop { frame.contains($0.map(Self.lowercased)) }
    guard !core.isEmpty else { return [] }
    let isUser = uri.segments.first?.map(Self.lowercased) == Array("user".utf8)
    var found: [String] = []
    for scope in isUser ? ["./User", "./Device"] : ["./Device", "./User"] {
      for head in ["\(scope)/Vendor/MSFT", "\(scope)/Vendor/MSFT/Policy/Config"] {
        if let path = spelling(of: core, below: Array(head.utf8)) { found.append(path) }
      }
    }
    if let path = spelling(of: core, below: [UInt8(ascii: ".")]) { found.append(path) }
    return found
  }

  /// The path of a rest below a path, slips mended, or nil when it leads nowhere.
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

  /// The nodes elsewhere whose last name is the same, or nearly so, those of the path's scope before others; none when it
  /// is the name of many.
  private func namesakes(of name: [UInt8], near uri: LocURI) -> [String] {
    let folded = name.map(Self.lowercased)
    var found = places(named: folded)
    if found.isEmpty {
      let near = closest(
        to: String(decoding: folded, as: UTF8.self), in: hints.allNames(index: lastNames), limit: 2)
      if let near { found = places(named: Array(near.utf8)) }
    }
    let paths = found.map { String(decoding: path(at: $0), as: UTF8.self) }
    let scope = uri.segments.first.map { "./" + String(decoding: $0, as: UTF8.self) + "/" } ?? ""
    let ofScope = paths.filter { $0.hasPrefix(scope) }
    let likely = ofScope.isEmpty ? paths : ofScope
    return likely.count > 2 ? [] : likely
  }

  private func places(named name: [UInt8]) -> [CatalogPlace] { hints.places(named: name, index: lastNames) }

  private func lastNames() -> [[UInt8]: [CatalogPlace]] {
    var index: [[UInt8]: [CatalogPlace]] = [:]
    for place in places(from: Array("./".utf8)) {
      let last = path(at: place).reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
      index[last.map(Self.lowercased), default: []].append(place)
    }
    return index
  }

  private func names(below path: [UInt8]) -> some Sequence<String> { foldedNames(below: path).values }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
