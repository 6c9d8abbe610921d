/// Where the lines of a text begin, so that a byte offset can be told as line and column.
///
/// A line ends with LF, CR LF or a lone CR. A byte order mark at the very beginning belongs to no column.
/// Every offset is accepted: one past the end means the end.
public struct LineIndex: Sendable {
  /// The text, as it came.
  public let bytes: [UInt8]
  private let starts: [Int]
  /// The number of scalars that begin before each block of ``blockSize`` bytes, which keeps the column of an
  /// offset far out on a very long line cheap.
  private let scalarsBeforeBlock: [Int]
  private static let blockSize = 4096
  /// The parts that the text consists of, when the file is not kept whole, each with where it begins in the text.
  private let pieces: [(piece: SourcePiece, start: Int)]

  /// Finds the lines of a file. Of one that is not kept whole, positions are those in the file.
  public init(_ file: SourceFile) { self.init(file.bytes, file.pieces) }

  /// Finds the lines of a text, in one pass.
  public init(_ bytes: [UInt8]) { self.init(bytes, []) }

  private init(_ bytes: [UInt8], _ parts: [SourcePiece]) {
    self.bytes = bytes
    let markLength = parts.isEmpty ? byteOrderMarkLength(of: bytes) : 0
    var starts = [markLength]
    var blocks: [Int] = []
    blocks.reserveCapacity(bytes.count / Self.blockSize + 1)
    var scalars = 0
    bytes.withUnsafeBufferPointer { text in
      for offset in 0..<text.count {
        if offset % Self.blockSize == 0 { blocks.append(scalars) }
        let byte = text[offset]
        if byte & 0xC0 != 0x80 { scalars += 1 }
        if byte == 0x0A {
          starts.append(offset + 1)
        } else if byte == 0x0D, offset + 1 == text.count || text[offset + 1] != 0x0A {
          starts.append(offset + 1)
        }
      }
    }
    self.starts = starts
    scalarsBeforeBlock = blocks
    var start = 0
    var pieces: [(piece: SourcePiece, start: Int)] = []
    for piece in parts {
      pieces.append((piece, start))
      start += piece.bytes.count + SourcePiece.distance
    }
    self.pieces = pieces
  }

  /// Whether the text is that of the whole file.
  public var isWhole: Bool { pieces.isEmpty }

  /// The number in the file of a line of the text.
  func number(ofLine line: Int) -> Int {
    pieces.isEmpty ? line : piece(ofLine: line).piece.start.line
  }

  /// Only called when there are pieces.
  private func piece(ofLine line: Int) -> (piece: SourcePiece, start: Int) {
    pieces[min(max(line - 1, 0) / SourcePiece.distance, pieces.count - 1)]
  }

  /// The number of lines; a text that ends with a line end has an empty last line.
  public var lineCount: Int { starts.count }

  /// The line, from 1, that a byte offset lies on. A line end belongs to the line that it ends.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line, from 1, without its line end; empty for a line that does not exist.
  public func content(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    let start = starts[line - 1]
    guard line < starts.count else { return start..<bytes.count }
    var end = starts[line] - 1
    if end > start, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The place of a byte of the text, as a place in the file. One within a line end counts as the end of the line's
  /// text.
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(at: offset)
    let content = content(ofLine: line)
    let end = min(max(offset, content.lowerBound), content.upperBound)
    let scalars = scalarsBefore(end) - scalarsBefore(content.lowerBound)
    guard !pieces.isEmpty else { return SourcePosition(line: line, column: 1 + scalars, offset: offset) }
    let (piece, start) = piece(ofLine: line)
    return SourcePosition(
      line: piece.start.line, column: piece.start.column + scalars,
      offset: piece.start.offset + min(max(offset - start, 0), piece.bytes.count))
  }

  /// The byte of the text that is at a place in the file: the inverse of ``position(at:)``. Of a file that is not kept
  /// whole, the place is one of those that its parts were picked for.
  package func offset(of position: SourcePosition) -> Int {
    guard !pieces.isEmpty else { return min(max(position.offset, starts[0]), bytes.count) }
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].piece.start <= position { low = middle } else { high = middle }
    }
    let (piece, start) = pieces[low]
    return start + min(max(position.offset - piece.start.offset, 0), piece.bytes.count)
  }

  /// The number of scalars that begin before an offset.
  private func scalarsBefore(_ offset: Int) -> Int {
    guard !bytes.isEmpty else { return 0 }
    let block = min(offset / Self.blockSize, scalarsBeforeBlock.count - 1)
    var count = scalarsBeforeBlock[block]
    for index in (block * Self.blockSize)..<offset where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
