import CLibXML2
import Diagnostics

/// Reads XML piece by piece and reports what it meets in document order.
///
/// libxml2's push parser does the reading. Nothing outside the document is ever opened, no entity but the five predefined
/// ones and character references is known, and every ``XMLLimits`` is enforced while the bytes arrive. The encoding is
/// UTF-8, with or without a byte order mark; a mark does not count as a column.
///
/// After an error a reader is spent: it reports the same error again.
public struct XMLReader: ~Copyable {
  /// What a file is expected to hold.
  public enum Shape: Hashable, Sendable {
    /// One element, as XML asks.
    case document
    /// Any number of elements and text, as SyncML is often handed around.
    case fragment
  }

  private static let slice = 64 << 10
  private static let fragmentStart = Array("<\(SAXEvents.fragmentRoot)>".utf8)
  private static let fragmentEnd = Array("</\(SAXEvents.fragmentRoot)>".utf8)

  private let limits: XMLLimits
  private let shape: Shape
  private let sax: UnsafeMutablePointer<SAXEvents>
  private let parser: xmlParserCtxtPtr?
  private var scanner: MarkupScanner
  /// The bytes from the beginning of the first event that is not handed on.
  private var held: [UInt8] = []
  private var heldStart = 0
  /// How many of them libxml2 has seen, and the place of the next.
  private var parsed = 0
  private var parsedAt = SourcePosition.start
  private var markSeen = 0
  private var isRootFed: Bool
  private var failure: XMLError?

  /// A reader before its first byte.
  ///
  /// - Parameter skipsSpace: Whether white space is left out that stands before an element or behind the end of one. The
  ///   text of an element without elements stays whole.
  public init(limits: XMLLimits = XMLLimits(), shape: Shape = .document, skipsSpace: Bool = false) {
    self.limits = limits
    self.shape = shape
    scanner = MarkupScanner(limits: limits)
    isRootFed = shape == .document
    sax = .allocate(capacity: 1)
    sax.initialize(to: SAXEvents(limits: limits, isFragment: shape == .fragment, skipsSpace: skipsSpace))
    parser = SAXEvents.makeParser(reportingTo: sax)
  }

  deinit {
    LibXML2.installed?.freeParser(parser)
    sax.deinitialize(count: 1)
    sax.deallocate()
  }

  /// Reads the next bytes of the document and calls `handler` for all that is complete.
  ///
  /// An error that the handler throws ends the reading.
  public mutating func feed(
    _ bytes: UnsafeRawBufferPointer, handler: (XMLEvent) throws(XMLError) -> Void
  ) throws(XMLError) {
    try feedBatches(of: bytes) { (batch: XMLBatch) throws(XMLError) in
      for event in batch.events { try handler(batch.event(event)) }
    }
  }

  /// Says that the document is complete.
  public mutating func finish(handler: (XMLEvent) throws(XMLError) -> Void) throws(XMLError) {
    try finishBatches { (batch: XMLBatch) throws(XMLError) in
      for event in batch.events { try handler(batch.event(event)) }
    }
  }

  /// Reads the next bytes of the document and calls `take` with what is complete, if anything is.
  ///
  /// An error that `take` throws ends the reading.
  public mutating func feedBatches(
    of bytes: UnsafeRawBufferPointer, take: (XMLBatch) throws(XMLError) -> Void
  ) throws(XMLError) {
    if let failure { throw failure }
    var rest = bytes[...]
    while markSeen < 3, let byte = rest.first, failure == nil {
      guard byte == byteOrderMark[markSeen] else {
        let held = Array(byteOrderMark[..<markSeen])
        markSeen = 3
        try read(held, take)
        break
      }
      markSeen += 1
      rest = rest.dropFirst()
      if markSeen == 3 { skipMark() }
    }
    while !rest.isEmpty {
      try read(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.slice)), take)
      rest = rest.dropFirst(Self.slice)
    }
  }

  /// Says that the document is complete, and calls `take` with what was left.
  public mutating func finishBatches(take: (XMLBatch) throws(XMLError) -> Void) throws(XMLError) {
    if let failure { throw failure }
    if markSeen == 1 || markSeen == 2 {
      let held = Array(byteOrderMark[..<markSeen])
      markSeen = 3
      try read(held, take)
    }
    if let error = scanner.finish() { try stop(error) }
    sax.pointee.isFinishing = true
    sax.pointee.position = scanner.position
    if shape == .fragment {
      if !isRootFed { inject(Self.fragmentStart) }
      inject(Self.fragmentEnd)
    }
    _ = LibXML2.installed?.parseChunk(parser, nil, 0, 1)
    sax.pointee.finish()
    try drain(take)
  }

  private mutating func skipMark() {
    heldStart = byteOrderMark.count
    scanner.begin(at: heldStart)
    parsedAt = scanner.position
    sax.pointee.skipped = heldStart
  }

  private mutating func read(
    _ held: [UInt8], _ take: (XMLBatch) throws(XMLError) -> Void
  ) throws(XMLError) {
    let result = held.withUnsafeBytes { bytes in
      Result { () throws(XMLError) in try read(bytes, take) }
    }
    try result.get()
  }

  /// One slice: scanned first, then what is complete of it given to libxml2.
  private mutating func read(
    _ slice: UnsafeRawBufferPointer, _ take: (XMLBatch) throws(XMLError) -> Void
  ) throws(XMLError) {
    guard parser != nil else {
      try stop(
        LibXML2.installed == nil
          ? XMLError(
            .unavailable, "\(LibXML2.name) is not installed, and XML is read with it", at: scanner.position)
          : XMLError(.limitExceeded, "there is not enough memory to read the document", at: scanner.position))
    }
    var refusal: XMLError?
    if slice.count > limits.bytes - scanner.offset {
      refusal = XMLError(
        .limitExceeded, "the document is larger than \(limits.bytes) bytes, the most that is read",
        at: scanner.position)
    } else {
      held.append(contentsOf: slice)
      refusal = scanner.scan(slice, into: &sax.pointee.tokens)
    }
    parseComplete()
    try drain(take)
    if let refusal { try stop(refusal) }
  }

  /// Gives libxml2 all that it has not seen outside of unfinished markup, but a document type declaration.
  private mutating func parseComplete() {
    let end = scanner.safeEnd
    let start = heldStart + parsed
    guard end > start else { return }
    let count = min(end - start, held.count - parsed)
    let skipped =
      limits.allowsDoctype
      ? sax.pointee.tokens.first { $0.kind == .doctype && $0.bytes.lowerBound >= start }?.bytes : nil
    sax.pointee.batchAt = parsedAt
    held.withUnsafeBytes { bytes in
      sax.pointee.batch = UnsafeRawBufferPointer(rebasing: bytes[parsed..<(parsed + count)])
      var from = 0
      if !isRootFed {
        if let first = sax.pointee.tokens.first, first.kind == .declaration, first.bytes.lowerBound == start {
          from = min(first.bytes.upperBound - start, count)
          parse(sax.pointee.batch[..<from])
        }
        inject(Self.fragmentStart)
        isRootFed = true
      }
      if let skipped {
        let first = min(skipped.lowerBound - start, count)
        let end = min(skipped.upperBound - start, count)
        parse(sax.pointee.batch[from..<max(from, first)])
        sax.pointee.skipped += end - first
        from = end
      }
      parse(sax.pointee.batch[from...])
      sax.pointee.batch = UnsafeRawBufferPointer(start: nil, count: 0)
    }
    parsed += count
    parsedAt = scanner.safePosition
  }

  private func parse(_ bytes: Slice<UnsafeRawBufferPointer>) {
    guard !bytes.isEmpty else { return }
    let part = UnsafeRawBufferPointer(rebasing: bytes)
    _ = LibXML2.installed?.parseChunk(
      parser, part.assumingMemoryBound(to: CChar.self).baseAddress, Int32(part.count), 0)
  }

  private func inject(_ bytes: [UInt8]) {
    sax.pointee.injected += bytes.count
    bytes.withUnsafeBytes { parse($0[...]) }
  }

  private mutating func drain(_ take: (XMLBatch) throws(XMLError) -> Void) throws(XMLError) {
    let start = heldStart
    let handedOn = release(keepingFrom: sax.pointee.unfinished)
    if !sax.pointee.events.events.isEmpty {
      sax.pointee.handOn(handedOn.isEmpty ? held : handedOn, from: start)
      do throws(XMLError) {
        try take(sax.pointee.events)
      } catch {
        try stop(error)
      }
    }
    sax.pointee.clear()
    if let error = sax.pointee.failure { try stop(error) }
  }

  /// Takes the bytes that are held, and holds those from an offset on. None are taken while all are needed.
  private mutating func release(keepingFrom offset: Int) -> [UInt8] {
    let first = min(max(offset - heldStart, 0), parsed)
    guard first > 0 else { return [] }
    var rest: [UInt8] = []
    rest.reserveCapacity(held.count - first + Self.slice)
    rest.append(contentsOf: held[first...])
    swap(&rest, &held)
    heldStart += first
    parsed -= first
    return rest
  }

  private mutating func stop(_ error: XMLError) throws(XMLError) -> Never {
    failure = error
    throw error
  }
}

/// Reads a whole document that is in memory.
public func readXML(
  _ bytes: UnsafeRawBufferPointer, limits: XMLLimits = XMLLimits(), shape: XMLReader.Shape = .document,
  handler: (XMLEvent) throws(XMLError) -> Void
) throws(XMLError) {
  var reader = XMLReader(limits: limits, shape: shape)
  try reader.feed(bytes, handler: handler)
  try reader.finish(handler: handler)
}

/// Reads a whole document that is in memory.
public func readXML(
  _ bytes: [UInt8], limits: XMLLimits = XMLLimits(), shape: XMLReader.Shape = .document,
  handler: (XMLEvent) throws(XMLError) -> Void
) throws(XMLError) {
  let result = bytes.withUnsafeBytes { bytes in
    Result { () throws(XMLError) in try readXML(bytes, limits: limits, shape: shape, handler: handler) }
  }
  try result.get()
}
