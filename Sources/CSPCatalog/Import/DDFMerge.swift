/// What a catalogue gets from the newest DDF files and older ones.
///
/// DDF v2 wins: where any release has it for a CSP, nodes of DDF v1 are none of the catalogue. What an older release has
/// and the newest has not is gone, with the best reason that the files give.
struct DDFMerge {
  private(set) var nodes: [String: CSPNode] = [:]
  private(set) var retired: [String: RetiredNode.Reason] = [:]
  /// The releases that DDF v1 nodes of the catalogue are from; nil is the newest.
  private(set) var oldest: Set<String?> = []

  init(current: DDFRelease, older: [DDFRelease]) {
    let releases = [current] + older.sorted { ($1.name ?? "") < ($0.name ?? "") }
    var described: Set<CSPName> = []
    for release in releases {
      for (path, entry) in release.entries where entry.node.source == .ddf2 {
        if let csp = CSPName(path) { described.insert(csp) }
      }
    }
    for (path, entry) in current.entries where entry.node.source == .ddf2 { nodes[path] = entry.node }
    for release in releases {
      for (path, entry) in release.entries where entry.node.source == .ddf1 {
        guard let csp = CSPName(path), !described.contains(csp) else { continue }
        guard !release.passedOver.contains(entry.file), nodes[path] == nil else { continue }
        nodes[path] = entry.node
        oldest.insert(release.name)
      }
    }
    let live = PathTree(nodes.keys)
    for release in releases.dropFirst() {
      guard let name = release.name else { continue }
      retire(release, seen: name, described: described, live: live)
    }
    // Files of other makers say nothing of phones.
    if releases.contains(where: { !$0.passedOver.isEmpty }) { retirePhones(live) }
    dropCovered()
  }

  /// The entries in the order of their paths.
  var retiredNodes: [RetiredNode] {
    retired.map { RetiredNode(path: $0.key, reason: $0.value) }.sorted { $0.path < $1.path }
  }

  private mutating func retirePhones(_ live: PathTree) {
    for name in UndescribedCSP.phoneOnly {
      let paths = ["Device", "User"].map { "./\($0)/Vendor/MSFT/\(name)" }
      guard !paths.contains(where: { live.contains($0) }) else { continue }
      for path in paths { retired[path] = .phoneOnly }
    }
  }

  // MARK: What is gone

  private mutating func retire(
    _ release: DDFRelease, seen: String, described: Set<CSPName>, live: PathTree
  ) {
    let old = PathTree(release.entries.keys)
    let candidates = newcomers(to: old)
    // In order: of several nodes below one that is gone, the first says what became of it.
    for (path, entry) in release.entries.sorted(by: { $0.key < $1.key }) {
      guard let csp = CSPName(path), described.contains(csp), !UndescribedCSP.isStillThere(csp.name) else {
        continue
      }
      guard case .lost(let known, let rest) = live.end(of: path) else { continue }
      // What stood for any name cannot be told from names that never were there.
      guard let first = rest.first, !first.hasPrefix("{") else { continue }
      let gone = PathTree.path(known + rest)
      guard retired[gone] == nil else { continue }
      retired[gone] =
        newPlace(of: gone, entry.node, csp, live, old, candidates).map { .moved(to: $0) }
        ?? .removed(lastSeen: seen)
    }
  }

  /// A node's CSP, its own name and that of the node above it.
  private struct Tail: Hashable {
    let csp: CSPName
    let names: [String]

    init?(_ path: String) {
      guard let csp = CSPName(path) else { return nil }
      self.csp = csp
      names = PathTree.segments(path).suffix(2).map { $0.hasPrefix("{") ? "{}" : $0 }
    }
  }

  /// The nodes that an older release does not have, by their ends.
  private func newcomers(to old: PathTree) -> [Tail: [CSPNode]] {
    var found: [Tail: [CSPNode]] = [:]
    for (path, node) in nodes where !old.contains(path) {
      if let tail = Tail(path) { found[tail, default: []].append(node) }
    }
    return found
  }

  /// The one node that can be what a node became: the same in the other scope, or the only new one of its CSP with that
  /// name below that parent. Neither was there before.
  private func newPlace(
    of path: String, _ node: CSPNode, _ csp: CSPName, _ live: PathTree, _ old: PathTree,
    _ candidates: [Tail: [CSPNode]]
  ) -> String? {
    if let swapped = LocURI.inOtherScope(path), !old.contains(swapped),
      case .found(let segments) = live.end(of: swapped)
    {
      return PathTree.path(segments)
    }
    guard let tail = Tail(path), let found = candidates[tail], found.count == 1, let only = found.first else {
      return nil
    }
    return (only.format == .node) == (node.format == .node) ? only.locURI : nil
  }

  /// Takes out what an entry above says already.
  private mutating func dropCovered() {
    let all = retired
    for (path, reason) in all {
      guard let slash = path.lastIndex(of: "/"), let above = all[String(path[..<slash])] else { continue }
      switch (above, reason) {
      case (.moved(let parent), .moved(let child)):
        if child == parent + path[slash...] { retired[path] = nil }
      default:
        if above == reason { retired[path] = nil }
      }
    }
  }
}
