import YAMLInput

/// Why a fact catalogue was refused, and where.
public struct FactCatalogError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One plain sentence without a place.
  public let message: String
  /// Where in the file, both from 1.
  public let line: Int
  /// The column in characters.
  public let column: Int

  init(_ error: YAMLError) {
    message = error.message
    line = error.position.line
    column = error.position.column
  }

  /// `12:3: message`
  public var description: String { "\(line):\(column): \(message)" }
}
