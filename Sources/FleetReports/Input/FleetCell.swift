import PolicyModel

/// What a row has in a column.
enum FleetCell: Hashable, Sendable {
  case text(String)
  /// Nothing is told.
  case silent
  /// It says itself that it is not known, and why.
  case unknown(reason: String)
  /// Something that is no text, such as `an array`.
  case other(kind: String)
}

/// A column as an input names it, and what the mapping makes of it.
struct FleetField: Sendable {
  /// What the input calls it.
  let name: String
  /// Its name, folded.
  let folded: String
  /// What the mapping says of it.
  var column: FleetMappingColumn?
  /// The fact that the column is named after.
  var fact: String?
  /// The table and column of osquery that it is named after.
  var table: (table: String, column: String)?
  /// Whether it tells which rows count, or tells the platform with others.
  var isPart = false

  /// Whether the mapping knows the column.
  var isMapped: Bool { column != nil || fact != nil || table != nil || isPart }
}
