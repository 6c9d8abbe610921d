import Diagnostics
import XMLInput

/// The text of the element that is open. Elements with text hold no others, so that there is one at a time, and its
/// storage serves for all.
struct OpenText {
  private(set) var bytes: [UInt8] = []
  private(set) var isCDATA = false
  private var start: SourcePosition?
  private var ink: SourcePosition?

  /// Where the text begins, leading white space aside; nil when there is none.
  var position: SourcePosition? { ink }

  /// The text so far.
  var value: String { String(decoding: bytes, as: UTF8.self) }

  /// Makes ready for another element.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 16)
    isCDATA = false
    start = nil
    ink = nil
  }

  mutating func append(
    _ more: UnsafeBufferPointer<UInt8>, of event: XMLBatch.Event, in batch: XMLBatch
  ) {
    if event.kind == .cdata { isCDATA = true }
    if start == nil { start = event.at }
    if ink == nil { ink = firstInk(of: more, event, in: batch) }
    bytes.append(contentsOf: more)
  }

  /// The text of an element that has ended.
  func text(
    _ value: String, of frame: Frame, pathNumber: UInt32, endingAt end: SourcePosition
  ) -> PayloadText {
    PayloadText(
      value: value, element: frame.position, position: ink ?? frame.position, start: start ?? frame.position,
      end: end, isCDATA: isCDATA, hasElements: frame.hasElements, pathNumber: pathNumber)
  }
}

/// Where the first character that is not white space is, in the text of an event; nil when there is none. Of a CDATA
/// section with such a character it is where the section begins.
func firstInk(
  of text: UnsafeBufferPointer<UInt8>, _ event: XMLBatch.Event, in batch: XMLBatch
) -> SourcePosition? {
  guard let first = text.first else { return nil }
  guard isXMLSpace(first) else { return event.at }
  guard text.contains(where: { !isXMLSpace($0) }) else { return nil }
  let source = batch.source[min(max(event.at.offset - batch.sourceStart, 0), batch.source.count)...]
  let end = source.firstIndex { !isXMLSpace($0) } ?? source.startIndex
  return event.at.advanced(to: end, of: source)
}
