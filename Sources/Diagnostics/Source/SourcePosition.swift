/// A place in a text: the line and the column that people count, and the byte.
///
/// A line ends with LF, CR LF or a lone CR. A byte order mark at the very beginning belongs to no column.
/// Every text of a payload has several places, so the numbers are kept in 32 bits; what is larger counts as the largest.
/// It is public because SwiftPM inlines nothing else across modules, and the scanner of markup makes two for every tag.
public struct SourcePosition: Hashable, Comparable, Sendable, CustomStringConvertible {
  @usableFromInline let lineNumber: UInt32
  @usableFromInline let columnNumber: UInt32
  @usableFromInline let byteOffset: UInt32

  /// Where every text begins.
  public static let start = SourcePosition(line: 1, column: 1, offset: 0)

  /// The line, from 1.
  @inlinable public var line: Int { Int(lineNumber) }
  /// The column in Unicode scalars, from 1.
  @inlinable public var column: Int { Int(columnNumber) }
  /// The bytes of the text before the place, a byte order mark included.
  @inlinable public var offset: Int { Int(byteOffset) }

  /// A place; nothing says that a text has it.
  @inlinable public init(line: Int, column: Int, offset: Int) {
    lineNumber = UInt32(clamping: line)
    columnNumber = UInt32(clamping: column)
    byteOffset = UInt32(clamping: offset)
  }

  /// The order of reading.
  @inlinable public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.byteOffset < right.byteOffset
  }

  /// The place of the byte at an index of some bytes that begin here.
  @inlinable public func advanced<Bytes: RandomAccessCollection<UInt8>>(
    to end: Int, of bytes: Bytes
  ) -> SourcePosition where Bytes.Index == Int {
    var line = line
    var column = column
    for index in bytes.startIndex..<end {
      let byte = bytes[index]
      if byte == 0x0A || byte == 0x0D && (index + 1 == bytes.endIndex || bytes[index + 1] != 0x0A) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return SourcePosition(line: line, column: column, offset: offset + (end - bytes.startIndex))
  }

  /// `LINE:COLUMN`
  public var description: String { "\(line):\(column)" }
}

/// Where something begins in a text, and where it ends: behind its last character.
package struct SourceRange: Hashable, Sendable {
  /// The place of the first character.
  package let start: SourcePosition
  /// The place behind the last character.
  package let end: SourcePosition

  /// What lies between two places.
  package init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
