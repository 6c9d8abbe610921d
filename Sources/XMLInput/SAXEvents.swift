import CLibXML2
import Diagnostics

/// Turns libxml2's callbacks into a batch of events with the places that the scanner found.
///
/// The callbacks only collect; the reader hands the events on between two chunks, so that no error ever crosses C. The
/// value stands at one address as long as its parser, which C knows it by.
struct SAXEvents {
  /// The element that a fragment is wrapped in. Its name is no name that a file has a reason to use.
  static let fragmentRoot = "policyc-fragment.root"

  /// libxml2 keeps names as long as the parser.
  private struct OpenElement {
    var local: UnsafePointer<xmlChar>
    var prefix: UnsafePointer<xmlChar>?
    var namespace: UnsafePointer<xmlChar>?
    var at: SourcePosition
  }

  let limits: XMLLimits
  let isFragment: Bool
  /// Whether white space next to an element, which a text of its own is not, is left out.
  let skipsSpace: Bool
  var tokens: [MarkupToken] = []
  private(set) var failure: XMLError?
  var isFinishing = false
  /// Where the reading stands when no batch is being parsed.
  var position = SourcePosition.start

  /// The bytes libxml2 reads at the moment, and the place of the first.
  var batch = UnsafeRawBufferPointer(start: nil, count: 0)
  var batchAt = SourcePosition.start
  /// Bytes given to libxml2 that the document has not, and bytes of the document that it was not given.
  var injected = 0
  var skipped = 0

  private var parser: xmlParserCtxtPtr?
  /// What was met since the last batch.
  private(set) var events = XMLBatch()
  private var nextToken = 0
  private var lastEnd = SourcePosition.start
  private var emptyElementAt: SourcePosition?
  private var open: [OpenElement] = []
  private var hasElement = false
  private var isInFragment = false
  /// Where the text that may go on begins in the batch's bytes.
  private var textStart = 0
  private var textIsCData = false
  private var textAt: SourcePosition?
  private var names = NameTable()
  /// Whether the last event is the end of an element.
  private var followsEnd = false

  init(limits: XMLLimits, isFragment: Bool, skipsSpace: Bool) {
    self.limits = limits
    self.isFragment = isFragment
    self.skipsSpace = skipsSpace
  }

  /// A push parser that reports to the value at an address. The caller frees it, and keeps the value as long.
  static func makeParser(reportingTo events: UnsafeMutablePointer<SAXEvents>) -> xmlParserCtxtPtr? {
    guard let library = LibXML2.installed else { return nil }
    var handler = saxHandler()
    let parser = library.createParser(&handler, UnsafeMutableRawPointer(events), nil, 0, nil)
    // HUGE lifts limits of libxml2 that are stricter in one place and absent in another than ours.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
    _ = library.useOptions(parser, Int32(options))
    events.pointee.parser = parser
    return parser
  }

  /// The offset from which on libxml2 has bytes whose events are not all met.
  var unfinished: Int { min(textAt?.offset ?? .max, parsedOffset) }

  /// Makes the events ready to be handed on, with the bytes that they were read from and the offset of the first.
  mutating func handOn(_ source: [UInt8], from start: Int) { events.setSource(source, from: start) }

  /// Forgets what was handed on.
  mutating func clear() {
    tokens.removeFirst(nextToken)
    nextToken = 0
    events.reset(keepingBytesFrom: textAt == nil ? events.bytes.count : textStart)
    textStart = 0
  }

  /// Called when libxml2 has seen the end.
  mutating func finish() {
    flushText()
    guard failure == nil else { return }
    if let element = open.last { return fail(.notWellFormed, notClosed(element), at: position) }
    if parser?.pointee.wellFormed != 1 {
      fail(.notWellFormed, "the document is not well-formed XML", at: position)
    }
  }

  /// The place of an offset that lies in the current batch, or the nearer end of the batch.
  func place(of offset: Int) -> SourcePosition {
    batchAt.advanced(to: min(max(0, offset - batchAt.offset), batch.count), of: batch)
  }

  mutating func fail(_ kind: XMLError.Kind, _ message: String, at position: SourcePosition) {
    guard failure == nil else { return }
    flushText()
    failure = XMLError(kind, message, at: position)
  }

  // MARK: What libxml2 reports

  mutating func startDocument() {
    guard let input = parser?.pointee.input else { return }
    guard let declared = input.pointee.encoding ?? parser?.pointee.encoding else { return }
    let name = string(declared)
    if name.lowercased() != "utf-8", name.lowercased() != "utf8" {
      fail(.notWellFormed, "the document declares the encoding \(name); expected UTF-8", at: lastEnd)
    }
  }

  mutating func start(
    _ local: UnsafePointer<xmlChar>, prefix: UnsafePointer<xmlChar>?, namespace: UnsafePointer<xmlChar>?,
    attributes: UnsafeBufferPointer<UnsafePointer<xmlChar>?>
  ) {
    guard failure == nil else { return }
    if isFragment, !isInFragment {
      isInFragment = true
      if tokens.first?.kind == .declaration { _ = pop { $0 == .declaration } }
      return
    }
    flushText(beforeStart: true)
    let token = pop { $0 == .start || $0 == .empty }
    let at = token?.at ?? lastEnd
    guard open.count < limits.depth else {
      return fail(
        .limitExceeded, "elements are nested more than \(limits.depth) deep, the most that is read", at: at)
    }
    hasElement = true
    followsEnd = false
    emptyElementAt = token?.kind == .empty ? at : nil
    open.append(OpenElement(local: local, prefix: prefix, namespace: namespace, at: at))
    let first = events.attributes.count
    if !attributes.isEmpty { read(attributes) }
    events.append(
      .start, name: names.id(local, namespace, in: &events), content: first..<events.attributes.count, at: at)
  }

  mutating func end() {
    guard failure == nil else { return }
    flushText()
    guard let element = open.popLast() else {
      if !isFinishing {
        fail(.notWellFormed, mismatch(found: Self.fragmentRoot), at: pop { $0 == .end }?.at ?? lastEnd)
      }
      return
    }
    var at = emptyElementAt
    emptyElementAt = nil
    if at == nil { at = pop { $0 == .end }?.at }
    events.append(.end, name: names.id(element.local, element.namespace, in: &events), at: at ?? lastEnd)
    followsEnd = true
  }

  mutating func characters(_ bytes: UnsafeBufferPointer<xmlChar>, cdata: Bool) {
    guard failure == nil else { return }
    if textAt != nil, textIsCData != cdata { flushText() }
    if textAt == nil {
      textIsCData = cdata
      textStart = events.bytes.count
      textAt = cdata ? pop { $0 == .cdata }?.at ?? lastEnd : lastEnd
    }
    guard bytes.count <= limits.textBytes - (events.bytes.count - textStart) else {
      return fail(
        .limitExceeded, "a run of text is longer than \(limits.textBytes) bytes, the most that is read",
        at: textAt ?? lastEnd)
    }
    events.bytes.append(contentsOf: bytes)
  }

  mutating func comment() {
    guard failure == nil else { return }
    flushText()
    followsEnd = false
    events.append(.comment, at: pop { $0 == .comment }?.at ?? lastEnd)
  }

  mutating func instruction(_ target: UnsafePointer<xmlChar>) {
    guard failure == nil else { return }
    flushText()
    let at = pop { $0 == .instruction }?.at ?? lastEnd
    followsEnd = false
    let first = events.bytes.count
    events.bytes.append(contentsOf: string(target).utf8)
    events.append(.processingInstruction, content: first..<events.bytes.count, at: at)
  }

  /// libxml2 found a declaration that the scanner did not: nothing good begins like this.
  mutating func declaration() {
    fail(.forbidden, "a document type declaration is not accepted here", at: lastEnd)
  }

  mutating func report(_ error: xmlError) {
    guard failure == nil, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
    if isFinishing, let element = open.last { return fail(.notWellFormed, notClosed(element), at: position) }
    if isFinishing, !hasElement, !isFragment {
      let what = tokens.isEmpty ? "holds no element" : "ends before its outermost element does"
      return fail(.notWellFormed, "the document \(what)", at: position)
    }
    let code = xmlParserErrors(rawValue: UInt32(bitPattern: error.code))
    if code == XML_ERR_TAG_NAME_MISMATCH {
      return fail(.notWellFormed, mismatch(found: error.str2.map { string($0) }), at: markupPlace)
    }
    let place = isInText(code) ? place(of: textOffset) : markupPlace
    fail(.notWellFormed, sentence(for: error, code: code), at: isFinishing ? position : place)
  }

  // MARK: Places and names

  /// How far libxml2 has read, as an offset of the document.
  private var parsedOffset: Int {
    guard let input = parser?.pointee.input?.pointee, let base = input.base, let cur = input.cur else {
      return batchAt.offset
    }
    return Int(clamping: input.consumed) + (cur - base) - injected + skipped
  }

  /// The place of the markup being read, or of the byte when it is outside of any.
  private var markupPlace: SourcePosition {
    let offset = parsedOffset
    for token in tokens[nextToken...].prefix(4)
    where token.bytes.contains(offset) || token.bytes.upperBound == offset {
      return token.at
    }
    return place(of: offset)
  }

  /// The `&` of the reference that libxml2 has just read, or how far it has read.
  private var textOffset: Int {
    let offset = parsedOffset
    let end = min(max(0, offset - batchAt.offset), batch.count)
    for index in stride(from: end - 1, to: max(-1, end - 80), by: -1) {
      if batch[index] == Byte.ampersand { return batchAt.offset + index }
      if batch[index] == Byte.greater || batch[index] == Byte.lineFeed { break }
    }
    return offset
  }

  private func notClosed(_ element: OpenElement) -> String {
    let name = qualified(element)
    return
      "the document ends inside <\(name)>, opened at \(element.at): expected </\(name)>"
  }

  private func mismatch(found: String?) -> String {
    let found = found.map { "</\($0)>" } ?? "another end tag"
    guard let element = open.last else { return "found \(found), but no element is open" }
    let name = qualified(element)
    return
      "found \(found): expected </\(name)> for <\(name)>, opened at \(element.at)"
  }

  private func qualified(_ element: OpenElement) -> String {
    guard let prefix = element.prefix else { return string(element.local) }
    return "\(string(prefix)):\(string(element.local))"
  }

  private mutating func pop(_ isWanted: (MarkupToken.Kind) -> Bool) -> MarkupToken? {
    while nextToken < tokens.count {
      let token = tokens[nextToken]
      nextToken += 1
      lastEnd = token.endsAt
      if isWanted(token.kind) { return token }
    }
    return nil
  }

  private mutating func flushText(beforeStart: Bool = false) {
    guard let at = textAt else { return }
    textAt = nil
    if skipsSpace, !textIsCData, beforeStart || followsEnd, isSpace(from: textStart) {
      events.forgetBytes(from: textStart)
      return
    }
    followsEnd = false
    events.append(textIsCData ? .cdata : .text, content: textStart..<events.bytes.count, at: at)
  }

  private func isSpace(from start: Int) -> Bool {
    events.bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while index < bytes.count {
        switch bytes[index] {
        case 0x20, Byte.lineFeed, Byte.carriageReturn, Byte.tab: index += 1
        default: return false
        }
      }
      return true
    }
  }

  /// Five pointers an attribute: local name, prefix, namespace, first byte of the value and its end.
  private mutating func read(_ fields: UnsafeBufferPointer<UnsafePointer<xmlChar>?>) {
    for index in stride(from: 0, to: fields.count - 4, by: 5) {
      guard let local = fields[index], let start = fields[index + 3], let end = fields[index + 4] else {
        continue
      }
      let value = UnsafeBufferPointer(start: start, count: max(0, end - start))
      let id = names.id(local, fields[index + 2], in: &events)
      events.attributes.append(
        XMLAttribute(name: events.name(id), value: String(decoding: value, as: UTF8.self)))
    }
  }
}

func string(_ text: UnsafePointer<xmlChar>) -> String { String(cString: text) }

func string(_ text: UnsafePointer<CChar>) -> String { String(cString: text) }
