import CSPCatalog

/// Finds the node that a path names among a few patterns, in about the time that one path takes to read.
struct NodePlaces: Sendable {
  private var literal: [String: Int] = [:]
  private var open: [(place: Int, pattern: NodePattern)] = []

  /// The places of these patterns, whose order counts.
  init(_ patterns: [NodePattern]) {
    for (place, pattern) in patterns.enumerated() {
      if pattern.hasPlaceholder {
        open.append((place, pattern))
      } else {
        literal[pattern.path] = place
      }
    }
  }

  /// The place of the pattern that a path matches.
  func place(of path: String) -> Int? {
    guard !path.utf8.contains(UInt8(ascii: "?")), let normal = NodePattern.normalForm(path) else {
      return nil
    }
    if let place = literal[normal] { return place }
    return open.first { $0.pattern.matches(path) }?.place
  }
}
