/// One file that a build writes.
public struct BuildArtifact: Hashable, Sendable {
  /// The file's name in the output folder.
  public let name: String
  /// The whole content.
  public let bytes: [UInt8]

  /// A file of this name and content.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A place in a source file as outputs name it: relative to the policy folder, so that the same source gives the
/// same bytes wherever it lies.
public struct SourceLocation: Hashable, Sendable {
  /// The path of the file, from the policy folder.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int

  /// A place; line and column count from 1.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
