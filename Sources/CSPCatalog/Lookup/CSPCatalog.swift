import CCatalogData

/// All nodes that Windows' configuration service providers have, by path.
///
/// A catalogue is searched in its compact form: opening one reads its header only, and looking a node up reads a few lines.
package struct CSPCatalog: Sendable {
  /// In the order in which they are searched: what a user added last comes first.
  let layers: [CatalogLayer]
  let hints = CatalogHints()

  /// The catalogue that comes with the program. It is opened when it is first asked for.
  package static let embedded: CSPCatalog = {
    let bytes = UnsafeBufferPointer(start: csp_catalog_bytes(), count: csp_catalog_size())
    do throws(CatalogError) {
      return CSPCatalog([try CatalogLayer(CatalogStorage(static: bytes))])
    } catch {
      preconditionFailure("csp-catalog.txt: \(error)")
    }
  }()

  /// Opens a catalogue in the compact form, such as `policyc catalog import` writes, and checks every line of it.
  package init(bytes: [UInt8]) throws(CatalogError) {
    let layer = try CatalogLayer(CatalogStorage(copying: bytes))
    try layer.check()
    self.init([layer])
  }

  private init(_ layers: [CatalogLayer]) { self.layers = layers }

  /// This catalogue with the nodes of another added. A node that both have is the other's.
  ///
  /// - Parameter file: What messages call the other, such as the name of its file.
  package func adding(_ other: CSPCatalog, from file: String) -> CSPCatalog {
    let added = other.layers.map { layer in
      var layer = layer
      layer.file = layer.file ?? file
      return layer
    }
    return CSPCatalog(added + layers)
  }

  /// What the facts were taken from: the release of the DDF files, such as `2025-02`.
  ///
  /// Of several catalogues that are searched as one, the names joined by ` + `, the one that others were added to first.
  package var version: String { layers.reversed().map(\.header.source).joined(separator: " + ") }

  /// The day the facts are of; the default for questions that depend on a day. The latest of several catalogues.
  package var date: CalendarDate {
    layers.dropFirst().reduce(layers[0].header.date) { max($0, $1.header.date) }
  }

  /// How many nodes the catalogue has.
  package var nodeCount: Int {
    layers.count == 1 ? layers[0].header.nodeCount : allPlaces.reduce(0) { count, _ in count + 1 }
  }

  /// How many entries of what is gone the catalogue has; ``retired(_:)`` finds one.
  package var retiredCount: Int { layers.reduce(0) { $0 + $1.header.retiredCount } }

  /// The node that a path names, or nil when there is none; ``resolve(_:)`` says more.
  package func node(at locURI: String) -> CSPNode? {
    guard case .found(let node) = resolve(locURI, suggesting: false) else { return nil }
    return node
  }

  /// All nodes, ascending by path.
  package var nodes: some Sequence<CSPNode> {
    allPlaces.lazy.compactMap { node(at: $0) }
  }

  /// The nodes directly below a path of the catalogue.
  package func children(of locURI: String) -> [CSPNode] {
    let prefix = Array(locURI.utf8) + [UInt8(ascii: "/")]
    return places(from: prefix).compactMap { place in
      let rest = path(at: place).dropFirst(prefix.count)
      return rest.contains(UInt8(ascii: "/")) ? nil : node(at: place)
    }
  }

  /// The catalogue that a node's facts are from: its release, and the file where a user added it.
  package func provenance(of node: CSPNode) -> (release: String, file: String?) {
    let layer = place(of: Array(node.locURI.utf8)).map { layers[$0.layer] } ?? layers[layers.count - 1]
    let release = node.source == .ddf1 ? layer.header.version1 : nil
    return (release ?? layer.header.source, layer.file)
  }

  // MARK: Search

  /// The line of exactly this path of the catalogue.
  func place(of path: [UInt8]) -> CatalogPlace? {
    for (index, layer) in layers.enumerated() {
      if let start = layer.line(of: path) { return CatalogPlace(layer: index, start: start) }
    }
    return nil
  }

  /// A line whose path begins with a prefix.
  func anyPlace(from prefix: [UInt8]) -> CatalogPlace? {
    for (index, layer) in layers.enumerated() {
      if let start = layer.firstLine(from: prefix) { return CatalogPlace(layer: index, start: start) }
    }
    return nil
  }

  /// All lines whose paths begin with a prefix, ascending, each path once.
  func places(from prefix: [UInt8]) -> CatalogPlaces { CatalogPlaces(layers, from: prefix) }

  /// The lines of all nodes.
  private var allPlaces: CatalogPlaces { places(from: Array("./".utf8)) }

  /// The path that a line begins with.
  func path(at place: CatalogPlace) -> UnsafeBufferPointer<UInt8> {
    layers[place.layer].storage.path(at: place.start)
  }

  /// The node of a line, with what it inherits.
  func node(at place: CatalogPlace) -> CSPNode? { layers[place.layer].node(atLine: place.start) }

  /// The text of a line.
  func text(at place: CatalogPlace) -> String {
    String(decoding: layers[place.layer].storage.line(at: place.start), as: UTF8.self)
  }
}
