import CSPCatalog

/// What the catalogue says about a path in a payload.
enum NodeLookup: Sendable {
  case node(CSPNode)
  /// The path is that of a node but for the case of its letters.
  case otherCase(CSPNode)
  /// The path is that of a node but for `./User` or `./Device`.
  case otherScope(CSPNode)
  /// A path that the catalogue cannot know: its CSP has no DDF v2, or is not Microsoft's.
  case uncatalogued(String)
  /// A placeholder hides which node is meant.
  case unjudged
  case unknown(deepestKnown: String, suggestions: [String])
}

/// Looks paths up, and remembers the last ones: payloads ask for the same few again and again, and an unknown path
/// is dear.
struct NodeLookups {
  private static let capacity = 4096
  private let catalog: CSPCatalog
  private var known: [String: NodeLookup] = [:]
  private var atomic: [String: Bool] = [:]

  init(catalog: CSPCatalog) { self.catalog = catalog }

  mutating func lookup(_ path: String) -> NodeLookup {
    if let known = known[path] { return known }
    let result = search(path)
    if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
    known[path] = result
    return result
  }

  /// Whether a node, or one above it, must be written in an Atomic.
  mutating func needsAtomic(_ node: CSPNode) -> Bool {
    if let known = atomic[node.locURI] { return known }
    var result = node.atomicRequired
    var path = node.locURI[...]
    while !result, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = path[..<slash]
      result = catalog.node(at: String(path))?.atomicRequired ?? false
    }
    atomic[node.locURI] = result
    return result
  }

  private func search(_ path: String) -> NodeLookup {
    switch catalog.resolve(path) {
    case .found(let node): return .node(node)
    case .unknown(let deepestKnown, let suggestions):
      if Placeholder.isIn(path) { return .unjudged }
      if let name = uncatalogued(path, deepestKnown) { return .uncatalogued(name) }
      if let swapped = Self.inOtherScope(path), case .found(let node) = catalog.resolve(swapped) {
        return .otherScope(node)
      }
      let folded = Self.normal(path).lowercased()
      for suggestion in suggestions where suggestion.lowercased() == folded {
        if case .found(let node) = catalog.resolve(suggestion) { return .otherCase(node) }
      }
      return .unknown(deepestKnown: deepestKnown, suggestions: suggestions)
    }
  }

  /// The name of the CSP or tree that the catalogue cannot know, or nil when it should know the path.
  private func uncatalogued(_ path: String, _ deepestKnown: String) -> String? {
    let segments = path.split(separator: "/").dropFirst().drop { $0 == "Device" || $0 == "User" }
    guard let first = segments.first else { return nil }
    guard first == "Vendor" else { return first == "cimv2" || first == "cimV2" ? String(first) : nil }
    let rest = segments.dropFirst()
    guard let vendor = rest.first else { return nil }
    guard vendor.lowercased() == "msft" else { return String(vendor) }
    guard let csp = rest.dropFirst().first, UncataloguedCSP.contains(csp) else { return nil }
    // A CSP of the list may have joined the catalogue.
    return deepestKnown.split(separator: "/").contains(csp) ? nil : String(csp)
  }

  /// `./Vendor/…` is `./Device/Vendor/…`.
  static func normal(_ path: String) -> String {
    path.hasPrefix("./Vendor/") ? "./Device" + path.dropFirst() : path
  }

  private static func inOtherScope(_ path: String) -> String? {
    let path = normal(path)
    if path.hasPrefix("./User/") { return "./Device/" + path.dropFirst(7) }
    if path.hasPrefix("./Device/") { return "./User/" + path.dropFirst(9) }
    return nil
  }
}
