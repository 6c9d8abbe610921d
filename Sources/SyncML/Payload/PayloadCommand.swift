import Diagnostics

/// The text of an element as it stood in a payload, with its places.
package struct PayloadText: Hashable, Sendable {
  /// The text with references resolved; white space is kept.
  package var value: String
  /// Where the element begins (`<`).
  package var element: SourcePosition
  /// Where the text begins, leading white space aside; the element's place when there is no text.
  package var position: SourcePosition
  /// Where the content begins, white space included; the element's place when there is none.
  package var start: SourcePosition
  /// Where the end tag begins (`<`); the element's place before it was read.
  package var end: SourcePosition
  /// Whether any of it stands in a CDATA section.
  package var isCDATA: Bool
  /// Whether elements stand where only text belongs; `value` is then not the whole content.
  package var hasElements: Bool
  /// Of a path the number under which the parser knows it at the moment, 0 for none.
  var pathNumber: UInt32 = 0

  /// The text without white space around it.
  package var trimmed: Substring { trimmedXML(value) }
}

/// `Format` and `Type` as they stood in a payload.
package struct PayloadMeta: Hashable, Sendable {
  /// The text of `Format`.
  package var format: PayloadText?
  /// The text of `Type`.
  package var type: PayloadText?
}

/// An item as it stood in a payload.
package struct PayloadItem: Hashable, Sendable {
  /// Where the element begins.
  package var position: SourcePosition
  /// The `LocURI` in `Target`.
  package var target: PayloadText?
  /// The `LocURI` in `Source`.
  package var source: PayloadText?
  /// Its `Format` and `Type`.
  package var meta = PayloadMeta()
  /// The value.
  package var data: PayloadText?
  /// Whether the value is one part of several (`MoreData`).
  package var hasMoreData = false
}

/// A command as it stood in a payload. The commands of a group are not part of it: a reader passes them one by one,
/// so that no more than one is in memory.
package struct PayloadCommand: Hashable, Sendable {
  /// Which command it is.
  package var verb: SyncMLVerb
  /// Where the element begins.
  package var position: SourcePosition
  /// The `CmdID`.
  package var cmdID: PayloadText?
  /// Its items, in order.
  package var items: [PayloadItem] = []
  /// The groups that it stands in, outermost first.
  package var groups: [SyncMLVerb] = []

  /// What few commands have.
  private struct Rare: Hashable, Sendable {
    var meta = PayloadMeta()
    var data: PayloadText?
    var msgRef: PayloadText?
    var cmdRef: PayloadText?
    var cmd: PayloadText?
    var correlator: PayloadText?
    var references: [PayloadText] = []
  }

  /// One or none, apart from the rest so that copies of the others stay small.
  private var rare: [Rare] = []

  /// A command before anything in it was read.
  init(verb: SyncMLVerb, position: SourcePosition) {
    self.verb = verb
    self.position = position
  }

  /// Its `Format` and `Type`.
  package var meta: PayloadMeta {
    get { rare.first?.meta ?? PayloadMeta() }
    set { set(\.meta, newValue) }
  }
  /// `Data` of an Alert or a Status.
  package var data: PayloadText? {
    get { rare.first?.data }
    set { set(\.data, newValue) }
  }
  /// `MsgRef` of a Status or Results.
  package var msgRef: PayloadText? {
    get { rare.first?.msgRef }
    set { set(\.msgRef, newValue) }
  }
  /// `CmdRef` of a Status or Results.
  package var cmdRef: PayloadText? {
    get { rare.first?.cmdRef }
    set { set(\.cmdRef, newValue) }
  }
  /// `Cmd` of a Status.
  package var cmd: PayloadText? {
    get { rare.first?.cmd }
    set { set(\.cmd, newValue) }
  }
  /// `Correlator` of an Alert or an Exec.
  package var correlator: PayloadText? {
    get { rare.first?.correlator }
    set { set(\.correlator, newValue) }
  }

  /// `TargetRef` and `SourceRef` of a Status or Results: the addresses of the command that is answered.
  package var references: [PayloadText] {
    get { rare.first?.references ?? [] }
    set { set(\.references, newValue) }
  }

  /// Whether it has nothing but a CmdID and items.
  var isPlain: Bool { rare.isEmpty }

  private mutating func set<Value>(_ part: WritableKeyPath<Rare, Value>, _ value: Value) {
    if rare.isEmpty { rare.append(Rare()) }
    rare[0][keyPath: part] = value
  }

  /// Makes the value serve for another command.
  mutating func begin(_ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb]) {
    self.verb = verb
    self.position = position
    self.groups = groups
    cmdID = nil
    rare.removeAll()
    items.removeAll(keepingCapacity: items.capacity <= 16)
  }

  /// Whether it stands in an Atomic, however deep.
  package var isInAtomic: Bool { groups.contains(.atomic) }
}

/// The `SyncHdr` as it stood in a payload.
package struct PayloadHeader: Hashable, Sendable {
  /// Where the element begins.
  package var position: SourcePosition
  /// The namespace of the message, empty for none.
  package var namespace: String
  /// `VerDTD`
  package var verDTD: PayloadText?
  /// `VerProto`
  package var verProto: PayloadText?
  /// `SessionID`
  package var sessionID: PayloadText?
  /// `MsgID`
  package var msgID: PayloadText?
  /// The `LocURI` of the device.
  package var target: PayloadText?
  /// The `LocURI` of the server.
  package var source: PayloadText?
}

/// A text without the white space of XML around it.
func trimmedXML(_ text: String) -> Substring {
  let utf8 = text.utf8
  guard let first = utf8.firstIndex(where: { !isXMLSpace($0) }),
    let last = utf8.lastIndex(where: { !isXMLSpace($0) })
  else { return text[text.endIndex...] }
  return text[first...last]
}

/// Space, tab, LF and CR: the white space of XML.
func isXMLSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

extension PayloadText {
  /// Whether `<![CDATA[` stands in the text without a `]]>` behind it.
  var hasUnclosedCDATA: Bool {
    // Few values have a bracket, and none of these needs a closer look.
    let hasBracket = value.utf8.withContiguousStorageIfAvailable { $0.contains(UInt8(ascii: "[")) }
    guard hasBracket != false, let opening = value.place(ofLast: "<![CDATA[") else { return false }
    return value.place(ofLast: "]]>").map { $0 < opening } ?? true
  }
}

extension String {
  /// The last place at which some bytes of ASCII stand.
  fileprivate func place(ofLast pattern: StaticString) -> Index? {
    let wanted = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)
    var end = utf8.endIndex
    while let start = utf8[..<end].lastIndex(of: wanted[0]) {
      if utf8[start...].starts(with: wanted) { return start }
      end = start
    }
    return nil
  }
}
