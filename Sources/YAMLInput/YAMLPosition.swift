/// A place in a YAML document. Both numbers count from 1; the column counts characters, not bytes.
package struct YAMLPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// The column, from 1.
  package let column: Int

  /// A place in a document.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether the left place comes before the right one.
  package static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }

  /// `12:3`
  package var description: String { "\(line):\(column)" }
}

/// Where a node begins and where it ends; the end lies behind its last character.
package struct YAMLSpan: Hashable, Sendable {
  /// The first character.
  package let start: YAMLPosition
  /// Behind the last character.
  package let end: YAMLPosition

  /// A span of a document.
  package init(start: YAMLPosition, end: YAMLPosition) {
    self.start = start
    self.end = end
  }
}
