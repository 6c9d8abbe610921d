import Diagnostics

/// The nodes of the DDF files that came out together.
struct DDFRelease {
  /// A node and where it is described.
  struct Entry {
    var node: CSPNode
    var file: String
    var position: SourcePosition
  }

  /// What the release is called; nil for the one that the catalogue is of.
  let name: String?
  /// The nodes by path; of two files that describe one, the first by name counts, so that their order does not matter.
  private(set) var entries: [String: Entry] = [:]
  /// The files of DDF v1 that describe a CSP of which no catalogue takes nodes.
  private(set) var passedOver: Set<String> = []

  init(name: String?) { self.name = name }

  /// Takes a node in; gives the entry that is left out when two differ, with the file that stays.
  mutating func add(_ entry: Entry) -> (left: Entry, kept: String)? {
    if entry.node.source == .ddf1, let csp = CSPName(entry.node.locURI), UndescribedCSP.contains(csp.name) {
      passedOver.insert(entry.file)
    }
    guard let held = entries[entry.node.locURI] else {
      entries[entry.node.locURI] = entry
      return nil
    }
    let isFirst = entry.file.utf8.lexicographicallyPrecedes(held.file.utf8)
    let (kept, left) = isFirst ? (entry, held) : (held, entry)
    entries[entry.node.locURI] = kept
    var same = left.node
    same.origin = kept.node.origin
    return same == kept.node ? nil : (left, kept.file)
  }
}

/// The CSP that a path lies in.
struct CSPName: Hashable {
  /// What follows `Vendor/MSFT`, or the outermost names of OMA's own trees.
  let name: String

  /// Nil for a path above all CSPs.
  init?(_ path: String) {
    var segments = PathTree.segments(path)[...]
    if segments.first == "Device" || segments.first == "User" { segments = segments.dropFirst() }
    if segments.first == "Vendor" || segments.first == "SyncML" {
      let depth = segments.first == "Vendor" ? 2 : 1
      guard segments.count > depth else { return nil }
      let isMicrosoft = segments.dropFirst().first == "MSFT" || depth == 1
      let names = segments.dropFirst(isMicrosoft ? depth : 1).prefix(isMicrosoft ? 1 : 2)
      name = names.joined(separator: "/")
    } else {
      guard let first = segments.first else { return nil }
      name = first
    }
  }
}
