import CSPCatalog

/// What the catalogue says about a path in a payload.
enum NodeLookup: Sendable {
  case node(KnownNode)
  /// The path is that of a node but for the case of its letters.
  case otherCase(KnownNode, spelled: String, CaseSense)
  /// The path is that of a node but for `./User` or `./Device`.
  case otherScope(CSPNode, swapped: String)
  /// A path that the catalogue cannot know: its CSP has no DDF, or is not Microsoft's.
  case uncatalogued(String)
  /// A placeholder hides which node is meant.
  case unjudged
  case unknown(deepestKnown: String, suggestions: [String])
  /// An earlier release of Windows had it.
  case retired(RetiredNode)
}

/// What the catalogue says about the case of a name (`CaseSense`).
enum CaseSense: Hashable, Sendable {
  case matters, ignored, unstated
}

/// Looks paths up, and remembers the last ones: payloads ask for the same few again and again, and an unknown path
/// is dear. The rules of a validator share one.
final class NodeLookups {
  private static let capacity = 4096
  /// Unknown paths beyond this number get no suggestions: each takes milliseconds, and nobody reads that far.
  private static let suggestionLimit = 500
  private var suggested = 0
  private let catalog: CSPCatalog
  private var known: [String: NodeLookup] = [:]
  /// By the catalogue's paths, so that what follows from a node's facts is worked out once.
  private var nodes: [String: KnownNode] = [:]

  init(catalog: CSPCatalog) { self.catalog = catalog }

  func lookup(_ path: String) -> NodeLookup {
    if let known = known[path] { return known }
    let result = search(path)
    if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
    known[path] = result
    return result
  }

  private func search(_ path: String) -> NodeLookup {
    let deepestKnown: String
    switch catalog.resolve(path, suggesting: false) {
    case .found(let node):
      if node.isOfIngestedTemplate {
        return .uncatalogued("a template brought in with ADMXInstall")
      }
      // `PassportForWork/Biometrics` of users would be a tenant of that name.
      if Self.chosenNames(node) > 0, let other = nodeInOtherScope(path),
        Self.chosenNames(other.node) < Self.chosenNames(node)
      {
        return .otherScope(other.node, swapped: other.path)
      }
      return .node(known(node))
    case .unknown(let known, _): deepestKnown = known
    }
    if Placeholder.isIn(path) { return .unjudged }
    if let spelled = catalog.mendingCase(of: path), let node = catalog.node(at: spelled) {
      return .otherCase(known(node), spelled: spelled, sense(of: path, spelled: spelled, node))
    }
    if let other = nodeInOtherScope(path) { return .otherScope(other.node, swapped: other.path) }
    if let retired = catalog.retired(path) { return .retired(retired) }
    if let name = uncatalogued(path, deepestKnown) { return .uncatalogued(name) }
    // What is mistaken is not the name whose case alone is wrong.
    let mended = catalog.mendingCaseOfBeginning(of: path)
    guard suggested < Self.suggestionLimit,
      case .unknown(let deepestKnown, let suggestions) = catalog.resolve(mended)
    else {
      return .unknown(deepestKnown: deepestKnown, suggestions: [])
    }
    suggested += 1
    return .unknown(deepestKnown: deepestKnown, suggestions: suggestions)
  }

  /// How much the case of the names matters that are spelled in another.
  private func sense(of path: String, spelled: String, _ node: CSPNode) -> CaseSense {
    let segments = Self.normal(path).split(separator: "/")
    let wanted = Self.normal(spelled).split(separator: "/")
    let names = node.locURI.split(separator: "/")
    guard segments.count == wanted.count, names.count == wanted.count else { return .unstated }
    var sense = CaseSense.ignored
    for index in names.indices where segments[index] != wanted[index] {
      let above = names[...index].joined(separator: "/")
      switch index == names.count - 1 ? node.isCaseSensitive : catalog.node(at: above)?.isCaseSensitive {
      case true?: return .matters
      case false?: break
      case nil: sense = .unstated
      }
    }
    return sense
  }

  private func known(_ node: CSPNode) -> KnownNode {
    if let known = nodes[node.locURI] { return known }
    let above = nodeAbove(node)
    let known = KnownNode(node, index: nodes.count, above: above)
    nodes[node.locURI] = known
    return known
  }

  /// The nearest node above another.
  private func nodeAbove(_ node: CSPNode) -> KnownNode? {
    var path = node.locURI[...]
    while let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = path[..<slash]
      if let known = nodes[String(path)] { return known }
      if let above = catalog.node(at: String(path)) { return known(above) }
    }
    return nil
  }

  /// The name of the CSP or tree that the catalogue cannot know, or nil when it should know the path.
  private func uncatalogued(_ path: String, _ deepestKnown: String) -> String? {
    let segments = path.split(separator: "/").dropFirst().drop { $0 == "Device" || $0 == "User" }
    guard let first = segments.first else { return nil }
    guard first == "Vendor" else { return first == "cimv2" || first == "cimV2" ? String(first) : nil }
    let rest = segments.dropFirst()
    guard let vendor = rest.first else { return nil }
    guard vendor.lowercased() == "msft" else {
      // A CSP of another maker is known when somebody has added it.
      let known = deepestKnown.split(separator: "/")
      let isKnown = known.count > 3 && known[3] == vendor
      return isKnown && (known.count > 4 || catalog.node(at: deepestKnown) != nil) ? nil : String(vendor)
    }
    guard let csp = rest.dropFirst().first, UndescribedCSP.contains(csp) else { return nil }
    // A CSP of the list may have joined the catalogue.
    return deepestKnown.split(separator: "/").contains(csp) ? nil : String(csp)
  }

  private func nodeInOtherScope(_ path: String) -> (node: CSPNode, path: String)? {
    guard let swapped = Self.inOtherScope(path), let node = catalog.node(at: swapped),
      !node.isOfIngestedTemplate
    else { return nil }
    return (node, swapped)
  }

  /// How many names of a node's path somebody chooses.
  private static func chosenNames(_ node: CSPNode) -> Int {
    node.locURI.utf8.count { $0 == UInt8(ascii: "{") }
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

extension CSPNode {
  /// Whether the node stands for whatever ADMX files a server has brought in, `Policy/Config/{AreaName}/{PolicyName}`: its own
  /// facts say nothing about their settings.
  package var isOfIngestedTemplate: Bool {
    locURI.hasSuffix("/Policy/Config/{AreaName}/{PolicyName}")
  }
}
