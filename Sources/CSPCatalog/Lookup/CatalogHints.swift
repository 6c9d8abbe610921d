import Synchronization

/// What 'did you mean' needs of a whole catalogue: made when it is first asked for and kept, so that a file full of
/// unknown paths does not search the catalogue anew for each.
final class CatalogHints: Sendable {
  private let places = Mutex<[[UInt8]: [CatalogPlace]]?>(nil)
  private let names = Mutex<[[UInt8]: [String: String]]>([:])

  /// The lines of the nodes of a last name in small letters; `index` gives those of every name.
  func places(named name: [UInt8], index: () -> [[UInt8]: [CatalogPlace]]) -> [CatalogPlace] {
    places.withLock { known in
      let all = known ?? index()
      known = all
      return all[name] ?? []
    }
  }

  /// Every last name in small letters.
  func allNames(index: () -> [[UInt8]: [CatalogPlace]]) -> [String] {
    places.withLock { known in
      let all = known ?? index()
      known = all
      return all.keys.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The names directly below a path by their small letters; `list` finds them.
  func names(below path: [UInt8], list: () -> [String: String]) -> [String: String] {
    names.withLock { known in
      if let names = known[path] { return names }
      let names = list()
      known[path] = names
      return names
    }
  }
}
