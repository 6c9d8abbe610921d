import CSPCatalog
import PolicyModel

/// The facts that a policy reads, numbered as they come up and sorted by name in the end.
struct FactTable {
  private(set) var entries: [FactEntry] = []
  /// The types of the facts, apart from the entries, which are large to copy.
  private(set) var types: [ValueType] = []
  private var byName: [String: Int32] = [:]

  /// The number of a fact.
  mutating func index(of entry: FactEntry) -> Int32 {
    if let index = byName[entry.name] { return index }
    let index = Int32(truncatingIfNeeded: entries.count)
    byName[entry.name] = index
    entries.append(entry)
    types.append(entry.type)
    return index
  }

  /// The number of a fact that is in the table already.
  func index(of name: String) -> Int32? { byName[name] }

  subscript(reference: FactReference) -> FactEntry {
    _read { yield entries[Int(reference.index)] }
  }

  var declarations: [FactDeclaration] {
    entries.map { FactDeclaration(name: $0.name, type: $0.type, unit: $0.unit) }
  }

  /// Sorts the facts by name and says where each went.
  mutating func sort() -> [Int32] {
    let order = entries.indices.sorted { entries[$0].name < entries[$1].name }
    var map = [Int32](repeating: 0, count: entries.count)
    for (new, old) in order.enumerated() { map[old] = Int32(truncatingIfNeeded: new) }
    entries = order.map { entries[$0] }
    types = order.map { types[$0] }
    byName = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { ($1.name, Int32(truncatingIfNeeded: $0)) })
    return map
  }
}
