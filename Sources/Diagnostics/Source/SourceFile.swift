/// A text file as bytes, with the name that diagnostics show and the offsets at which its lines begin.
///
/// Bytes are kept as they came; a file that is not UTF-8 can still be shown in a diagnostic.
public struct SourceFile: Sendable {
  /// The name for people: the path as the user gave it, or `<stdin>`.
  public let name: String
  /// The content, as it came; of a file that is not kept whole, the parts that are, with line ends between them.
  public let bytes: [UInt8]
  /// The parts of a file that is not kept whole; empty for one that is.
  let pieces: [SourcePiece]

  /// A file of this name and content.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    pieces = []
  }

  /// A file that is too large to be kept, with the parts of its lines that findings point at.
  public init(name: String, pieces: [SourcePiece]) {
    self.name = name
    self.pieces = pieces
    bytes = Array(pieces.map(\.bytes).joined(separator: SourcePiece.separator))
  }
}

/// Which source file of a ``SourceMap`` a span lies in.
public struct FileID: Hashable, Sendable {
  /// The place in ``SourceMap/files``.
  public let index: Int32
  /// The identity of the file at this place.
  public init(index: Int32) { self.index = index }
}

/// The files of one run, in the order in which they were read.
public struct SourceMap: Sendable {
  /// The files, each at the index of its identity.
  public private(set) var files: [SourceFile] = []

  /// A map without files.
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
  /// The file that it lies in.
  public let file: FileID
  /// The offset of its first byte.
  public let start: UInt32
  /// The offset after its last byte.
  public let end: UInt32

  /// A range; empty at `start` when `end` lies before it.
  public init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }
}
