/// Cuts JSON into the values of devices, byte by byte, without reading them: one a line, the elements of an array, or those of the `value`
/// of an answer of Graph.
///
/// A damaged value costs no more than itself wherever lines show where the next one begins: a value that lacks a brace ends before a line
/// that begins as its own did.
struct JSONScanner {
  /// A value that has not been read yet.
  struct Piece {
    /// The line on which it begins.
    var line: Int
    var bytes: [UInt8] = []
    /// Whether it had more bytes than a row may have.
    var isTooLong = false
  }

  /// What is left to say of the input at its end.
  struct Remainder {
    /// The line on which an array begins that the end of the input cuts, or the answer that it is in.
    var openArray: Int?
    /// Whether an answer of Graph says that there is a next page.
    var hasNextPage = false
  }

  private enum Place {
    /// Between values that stand by themselves.
    case outside
    /// Between the elements of an array.
    case between
    /// In a value.
    case value
    /// Behind the array of an answer, up to its end.
    case behind
  }

  private let limits: FleetLimits
  private var place = Place.outside
  private var line = 1
  /// The place in the line, and whether only blanks stand before it.
  private var column = 0
  private var isLineBlank = true
  private var follows13 = false
  private var piece = Piece(line: 1)
  private var size = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// The column of the value's brace when it is the first of its line.
  private var indentation: Int?
  /// Whether the values are elements, and whether their array is in an answer of Graph.
  private var isArray = false
  private var isAnswer = false
  private var arrayLine = 1
  /// Whether the value goes over several lines.
  private var isSpread = false
  /// Whether no value came yet, so that an array may begin.
  private var isFirst = true
  /// Whether the last thing was a bracket behind the name `value` at the top of the first value.
  private var mayBeAnswer = false
  private(set) var remainder = Remainder()
  /// Whether an array was read, which may have had no elements.
  private(set) var isArrayRead = false

  init(limits: FleetLimits) { self.limits = limits }

  /// Takes the next bytes and gives each value that they complete.
  mutating func scan(_ bytes: some Sequence<UInt8>, emit: (Piece) -> Void) {
    for byte in bytes { take(byte, emit) }
  }

  /// Gives the value that the end of the input completes.
  mutating func finish(emit: (Piece) -> Void) {
    if place == .value { end(emit) }
    if isArray || place == .behind { remainder.openArray = arrayLine }
  }

  private mutating func take(_ byte: UInt8, _ emit: (Piece) -> Void) {
    let follows = follows13
    follows13 = byte == 0x0D
    let endsLine = byte == 0x0A || byte == 0x0D
    switch place {
    case .outside: takeOutside(byte)
    case .between: takeBetween(byte)
    case .value: takeInValue(byte, endsLine, emit)
    case .behind: takeBehind(byte)
    }
    if endsLine {
      if !(byte == 0x0A && follows) { line += 1 }
      column = 0
      isLineBlank = true
    } else {
      column += 1
      if byte != 0x20, byte != 0x09 { isLineBlank = false }
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func takeOutside(_ byte: UInt8) {
    if isBlank(byte) { return }
    if byte == UInt8(ascii: "["), isFirst {
      openArray()
    } else {
      begin(byte)
    }
  }

  private mutating func takeBetween(_ byte: UInt8) {
    if isBlank(byte) || byte == UInt8(ascii: ",") { return }
    if byte == UInt8(ascii: "]") {
      isArray = false
      isFirst = true
      place = isAnswer ? .behind : .outside
      depth = 1
      isInString = false
      piece = Piece(line: line)
      size = 0
    } else {
      begin(byte)
    }
  }

  /// The rest of an answer of Graph says nothing of devices.
  private mutating func takeBehind(_ byte: UInt8) {
    if byte == 0x0A || byte == 0x0D { isInString = false }
    track(byte)
    keep(byte)
    guard depth <= 0, !isInString else { return }
    notePage()
    isAnswer = false
    place = .outside
  }

  private mutating func openArray() {
    isArray = true
    arrayLine = line
    isArrayRead = true
    place = .between
  }

  private mutating func begin(_ byte: UInt8) {
    place = .value
    piece.line = line
    piece.bytes.removeAll(keepingCapacity: true)
    piece.isTooLong = false
    size = 0
    depth = 0
    isInString = false
    isEscaped = false
    isSpread = false
    mayBeAnswer = false
    indentation = isLineBlank && byte == UInt8(ascii: "{") ? column : nil
    track(byte)
    keep(byte)
  }

  private mutating func takeInValue(_ byte: UInt8, _ endsLine: Bool, _ emit: (Piece) -> Void) {
    if endsLine {
      // No string of JSON has a line end in it.
      isInString = false
      isEscaped = false
      if lineEndsValue() { return end(emit) }
      keep(byte)
      return
    }
    if mayBeAnswer, !isBlank(byte) {
      mayBeAnswer = false
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "]") {
        notePage()
        isAnswer = true
        openArray()
        return takeBetween(byte)
      }
    }
    if isLineBlank, byte == UInt8(ascii: "{"), depth > 0, let indentation, column <= indentation,
      line > piece.line
    {
      end(emit)
      begin(byte)
      return
    }
    if isArray, depth <= 0, !isInString, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
      end(emit)
      return takeBetween(byte)
    }
    let isBracket = byte == UInt8(ascii: "[") && depth == 1 && !isInString
    track(byte)
    if isBracket, isFirst, !isArray, followsNameValue { mayBeAnswer = true }
    keep(byte)
    if depth == 0, !isInString, byte == UInt8(ascii: "}"), isArray || isSpread { end(emit) }
  }

  /// Whether the end of the line is that of the value: a line is a value, unless it has no more than the brace that opens one.
  private mutating func lineEndsValue() -> Bool {
    if isArray || isSpread { return depth <= 0 }
    isSpread = mayBeAnswer || size <= 64 && piece.bytes.filter { !isBlank($0) } == [UInt8(ascii: "{")]
    return !isSpread
  }

  private mutating func track(_ byte: UInt8) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
  }

  private mutating func keep(_ byte: UInt8) {
    size += 1
    if size <= limits.rowBytes { piece.bytes.append(byte) } else { piece.isTooLong = true }
  }

  /// Whether the value ends in `"value":`.
  private var followsNameValue: Bool {
    guard !piece.isTooLong else { return false }
    var text = piece.bytes[...]
    func trim() { while let last = text.last, isBlank(last) { text.removeLast() } }
    trim()
    guard text.popLast() == UInt8(ascii: ":") else { return false }
    trim()
    return text.suffix(7).elementsEqual("\"value\"".utf8)
  }

  private mutating func notePage() {
    let mark = Array("\"@odata.nextLink\"".utf8)
    guard piece.bytes.count >= mark.count else { return }
    for start in 0...(piece.bytes.count - mark.count)
    where piece.bytes[start] == mark[0] && piece.bytes[start..<(start + mark.count)].elementsEqual(mark) {
      remainder.hasNextPage = true
      return
    }
  }

  private mutating func end(_ emit: (Piece) -> Void) {
    emit(piece)
    isFirst = false
    place = isArray ? .between : .outside
  }
}
