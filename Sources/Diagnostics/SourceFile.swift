/// A text file as bytes, with the name that diagnostics show and the offsets at which its lines begin.
///
/// Bytes are kept as they came; a file that is not UTF-8 can still be shown in a diagnostic.
public struct SourceFile: Sendable {
  /// The name for people: the path as the user gave it, or `<stdin>`.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Which source file of a ``SourceMap`` a span lies in.
public struct FileID: Hashable, Sendable {
  public let index: Int32
  public init(index: Int32) { self.index = index }
}

/// The files of one run, in the order in which they were read.
public struct SourceMap: Sendable {
  public private(set) var files: [SourceFile] = []

  public init() {}

  /// Adds a file and gives its identity.
  public mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(index: Int32(truncatingIfNeeded: files.count - 1))
  }

  /// The file of an identity that this map gave out.
  public subscript(id: FileID) -> SourceFile { files[Int(id.index)] }

  /// The file of an identity, or nil for one of another map.
  public func file(_ id: FileID) -> SourceFile? {
    files.indices.contains(Int(id.index)) ? files[Int(id.index)] : nil
  }
}

/// A half-open range of bytes in one file.
public struct Span: Hashable, Sendable {
  public let file: FileID
  public let start: UInt32
  public let end: UInt32

  public init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }
}
