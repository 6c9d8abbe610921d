import Diagnostics

/// What a few thousand bytes of a document hold, in document order and in flat storage: a reader that judges a hundred
/// megabytes has no time for a string of every name and every white space.
///
/// The batch, and every number in it but the ids below ``XMLBatch/lastingNames``, means something only until the next.
public struct XMLBatch {
  /// How many names have an id that stays theirs as long as the reader lives. Ids from this on are of one batch.
  public static let lastingNames = 1024

  /// What an event is.
  public enum Kind: UInt8, Hashable, Sendable {
    case start, end, text, cdata, comment, processingInstruction
  }

  /// One event.
  public struct Event: Hashable, Sendable {
    /// What it is.
    public let kind: Kind
    /// Where it begins.
    package let at: SourcePosition
    /// The id of the name of an element, else 0.
    let name: UInt32
    let first: UInt32
    let count: UInt32

    /// The id of the name of an element that starts or ends, for ``XMLBatch/name(_:)``.
    public var nameID: Int { Int(name) }
    /// Of text and CDATA its bytes in ``XMLBatch/bytes``, of a processing instruction its target's, of a start its
    /// attributes in ``XMLBatch/attributes``.
    public var content: Range<Int> { Int(first)..<Int(first) + Int(count) }
  }

  /// The events, in document order.
  public internal(set) var events: [Event] = []
  /// The text of all events, with references resolved.
  public internal(set) var bytes: [UInt8] = []
  /// The bytes of the document that the events were read from, from where the first of them begins or before.
  package private(set) var source: [UInt8] = []
  /// The offset of the first of these.
  package private(set) var sourceStart = 0
  /// The attributes of all elements.
  public internal(set) var attributes: [XMLAttribute] = []
  var names: [XMLName] = []
  var passingNames: [XMLName] = []

  /// The name of an id.
  public func name(_ id: Int) -> XMLName {
    id < Self.lastingNames ? names[id] : passingNames[id - Self.lastingNames]
  }

  /// The text of an event.
  public func text(of event: Event) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[event.content], as: UTF8.self) }
  }

  /// An event as a value of its own.
  public func event(_ event: Event) -> XMLEvent {
    switch event.kind {
    case .start: .start(name(event.nameID), attributes: Array(attributes[event.content]), at: event.at)
    case .end: .end(name(event.nameID), at: event.at)
    case .text: .text(text(of: event), cdata: false, at: event.at)
    case .cdata: .text(text(of: event), cdata: true, at: event.at)
    case .comment: .comment(at: event.at)
    case .processingInstruction: .processingInstruction(target: text(of: event), at: event.at)
    }
  }

  mutating func append(_ kind: Kind, name: Int = 0, content: Range<Int> = 0..<0, at position: SourcePosition)
  {
    events.append(
      Event(
        kind: kind, at: position, name: UInt32(truncatingIfNeeded: name),
        first: UInt32(truncatingIfNeeded: content.lowerBound),
        count: UInt32(truncatingIfNeeded: content.count)))
  }

  mutating func setSource(_ bytes: [UInt8], from start: Int) {
    source = bytes
    sourceStart = start
  }

  /// Takes text back that is no event's.
  mutating func forgetBytes(from first: Int) { bytes.removeLast(bytes.count - first) }

  /// Empties the batch but for lasting names and the text that is not complete yet.
  mutating func reset(keepingBytesFrom first: Int) {
    source = []
    events.removeAll(keepingCapacity: true)
    attributes.removeAll(keepingCapacity: true)
    passingNames.removeAll(keepingCapacity: true)
    if first == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 18)
    } else if first > 0 {
      bytes.removeFirst(first)
    }
  }
}
