import XMLInput

/// The text of the element that is open. Elements with text hold no others, so that there is one at a time, and its
/// storage serves for all.
struct OpenText {
  private(set) var bytes: [UInt8] = []
  private(set) var isCDATA = false
  private var start: XMLPosition?
  private var ink: XMLPosition?

  /// Where the text begins, leading white space aside; nil when there is none.
  var position: XMLPosition? { ink }

  /// The text so far.
  var value: String { String(decoding: bytes, as: UTF8.self) }

  /// Makes ready for another element.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 16)
    isCDATA = false
    start = nil
    ink = nil
  }

  mutating func append(_ more: UnsafeBufferPointer<UInt8>, cdata: Bool, at position: XMLPosition) {
    if cdata { isCDATA = true }
    if start == nil { start = position }
    if ink == nil, let first = firstInk(of: more, from: position) { ink = cdata ? position : first }
    bytes.append(contentsOf: more)
  }

  /// The text of an element that has ended.
  func text(
    _ value: String, of frame: Frame, pathNumber: UInt32, endingAt end: XMLPosition
  ) -> PayloadText {
    PayloadText(
      value: value, element: frame.position, position: ink ?? frame.position, start: start ?? frame.position,
      end: end, isCDATA: isCDATA, hasElements: frame.hasElements, pathNumber: pathNumber)
  }
}

/// Where the first character that is not white space stands, in text that begins at a position; nil when there is none.
func firstInk(of text: UnsafeBufferPointer<UInt8>, from position: XMLPosition) -> XMLPosition? {
  var end = 0
  while end < text.count, isXMLSpace(text[end]) { end += 1 }
  guard end < text.count else { return nil }
  if end == 0 { return position }
  var line = position.line
  var column = position.column
  for byte in text[..<end] {
    if byte == 0x0A {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }
  return XMLPosition(line: line, column: column)
}
