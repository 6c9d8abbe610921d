/// One file that a build writes.
package struct BuildArtifact: Hashable, Sendable {
  /// The file's name in the output folder.
  package let name: String
  /// The whole content.
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A place in a source file as outputs name it: relative to the policy folder, so that the same source gives the
/// same bytes wherever it lies.
package struct SourceLocation: Hashable, Sendable {
  /// The path of the file, from the policy folder.
  package let file: String
  /// The line, from 1.
  package let line: Int
  /// The column in Unicode scalars, from 1.
  package let column: Int

  /// A place; line and column count from 1.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
