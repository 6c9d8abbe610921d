/// The paths of a set of nodes, to find out how far another path leads among them.
struct PathTree {
  /// Where a path leads.
  enum End: Equatable {
    /// To a node, or above one; its path in the tree's spelling.
    case found([String])
    /// Nowhere: `known` of its segments exist, in the tree's spelling, and `rest` do not.
    case lost(known: [String], rest: [String])
    /// To a node but for the case of its letters.
    case otherCase
  }

  private struct Place {
    var children: [String: Int] = [:]
    /// The dynamic name among the children, the first by name.
    var dynamic: String?
    /// The children's names in small letters.
    var letters: Set<String> = []
  }

  private var places = [Place()]

  init(_ paths: some Sequence<String>) {
    for path in paths {
      var place = 0
      for segment in Self.segments(path) {
        if let next = places[place].children[segment] {
          place = next
          continue
        }
        places.append(Place())
        places[place].children[segment] = places.count - 1
        places[place].letters.insert(segment.lowercased())
        if segment.hasPrefix("{") { places[place].dynamic = min(places[place].dynamic ?? segment, segment) }
        place = places.count - 1
      }
    }
  }

  static func segments(_ path: String) -> [String] { path.split(separator: "/").dropFirst().map(String.init) }

  static func path(_ segments: [String]) -> String { "./" + segments.joined(separator: "/") }

  /// Follows a path. A dynamic name of the tree stands for any name, as it does in a payload; but for the areas of
  /// `Policy/Config`, where it stands for those of ingested ADMX files only.
  func end(of path: String) -> End {
    let segments = Self.segments(path)
    var place = 0
    var known: [String] = []
    for segment in segments {
      let here = places[place]
      if let next = here.children[segment] {
        known.append(segment)
        place = next
        continue
      }
      let isArea = known.suffix(2) == ["Policy", "Config"] && !segment.hasPrefix("{")
      if !isArea, let dynamic = here.dynamic, let next = here.children[dynamic] {
        known.append(dynamic)
        place = next
        continue
      }
      if here.letters.contains(segment.lowercased()) { return .otherCase }
      return .lost(known: known, rest: Array(segments.dropFirst(known.count)))
    }
    return .found(known)
  }

  /// Whether a path leads to a node, or above one.
  func contains(_ path: String) -> Bool {
    if case .found = end(of: path) { true } else { false }
  }
}
