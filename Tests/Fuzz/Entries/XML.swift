import XMLInput

/// A document in small pieces gives the same events as in one piece, or is refused as well.
/// (Where it is refused, places may be told less exactly in one piece, and which of two faults is told may differ.)
func fuzzXML(_ bytes: [UInt8]) {
  for shape in [XMLReader.Shape.document, .fragment] {
    let whole = events(of: bytes, shape: shape, piece: bytes.count)
    let pieces = events(of: bytes, shape: shape, piece: 1 + bytes.count % 13)
    require(
      (whole.error == nil) == (pieces.error == nil), "in one piece: \(whole); in small pieces: \(pieces)")
    guard whole.error == nil else { continue }
    require(whole.events == pieces.events, "in one piece: \(whole); in small pieces: \(pieces)")
  }
}

/// What a reader made of a document: events, with adjacent text joined, and the error that ended them.
private struct Outcome {
  var events: [XMLEvent] = []
  var error: XMLError?

  mutating func add(_ event: XMLEvent) {
    if case .text(let more, let isMoreCDATA, _) = event,
      case .text(let text, let isCDATA, let start)? = events.last,
      isCDATA == isMoreCDATA
    {
      events[events.count - 1] = .text(text + more, cdata: isCDATA, at: start)
    } else {
      events.append(event)
    }
  }
}

private func events(of bytes: [UInt8], shape: XMLReader.Shape, piece: Int) -> Outcome {
  var outcome = Outcome()
  var reader = XMLReader(limits: XMLLimits(bytes: 1 << 20, depth: 64), shape: shape)
  do throws(XMLError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(piece))
      rest = rest.dropFirst(piece)
      let fed = part.withUnsafeBytes { part in
        Result { () throws(XMLError) in
          try reader.feed(part) { event throws(XMLError) in outcome.add(event) }
        }
      }
      try fed.get()
    }
    try reader.finish { event throws(XMLError) in outcome.add(event) }
  } catch {
    outcome.error = error
  }
  return outcome
}
