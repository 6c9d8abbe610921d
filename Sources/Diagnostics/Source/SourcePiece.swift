/// A part of one line of a file that is too large to be kept.
public struct SourcePiece: Hashable, Sendable {
  /// The place of the first byte in the file.
  package let start: SourcePosition
  /// The text, without a line end.
  public let bytes: [UInt8]

  /// A part of a line.
  package init(start: SourcePosition, bytes: [UInt8]) {
    self.start = start
    self.bytes = bytes
  }

  /// How many line ends stand between two pieces, so that no two seem to be neighbours.
  static let distance = 4
  static let separator = [UInt8](repeating: 0x0A, count: distance)
}

/// Picks from a file, while it is read piece by piece, the parts of lines around some places.
public struct SourcePicker: Sendable {
  /// How much is kept before and behind a place, in bytes.
  private static let before = 512
  private static let behind = 1536
  /// A character has no more bytes.
  private static let longestCharacter = 4

  /// A range of bytes of the file, and the places within.
  private struct Window {
    let start: Int
    var end: Int
    var places: [SourcePosition]
  }

  private var windows: [Window] = []
  private var next = 0
  private var offset = 0
  /// The text of the next window as far as it was read.
  private var text: [UInt8] = []
  private var picked: [SourcePiece] = []

  /// A picker of the parts around some places.
  public init(_ places: some Sequence<SourcePosition>) {
    for place in Set(places).sorted() {
      let start = max(place.offset - Self.before, 0)
      let end = place.offset + Self.behind + Self.longestCharacter
      if let last = windows.indices.last, start <= windows[last].end {
        windows[last].end = end
        windows[last].places.append(place)
      } else {
        windows.append(Window(start: start, end: end, places: [place]))
      }
    }
  }

  /// Takes the next bytes of the file; false once no more are needed.
  public mutating func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let end = offset + bytes.count
    while next < windows.count {
      let from = max(windows[next].start, offset)
      let to = min(windows[next].end, end)
      if from < to { text.append(contentsOf: bytes[(from - offset)..<(to - offset)]) }
      guard windows[next].end <= end else { break }
      close()
    }
    offset = end
    return next < windows.count
  }

  /// The pieces in the order of the file. What the file no longer had, as a stream that was read before, is held by a
  /// piece without text for each place.
  public consuming func finish() -> [SourcePiece] {
    while next < windows.count { close() }
    return picked
  }

  private mutating func close() {
    let window = windows[next]
    var rest = window.places[...]
    while let line = rest.first?.line {
      let places = rest.prefix { $0.line == line }
      pick(places, from: window.start)
      rest = rest.dropFirst(places.count)
    }
    text.removeAll(keepingCapacity: true)
    next += 1
  }

  /// Picks what is kept of a line; `start` is the offset of the window's text.
  private mutating func pick(_ places: ArraySlice<SourcePosition>, from start: Int) {
    guard !text.isEmpty, let first = places.first, let last = places.last, last.offset - start <= text.count
    else {
      picked += places.map { SourcePiece(start: $0, bytes: []) }
      return
    }
    let mark = start == 0 ? byteOrderMarkLength(of: text) : 0
    let index = max(first.offset - start, mark)
    let end = max(last.offset - start, index)
    var from = max(index - Self.before, mark)
    if let lineEnd = text[from..<index].lastIndex(where: Self.endsLine) { from = lineEnd + 1 }
    while from < index, Self.continues(text[from]) { from += 1 }
    let limit = min(end + Self.behind, text.count)
    var to = text[end..<limit].firstIndex(where: Self.endsLine) ?? limit
    while to > end, to < text.count, Self.continues(text[to]) { to -= 1 }
    let scalars = text[from..<index].count { !Self.continues($0) }
    picked.append(
      SourcePiece(
        start: SourcePosition(
          line: first.line, column: first.column - scalars, offset: start + from),
        bytes: Array(text[from..<to])))
  }

  private static func endsLine(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  private static func continues(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
