import CSPCatalog
import PolicyModel

/// Finds out what columns mean, and remembers it.
struct FleetFieldBook: Sendable {
  let mapping: FleetMapping
  private var fields: [ExactText: FleetField] = [:]
  /// The names of columns that mean nothing here, in the order in which they came up, no more than are worth a note.
  private(set) var unmapped: [String] = []
  private static let remembered = 4096
  private static let longestName = 256

  init(mapping: FleetMapping) { self.mapping = mapping }

  /// What a column of that name means.
  mutating func field(named name: String) -> FleetField {
    if let known = fields[ExactText(name)] { return known }
    let field = makeField(name)
    if fields.count < Self.remembered, name.utf8.count <= Self.longestName {
      fields[ExactText(name)] = field
      if !field.isMapped, !field.folded.isEmpty { unmapped.append(name) }
    }
    return field
  }

  private func makeField(_ name: String) -> FleetField {
    var folded = foldedName(name)
    if let wrapper = mapping.wrappers.first(where: folded.hasPrefix) {
      folded.removeFirst(wrapper.count)
    }
    let isPart =
      mapping.scope?.column.contains(folded) == true || mapping.windows?.column.contains(folded) == true
      || mapping.machine.map {
        $0.manufacturer.contains(folded) || $0.model.contains(folded) || $0.tpmManufacturer.contains(folded)
      } == true
    return FleetField(
      name: name, folded: folded, column: mapping.column(folded: folded),
      fact: mapping.takesFactNames && FactCatalog.embeddedNames.contains(folded) ? folded : nil,
      table: mapping.hasOsqueryTables ? OsqueryColumns.split(folded) : nil, isPart: isPart)
  }
}
