/// One catalogue of those that are searched as one.
struct CatalogLayer: Sendable {
  let storage: CatalogStorage
  let header: CatalogHeader
  /// Where the lines of nodes begin.
  let nodesStart: Int
  /// The file that a user added; nil for the catalogue that comes with the program, or the one that was opened.
  var file: String?

  init(_ storage: CatalogStorage) throws(CatalogError) {
    self.storage = storage
    var end = 0
    header = try CatalogHeader(storage, end: &end)
    nodesStart = end
  }

  /// The line of exactly this path.
  func line(of path: [UInt8]) -> Int? {
    let start = storage.lowerBound(path, from: nodesStart)
    return start < storage.bytes.count && storage.path(at: start).elementsEqual(path) ? start : nil
  }

  /// The first line whose path begins with a prefix.
  func firstLine(from prefix: [UInt8]) -> Int? {
    let start = storage.lowerBound(prefix, from: nodesStart)
    return start < storage.bytes.count && storage.path(at: start).starts(with: prefix) ? start : nil
  }

  /// The node of a line, with what it inherits. The builds and the editions come each from the nearest ancestor that has them.
  func node(atLine start: Int) -> CSPNode? {
    guard var node = own(atLine: start) else { return nil }
    var path = storage.path(at: start)[...]
    var isRoot = node.isRoot
    while !isRoot, node.applicability.builds.isEmpty || node.editions.isEmpty {
      guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { break }
      path = path[..<slash]
      guard path.contains(UInt8(ascii: "/")) else { break }
      guard let parent = line(of: Array(path)) else { continue }
      if node.applicability.builds.isEmpty, let text = storage.field("\tb=", ofLine: parent) {
        node.applicability = NodeApplicability(text) ?? node.applicability
      }
      if node.editions.isEmpty, let name = storage.field("\te=", ofLine: parent) {
        node.editions = header.editionSets[name] ?? []
      }
      isRoot = storage.hasFlag("\troot", ofLine: parent)
    }
    return node
  }

  /// What a line says itself, nothing inherited.
  func own(atLine start: Int) -> CSPNode? {
    let line = String(decoding: storage.line(at: start), as: UTF8.self)
    return try? CatalogLine.decode(line) { header.editionSets[$0] }
  }

  /// What is gone, ascending by path.
  var retired: [RetiredNode] {
    var start = storage.lowerBound(RetiredLine.key([]), from: nodesStart)
    var retired: [RetiredNode] = []
    while start < storage.bytes.count {
      let line = String(decoding: storage.line(at: start), as: UTF8.self)
      if let node = try? RetiredLine.decode(line) { retired.append(node) }
      start = storage.next(after: start)
    }
    return retired
  }

  /// Checks every line.
  func check() throws(CatalogError) {
    var number = storage.bytes[..<nodesStart].count { $0 == UInt8(ascii: "\n") }
    var start = nodesStart
    var nodes = 0
    var retired = 0
    var last: [UInt8] = []
    while start < storage.bytes.count {
      number += 1
      guard let line = String(validating: storage.line(at: start), as: UTF8.self) else {
        throw CatalogError(line: number, "the line is not UTF-8")
      }
      let path = Array(storage.path(at: start))
      do throws(CatalogLineError) {
        if RetiredLine.begins(path) {
          retired += 1
          _ = try RetiredLine.decode(line)
        } else {
          nodes += 1
          let node = try CatalogLine.decode(line) { header.editionSets[$0] }
          // What no path in a policy or a payload is read as can never be found.
          guard LocURI(node.locURI).map({ Array($0.text.utf8) }) == path else {
            throw CatalogLineError(
              "the path names no node: expected one such as ./Device/Vendor/MSFT/Name")
          }
        }
      } catch {
        throw CatalogError(line: number, error.message)
      }
      guard last.lexicographicallyPrecedes(path) else {
        throw CatalogError(
          line: number, "the node stands out of order: expected paths that ascend, each once")
      }
      last = path
      start = storage.next(after: start)
    }
    guard nodes == header.nodeCount, retired == header.retiredCount else {
      throw CatalogError(
        line: number,
        """
        the catalogue has \(nodes) nodes and \(retired) that are gone: expected \(header.nodeCount) and \
        \(header.retiredCount), as its header says
        """)
    }
  }
}

/// A line of one of the layers of a catalogue.
struct CatalogPlace: Hashable, Sendable {
  let layer: Int
  let start: Int
}

/// The lines of several layers whose paths begin with a prefix, ascending by path. Of one path only that of the first layer
/// that has it.
struct CatalogPlaces: Sequence, IteratorProtocol {
  private let layers: [CatalogLayer]
  private let prefix: [UInt8]
  private var cursors: [Int?]

  init(_ layers: [CatalogLayer], from prefix: [UInt8]) {
    self.layers = layers
    self.prefix = prefix
    cursors = layers.map { $0.firstLine(from: prefix) }
  }

  mutating func next() -> CatalogPlace? {
    guard let first = lowest() else { return nil }
    let path = layers[first.layer].storage.path(at: first.start)
    for layer in layers.indices where layer >= first.layer {
      guard let start = cursors[layer], layer == first.layer || isSame(path, layer, start) else { continue }
      let storage = layers[layer].storage
      let following = storage.next(after: start)
      cursors[layer] =
        following < storage.bytes.count && storage.path(at: following).starts(with: prefix) ? following : nil
    }
    return first
  }

  private func lowest() -> CatalogPlace? {
    var lowest: CatalogPlace?
    for layer in layers.indices {
      guard let start = cursors[layer] else { continue }
      if let held = lowest,
        !layers[layer].storage.path(at: start).lexicographicallyPrecedes(
          layers[held.layer].storage.path(at: held.start))
      {
        continue
      }
      lowest = CatalogPlace(layer: layer, start: start)
    }
    return lowest
  }

  private func isSame(_ path: UnsafeBufferPointer<UInt8>, _ layer: Int, _ start: Int) -> Bool {
    layers[layer].storage.path(at: start).elementsEqual(path)
  }
}
