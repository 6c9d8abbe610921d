import YAMLInput

/// Why a fact catalogue was refused, and where.
package struct FactCatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One plain sentence without a place.
  package let message: String
  /// Where in the file, both from 1.
  package let line: Int
  /// The column in characters.
  package let column: Int

  init(_ error: YAMLError) {
    message = error.message
    line = error.position.line
    column = error.position.column
  }

  /// `12:3: message`
  package var description: String { "\(line):\(column): \(message)" }
}
