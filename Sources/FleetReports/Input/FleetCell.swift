import Diagnostics
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
///
/// A reference, since every cell of every row goes with one.
final class FleetField: Sendable {
  /// What the input calls it.
  let name: String
  /// Its name for a sentence: short.
  let shownName: String
  /// Its name, folded.
  let folded: String
  /// What the mapping says of it.
  let column: FleetMappingColumn?
  /// The fact that the column is named after.
  let fact: String?
  /// The table and column of osquery that it is named after.
  let table: (table: String, column: String)?
  /// Whether it tells which rows count, or tells the platform with others.
  let isPart: Bool

  init(
    name: String, folded: String, column: FleetMappingColumn?, fact: String?,
    table: (table: String, column: String)?, isPart: Bool
  ) {
    self.name = name
    shownName = shortened(name)
    self.folded = folded
    self.column = column
    self.fact = fact
    self.table = table
    self.isPart = isPart
  }

  /// Whether the mapping knows the column.
  var isMapped: Bool { column != nil || fact != nil || table != nil || isPart }
}
