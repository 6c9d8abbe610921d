import CCatalogData

/// All nodes that Windows' configuration service providers have, by path.
///
/// A catalogue is searched in its compact form: opening one reads its header only, and looking a node up reads a few lines.
public struct CSPCatalog: Sendable {
  private let storage: CatalogStorage
  private let header: CatalogHeader
  private let nodesStart: Int
  let hints = CatalogHints()

  /// The catalogue that comes with the program. It is opened when it is first asked for.
  public static let embedded: CSPCatalog = {
    let bytes = UnsafeBufferPointer(start: csp_catalog_bytes(), count: csp_catalog_size())
    do throws(CatalogError) {
      return try CSPCatalog(CatalogStorage(static: bytes))
    } catch {
      preconditionFailure("csp-catalog.txt: \(error)")
    }
  }()

  /// Opens a catalogue in the compact form, such as `policyc catalog import` writes, and checks every line of it.
  public init(bytes: [UInt8]) throws(CatalogError) {
    try self.init(CatalogStorage(copying: bytes))
    try check()
  }

  private init(_ storage: CatalogStorage) throws(CatalogError) {
    self.storage = storage
    var end = 0
    header = try CatalogHeader(storage, end: &end)
    nodesStart = end
  }

  /// What the facts were taken from: the release of the DDF files, such as `2025-02`.
  public var version: String { header.source }

  /// The day the facts are of; the default for questions that depend on a day.
  public var date: CalendarDate { header.date }

  /// How many nodes the catalogue has.
  public var nodeCount: Int { header.nodeCount }

  /// The node that a path names, or nil when there is none; ``resolve(_:)`` says more.
  public func node(at locURI: String) -> CSPNode? {
    guard case .found(let node) = resolve(locURI, suggesting: false) else { return nil }
    return node
  }

  /// All nodes, ascending by path.
  public var nodes: some Sequence<CSPNode> {
    sequence(state: nodesStart) { start -> CSPNode? in
      guard start < storage.bytes.count else { return nil }
      defer { start = storage.next(after: start) }
      return node(atLine: start)
    }
  }

  /// The nodes directly below a path of the catalogue.
  public func children(of locURI: String) -> [CSPNode] {
    let prefix = Array(locURI.utf8) + [UInt8(ascii: "/")]
    return lines(from: prefix).compactMap { start in
      let rest = storage.path(at: start).dropFirst(prefix.count)
      return rest.contains(UInt8(ascii: "/")) ? nil : node(atLine: start)
    }
  }

  // MARK: Search

  /// The line of exactly this path of the catalogue.
  func line(of path: [UInt8]) -> Int? {
    let start = storage.lowerBound(path, from: nodesStart)
    return start < storage.bytes.count && storage.path(at: start).elementsEqual(path) ? start : nil
  }

  /// The first line whose path begins with a prefix.
  func firstLine(from prefix: [UInt8]) -> Int? {
    let start = storage.lowerBound(prefix, from: nodesStart)
    return start < storage.bytes.count && storage.path(at: start).starts(with: prefix) ? start : nil
  }

  /// All lines whose paths begin with a prefix.
  func lines(from prefix: [UInt8]) -> some Sequence<Int> {
    sequence(state: firstLine(from: prefix) ?? storage.bytes.count) { start -> Int? in
      guard start < storage.bytes.count, storage.path(at: start).starts(with: prefix) else { return nil }
      defer { start = storage.next(after: start) }
      return start
    }
  }

  /// The path that a line begins with.
  func path(atLine start: Int) -> UnsafeBufferPointer<UInt8> { storage.path(at: start) }

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

  private func check() throws(CatalogError) {
    var number = storage.bytes[..<nodesStart].count { $0 == UInt8(ascii: "\n") }
    var start = nodesStart
    var count = 0
    var last: [UInt8] = []
    while start < storage.bytes.count {
      number += 1
      count += 1
      let bytes = storage.line(at: start)
      guard let line = String(validating: bytes, as: UTF8.self) else {
        throw CatalogError(line: number, "the line is not UTF-8")
      }
      do throws(CatalogLineError) {
        _ = try CatalogLine.decode(line) { header.editionSets[$0] }
      } catch {
        throw CatalogError(line: number, error.message)
      }
      let path = Array(storage.path(at: start))
      guard last.lexicographicallyPrecedes(path) else {
        throw CatalogError(
          line: number, "the node stands out of order: expected paths that ascend, each once")
      }
      last = path
      start = storage.next(after: start)
    }
    guard count == header.nodeCount else {
      throw CatalogError(
        line: number, "the catalogue has \(count) nodes: expected \(header.nodeCount), as its header says")
    }
  }
}
