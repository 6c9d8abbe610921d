import CLibYAML
import Diagnostics

/// What the parser reports, without what the composer has no use for.
struct YAMLEvent {
  enum Content {
    case documentStart
    case scalar(YAMLScalar, anchor: String?)
    case alias(String)
    case open(isMapping: Bool, anchor: String?)
    case close
    case streamEnd
    case other
  }

  let content: Content
  let span: SourceRange
}

/// libyaml's event parser over bytes in memory.
struct YAMLEventReader {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let storage: UnsafeMutableBufferPointer<UInt8>
  private let markLength: Int
  /// The offset of every so many characters, which libyaml counts; none where each is a byte.
  private let stops: [Int]
  private static let stopDistance = 64

  init(_ bytes: [UInt8]) throws(YAMLError) {
    let body = bytes[byteOrderMarkLength(of: bytes)...]
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YAMLError(
        .limitExceeded, "there is no memory for a YAML parser", at: .start)
    }
    // libyaml keeps the pointer that it is given, so the bytes need a home that does not move.
    storage = .allocate(capacity: body.count)
    _ = storage.initialize(from: body)
    markLength = bytes.count - body.count
    stops = body.allSatisfy { $0 < 0x80 } ? [] : Self.stops(of: UnsafeBufferPointer(storage))
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, storage.baseAddress, storage.count)
  }

  /// Gives back what the parser holds; the reader must not be used again.
  func close() {
    yaml_parser_delete(parser)
    parser.deallocate()
    storage.deallocate()
  }

  func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    let span = SourceRange(start: position(event.start_mark), end: position(event.end_mark))
    switch event.type {
    case YAML_STREAM_END_EVENT:
      return YAMLEvent(content: .streamEnd, span: span)
    case YAML_DOCUMENT_START_EVENT:
      return YAMLEvent(content: .documentStart, span: span)
    case YAML_ALIAS_EVENT:
      return YAMLEvent(content: .alias(text(event.data.alias.anchor) ?? ""), span: span)
    case YAML_SCALAR_EVENT:
      return YAMLEvent(content: try scalar(event.data.scalar, at: span.start), span: span)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      try check(tag: text(data.tag), allowed: ["seq"], at: span.start)
      return YAMLEvent(content: .open(isMapping: false, anchor: text(data.anchor)), span: span)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      try check(tag: text(data.tag), allowed: ["map"], at: span.start)
      return YAMLEvent(content: .open(isMapping: true, anchor: text(data.anchor)), span: span)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      return YAMLEvent(content: .close, span: span)
    default:
      return YAMLEvent(content: .other, span: span)
    }
  }

  private func scalar(
    _ data: yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar, at position: SourcePosition
  ) throws(YAMLError) -> YAMLEvent.Content {
    let tag = text(data.tag)
    try check(tag: tag, allowed: ["str", "int", "bool", "null", "float"], at: position)
    let bytes = UnsafeBufferPointer(start: data.value, count: data.length)
    let isPlain =
      switch tag {
      case nil: data.style == YAML_PLAIN_SCALAR_STYLE
      case "!", "tag:yaml.org,2002:str": false
      default: true
      }
    let scalar = YAMLScalar(text: String(decoding: bytes, as: UTF8.self), isPlain: isPlain)
    return .scalar(scalar, anchor: text(data.anchor))
  }

  private func check(tag: String?, allowed: [String], at position: SourcePosition) throws(YAMLError) {
    guard let tag, tag != "!" else { return }
    let prefix = "tag:yaml.org,2002:"
    if tag.hasPrefix(prefix), allowed.contains(String(tag.dropFirst(prefix.count))) { return }
    let names = allowed.map { "!!\($0)" }.joined(separator: ", ")
    throw YAMLError(.forbidden, "the tag '\(shortened(tag))' is not one of \(names)", at: position)
  }

  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  private func problem() -> YAMLError {
    let raw = parser.pointee.problem.map { String(cString: $0) } ?? "the text is not YAML"
    let message = YAMLProblem.plain(raw)
    switch parser.pointee.error {
    case YAML_MEMORY_ERROR:
      return YAMLError(
        .limitExceeded, "there is no memory to read the document", at: .start)
    case YAML_READER_ERROR:
      return YAMLError(.syntax, message, at: position(ofByte: Int(parser.pointee.problem_offset)))
    default:
      return YAMLError(.syntax, message, at: position(parser.pointee.problem_mark))
    }
  }

  /// The reader reports a byte's offset only.
  private func position(ofByte offset: Int) -> SourcePosition {
    SourcePosition(line: 1, column: 1, offset: markLength)
      .advanced(to: min(max(offset, 0), storage.count), of: storage)
  }

  private func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(
      line: Int(mark.line) + 1, column: Int(mark.column) + 1,
      offset: markLength + offset(ofCharacter: Int(mark.index)))
  }

  private func offset(ofCharacter index: Int) -> Int {
    guard !stops.isEmpty else { return min(index, storage.count) }
    let stop = min(index / Self.stopDistance, stops.count - 1)
    var left = index - stop * Self.stopDistance
    var offset = stops[stop]
    while left > 0, offset < storage.count {
      offset += 1
      while offset < storage.count, storage[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }

  private static func stops(of bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var stops: [Int] = []
    var characters = 0
    for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 {
      if characters % stopDistance == 0 { stops.append(offset) }
      characters += 1
    }
    return stops
  }
}
