/// Finds nodes by words of their names.
///
/// A word is found in the names of a path and in the name, area and file of an ADMX policy, in letters of either case.
/// Names are taken apart where a capital begins a word: `secure boot` finds `SecureBootState`.
package struct CatalogSearch: Sendable {
  /// What was found.
  package struct Result: Sendable {
    /// The best nodes, best first.
    package let nodes: [CSPNode]
    /// How many nodes match.
    package let total: Int
  }

  /// A node must match each of them.
  private let words: [[UInt8]]

  /// A search for words; nil when the texts have none. Only the first 16 words count.
  package init?(_ texts: [String]) {
    let words = texts.flatMap { $0.split { $0 == " " || $0 == "\t" || $0 == "/" || $0 == "\n" } }
    self.words = words.prefix(16).map { Array($0.lowercased().utf8) }
    if words.isEmpty { return nil }
  }

  /// The best nodes of a catalogue, `limit` at most.
  package func nodes(of catalog: CSPCatalog, limit: Int) -> Result {
    var hits: [(score: Int, node: CSPNode)] = []
    for node in catalog.nodes {
      if let score = score(of: node) { hits.append((score, node)) }
    }
    hits.sort {
      ($1.score, $0.node.locURI.utf8.count, $0.node.locURI) < (
        $0.score, $1.node.locURI.utf8.count, $1.node.locURI
      )
    }
    return Result(nodes: hits.prefix(max(limit, 0)).map(\.node), total: hits.count)
  }

  private func score(of node: CSPNode) -> Int? {
    let segments = node.locURI.split(separator: "/").drop {
      $0 == "." || $0 == "Device" || $0 == "User" || $0 == "Vendor" || $0 == "MSFT"
    }
    var names = segments.enumerated().map { index, name in
      SearchedName(name, weight: index == segments.count - 1 ? 4 : 2)
    }
    if case .admx(let file, let area, let name) = node.allowedValues {
      names.append(SearchedName(name[...], weight: 3))
      names += [area, file].map { SearchedName($0[...], weight: 1) }
    }
    var sum = 0
    for word in words {
      guard let best = names.compactMap({ $0.score(of: word) }).max() else { return nil }
      sum += best
    }
    return sum
  }
}

/// A name that is searched: whole, and in the words that it consists of.
private struct SearchedName {
  let text: [UInt8]
  /// Where a word of the name begins.
  let starts: [Bool]
  let weight: Int

  init(_ name: Substring, weight: Int) {
    self.weight = weight
    let bytes = Array(name.utf8)
    text = bytes.map { Self.isCapital($0) ? $0 + 32 : $0 }
    starts = bytes.indices.map { index in
      guard index > 0 else { return true }
      let before = bytes[index - 1]
      guard Self.isLetterOrDigit(before) else { return true }
      if Self.isCapital(bytes[index]) {
        // `TPMVersion` is TPM and Version.
        return !Self.isCapital(before) || (index + 1 < bytes.count && Self.isSmall(bytes[index + 1]))
      }
      return Self.isDigit(bytes[index]) != Self.isDigit(before)
    }
  }

  /// Better for the whole name than for a word of it, and for a word than for its beginning; nil when it is not there.
  func score(of word: [UInt8]) -> Int? {
    guard word.count <= text.count else { return nil }
    var best: Int?
    for start in 0...(text.count - word.count) where text[start] == word[0] {
      guard text[start..<start + word.count].elementsEqual(word) else { continue }
      let end = start + word.count
      let isEnd = end == text.count || starts[end]
      let quality =
        word.count == text.count ? 8 : starts[start] && isEnd ? 5 : starts[start] ? 3 : 1
      best = max(best ?? 0, quality * weight)
    }
    return best
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isSmall(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isCapital(byte) || isSmall(byte) || isDigit(byte) || byte >= 0x80
  }
}
