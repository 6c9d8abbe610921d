#if canImport(Glibc)
  import Glibc
#endif

/// A part of one line of a file that is too large to be kept.
package struct SourcePiece: Hashable, Sendable {
  /// The line in the file, from 1.
  package let line: Int
  /// The column of the first byte in bytes, from 1.
  package let byteColumn: Int
  /// The column of the first byte in Unicode scalars, from 1; in bytes where the file could not be read twice.
  package let column: Int
  /// The offset of the first byte in the file, or nil where it is not known.
  package let offset: Int?
  /// The text, without a line end.
  package let bytes: [UInt8]

  /// A part of a line.
  package init(line: Int, byteColumn: Int, column: Int, offset: Int?, bytes: [UInt8]) {
    self.line = line
    self.byteColumn = byteColumn
    self.column = column
    self.offset = offset
    self.bytes = bytes
  }

  /// How many line ends stand between two pieces, so that no two seem to be neighbours.
  static let distance = 4
  static let separator = [UInt8](repeating: 0x0A, count: distance)
}

/// Picks from a file, while it is read piece by piece, the parts of lines around some places.
package struct SourcePicker: Sendable {
  /// How much is kept before and behind a place, in bytes.
  private static let before = 512
  private static let behind = 1536

  /// A range of bytes of one line, as columns from 1.
  private struct Window {
    let line: Int
    let start: Int
    var end: Int
    /// The columns of the places within.
    var places: [Int]
  }

  private var windows: [Window] = []
  private var next = 0
  private var line = 1
  private var column = 1
  private var scalars = 1
  private var offset = 0
  private var open: (window: Window, column: Int, byteColumn: Int, offset: Int, bytes: [UInt8])?
  private var picked: [SourcePiece] = []

  /// A picker of the parts around some places, whose columns count bytes.
  package init(_ places: some Sequence<SourcePosition>) {
    for place in Set(places).sorted() {
      let start = max(place.column - Self.before, 1)
      if let last = windows.last, last.line == place.line, start <= last.end {
        windows[windows.count - 1].end = place.column + Self.behind
        windows[windows.count - 1].places.append(place.column)
      } else {
        windows.append(
          Window(line: place.line, start: start, end: place.column + Self.behind, places: [place.column]))
      }
    }
  }

  /// Takes the next bytes of the file; false once no more are needed.
  package mutating func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      offset = 3
    }
    while index < bytes.count {
      guard next < windows.count else { return false }
      guard windows[next].line == line else {
        let start = index
        index = Self.lineEnd(in: bytes, from: index)
        offset += index - start
        if index < bytes.count {
          index += 1
          endLine()
        }
        continue
      }
      take(bytes[index])
      index += 1
    }
    return next < windows.count
  }

  /// The pieces in the order of the file. What the file no longer had, as a stream that was read before, is held by a
  /// piece without text for each place.
  package consuming func finish() -> [SourcePiece] {
    if open != nil { close() }
    for window in windows[next...] {
      for column in window.places {
        picked.append(
          SourcePiece(line: window.line, byteColumn: column, column: column, offset: nil, bytes: []))
      }
    }
    return picked
  }

  /// The next line feed, or the end of the bytes.
  private static func lineEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
      return bytes.count
    }
    return UnsafeRawPointer(found) - base
  }

  private mutating func take(_ byte: UInt8) {
    if byte == 0x0A {
      if open != nil { close() }
      // A place behind the end of its line is held by a piece of the line's end.
      while next < windows.count, windows[next].line == line {
        picked.append(SourcePiece(line: line, byteColumn: column, column: scalars, offset: offset, bytes: []))
        next += 1
      }
      endLine()
      return
    }
    let beginsScalar = byte & 0xC0 != 0x80
    if beginsScalar, let window = open?.window, column >= window.end { close() }
    if open == nil, beginsScalar, next < windows.count, windows[next].line == line,
      column >= windows[next].start
    {
      open = (windows[next], scalars, column, offset, [])
    }
    open?.bytes.append(byte)
    column += 1
    offset += 1
    if beginsScalar { scalars += 1 }
  }

  private mutating func close() {
    guard let part = open else { return }
    if part.bytes.last == 0x0D { open?.bytes.removeLast() }
    picked.append(
      SourcePiece(
        line: part.window.line, byteColumn: part.byteColumn, column: part.column, offset: part.offset,
        bytes: open?.bytes ?? []))
    open = nil
    next += 1
  }

  private mutating func endLine() {
    line += 1
    column = 1
    scalars = 1
    offset += 1
  }
}
