import CCatalogData

extension FactCatalog {
  /// The names of the facts in the catalogue that comes with the program.
  ///
  /// They are picked from the catalogue's text without reading the whole of it as YAML, so that a check of a snapshot, which needs no
  /// more than the names, starts as fast as it can. A test holds them to ``entries``.
  package static let embeddedNames: Set<String> = {
    let bytes = UnsafeBufferPointer(start: fact_catalog_bytes(), count: fact_catalog_size())
    var names: Set<String> = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      // An entry begins with its name and a colon, two blanks in.
      guard line.count > 3, line.last == UInt8(ascii: ":"), line.starts(with: [0x20, 0x20]) else { continue }
      let name = line.dropFirst(2).dropLast()
      guard let first = name.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { continue }
      names.insert(String(decoding: name, as: UTF8.self))
    }
    return names
  }()
}
