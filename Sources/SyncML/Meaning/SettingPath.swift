import CSPCatalog

/// The path of one node on a device, whatever way it was written.
struct SettingPath: Hashable, Sendable {
  /// `./Device/…` or `./User/…`, escapes resolved.
  let segments: [String]

  /// Nil where a placeholder leaves open which node it is.
  init?(_ target: PayloadText) {
    let path = LocURIRule.withoutQuery(LocURIRule.path(of: target))
    guard !Placeholder.isIn(path) else { return nil }
    segments = NodeLookups.normal(String(path)).split(separator: "/").map { NodeNameRule.decoded($0) }
  }

  private init(segments: [String]) { self.segments = segments }

  /// The path of a node that a node of this path depends on.
  ///
  /// A name that somebody chose is the same in both where both have it; nil where the other has one that this has not. The
  /// DDF files spell a name that both have in another case now and then.
  func sibling(_ template: String, of node: CSPNode) -> SettingPath? {
    let own = node.locURI.split(separator: "/")
    var found: [String] = []
    for (index, name) in template.split(separator: "/").enumerated() {
      let isShared = index < own.count && index < segments.count
      if name.first == "{" {
        guard isShared, own[index] == name else { return nil }
        found.append(segments[index])
      } else if isShared, own[index].lowercased() == name.lowercased() {
        found.append(String(own[index]))
      } else {
        found.append(String(name))
      }
    }
    return SettingPath(segments: found)
  }

  /// The path in one piece.
  var text: String { segments.joined(separator: "/") }

  /// A short stand-in for the path. Two paths have the same by a chance that can be neglected.
  var key: Int { hashValue }
}
