import Diagnostics

/// Sentences about an input as a whole.
enum FleetNotes {
  /// How many names a sentence lists.
  private static let listed = 12

  /// The columns that mean nothing here, or nil when there are none.
  static func unmapped(_ book: FleetFieldBook) -> String? {
    let names = book.unmapped
    guard !names.isEmpty else { return nil }
    return "the mapping '\(book.mapping.name)' does not know "
      + (names.count == 1 ? "the column " : "\(names.count) columns: ") + list(names)
  }

  /// That a mapping knows no column of an input, and which mapping may be meant.
  static func nothingKnown(_ names: [String], _ mapping: FleetMapping) -> String {
    guard !names.isEmpty else { return "it has no columns" }
    let folded = names.map(foldedName)
    let fitting = FleetMapping.embeddedNames.filter { $0 != mapping.name }.compactMap(FleetMapping.embedded)
      .map {
        other in (name: other.name, count: folded.filter { other.column(folded: $0) != nil }.count)
      }.max { $0.count < $1.count }
    let advice =
      fitting.flatMap { $0.count > 0 ? "; the mapping '\($0.name)' knows \($0.count) of them" : nil } ?? ""
    return "the mapping '\(mapping.name)' knows none of the columns \(list(names))\(advice)"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(listed).map { "'\(shortened($0))'" }.joined(separator: ", ")
    return names.count > listed ? shown + ", …" : shown
  }
}
