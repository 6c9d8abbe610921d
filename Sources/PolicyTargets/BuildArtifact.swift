/// One file that a build writes.
public struct BuildArtifact: Hashable, Sendable {
  /// The file's name in the output folder.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A place in a source file as outputs name it: relative to the policy folder, so that the same source gives the
/// same bytes wherever it lies.
public struct SourceLocation: Hashable, Sendable {
  public let file: String
  /// Both counted from 1; the column counts Unicode scalars.
  public let line: Int
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}
