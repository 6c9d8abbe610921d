import XMLInput

/// Judges a payload while it is read: its XML, its structure, and every command against the catalogue.
///
/// No more than one command is in memory, so that the size of a payload does not matter. Feed the bytes in pieces of
/// any size, then call ``finish()``.
package struct PayloadValidator: ~Copyable {
  /// From this many bytes on a thread of its own is worth its start.
  private static let threadedSize = 64 << 10

  private var reader: XMLReader
  private var parser: PayloadParser<Judge>
  /// Holds the parser's state while it is there.
  private var thread: JudgingThread?
  private var bytesInLine = 0
  private var isStopped = false

  /// A validator before its first byte.
  package init(_ options: PayloadOptions) {
    reader = XMLReader(limits: options.limits, shape: .fragment, skipsSpace: true)
    parser = PayloadParser(visitor: Judge(options), isStrict: options.isStrict)
  }

  /// Judges the next bytes. False once the rest no longer matters, because the XML could not be read on.
  @discardableResult
  package mutating func feed(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !isStopped else { return false }
    do throws(XMLError) {
      if let thread {
        try reader.feedBatches(of: bytes) { batch throws(XMLError) in thread.accept(batch) }
      } else {
        try reader.feedBatches(of: bytes) { batch throws(XMLError) in parser.accept(batch) }
        bytesInLine += bytes.count
        if bytesInLine >= Self.threadedSize {
          bytesInLine = 0
          thread = JudgingThread(parser)
        }
      }
    } catch {
      stop(error)
    }
    return !isStopped
  }

  /// The report, once all bytes are there.
  package consuming func finish() -> PayloadReport {
    rejoin()
    if !isStopped {
      do throws(XMLError) {
        try reader.finishBatches { batch throws(XMLError) in parser.accept(batch) }
      } catch {
        stop(error)
      }
    }
    return parser.visitor.report(isComplete: !isStopped)
  }

  private mutating func stop(_ error: XMLError) {
    rejoin()
    isStopped = true
    parser.visitor.xmlFailed(error, nestedCDATA: parser.nestedCDATA)
  }

  private mutating func rejoin() {
    guard let thread else { return }
    parser = thread.finish()
    self.thread = nil
  }
}

/// Judges a payload that is in memory.
package func validatePayload(_ bytes: [UInt8], _ options: PayloadOptions) -> PayloadReport {
  var validator = PayloadValidator(options)
  bytes.withUnsafeBytes { _ = validator.feed($0) }
  return validator.finish()
}
