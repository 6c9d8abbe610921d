import CCatalogData
import Diagnostics
import YAMLInput

/// All facts that the language knows, by name.
package struct FactCatalog: Sendable {
  /// The version of the catalogue, which a compiled policy records.
  package let version: String
  /// Every fact, ascending by name.
  package let entries: [FactEntry]
  private let indices: [String: Int]

  /// The catalogue that comes with the program. It is read when it is first asked for.
  package static let embedded: FactCatalog = {
    do throws(FactCatalogError) {
      let size = fact_catalog_size()
      return try FactCatalog(yaml: Array(UnsafeBufferPointer(start: fact_catalog_bytes(), count: size)))
    } catch {
      preconditionFailure("facts.yaml: \(error)")
    }
  }()

  /// Reads a catalogue, of which every entry is checked.
  package init(yaml bytes: [UInt8]) throws(FactCatalogError) {
    do throws(YAMLError) {
      let content = try FactCatalogReader.read(YAMLNode(yaml: bytes))
      self.init(version: content.version, entries: content.entries)
    } catch {
      throw FactCatalogError(error)
    }
  }

  private init(version: String, entries: [FactEntry]) {
    self.version = version
    self.entries = entries.sorted { $0.name < $1.name }
    var indices: [String: Int] = [:]
    for (index, entry) in self.entries.enumerated() { indices[entry.name] = index }
    self.indices = indices
  }

  /// The index in ``entries`` of the fact of a name.
  package func index(of name: String) -> Int? { indices[name] }

  /// The fact of a name, or nil when there is none.
  package subscript(name: String) -> FactEntry? { indices[name].map { entries[$0] } }

  /// Facts that a name which is none may mean, the likeliest first, three at most.
  ///
  /// These are the name nearest in spelling and those that end in the same word: `boot.secure_boot` for
  /// `secure_boot`.
  package func suggestions(for name: String) -> [String] {
    var found: [String] = []
    if let nearest = closest(to: name, in: indices.keys) { found.append(nearest) }
    if let word = name.split(separator: ".").last {
      for entry in entries where entry.name.split(separator: ".").last == word {
        if !found.contains(entry.name) { found.append(entry.name) }
      }
    }
    return Array(found.prefix(3))
  }
}
