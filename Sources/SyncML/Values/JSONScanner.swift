/// Finds the first place where bytes are not JSON (RFC 8259); keeps nothing of what it reads.
struct JSONScanner {
  private static let depthLimit = 512

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  /// The open containers, outermost first; true for an object.
  private var open: [Bool] = []

  /// What is wrong and at which byte; nil for JSON.
  static func problem(in bytes: ArraySlice<UInt8>) -> ValueProblem? {
    var scanner = JSONScanner(bytes)
    do throws(ValueProblem) {
      try scanner.scan()
      return nil
    } catch {
      return error
    }
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  private var next: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func scan() throws(ValueProblem) {
    repeat {
      if try value() { try closed() }
    } while !open.isEmpty
    blanks()
    guard next == nil else { throw expected("the end behind the value") }
  }

  /// Reads a value; false when it is a container that is open now.
  private mutating func value() throws(ValueProblem) -> Bool {
    blanks()
    switch next {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = next == UInt8(ascii: "{")
      guard open.count < Self.depthLimit else { throw ValueProblem("it nests too deep", at: index) }
      index += 1
      blanks()
      if take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return true }
      open.append(isObject)
      if isObject { try name() }
      return false
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number()
    }
    return true
  }

  /// What stands behind a complete value: the ends of containers, and a comma.
  private mutating func closed() throws(ValueProblem) {
    while let isObject = open.last {
      blanks()
      if take(UInt8(ascii: ",")) {
        if isObject { try name() }
        return
      }
      guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw expected(isObject ? "',' or '}'" : "',' or ']'")
      }
      open.removeLast()
    }
  }

  private mutating func name() throws(ValueProblem) {
    blanks()
    guard next == UInt8(ascii: "\"") else { throw expected("a name in double quotes") }
    try string()
    blanks()
    guard take(UInt8(ascii: ":")) else { throw expected("':'") }
  }

  private mutating func string() throws(ValueProblem) {
    let start = index
    index += 1
    while let byte = next {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "\\"):
        guard let escaped = next, "\"\\/bfnrtu".utf8.contains(escaped) else {
          throw ValueProblem("'\\' begins no escape that JSON has", at: index - 1)
        }
        index += 1
        guard escaped == UInt8(ascii: "u") else { continue }
        for _ in 0..<4 {
          guard let digit = next, isHexadecimalDigit(digit) else { throw expected("a hexadecimal digit") }
          index += 1
        }
      case 0..<0x20: throw ValueProblem("a string has a line end or another control character", at: index - 1)
      default: break
      }
    }
    throw ValueProblem("a string is not closed", at: start)
  }

  private mutating func word(_ word: String) throws(ValueProblem) {
    guard bytes[index...].starts(with: word.utf8) else { throw expected("a value") }
    index += word.utf8.count
  }

  private mutating func number() throws(ValueProblem) {
    let start = index
    _ = take(UInt8(ascii: "-"))
    let isZero = next == UInt8(ascii: "0")
    guard try digits() == 1 || !isZero else { throw ValueProblem("a number begins with 0", at: start) }
    if take(UInt8(ascii: ".")) { _ = try digits() }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      index += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
      _ = try digits()
    }
  }

  private mutating func digits() throws(ValueProblem) -> Int {
    let start = index
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    guard index > start else { throw expected("a value") }
    return index - start
  }

  private mutating func blanks() {
    while let byte = next, isXMLSpace(byte) { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private func expected(_ what: String) -> ValueProblem {
    guard next != nil else { return ValueProblem("it ends where \(what) belongs", at: index) }
    return ValueProblem("expected \(what) at '\(clipped(rest, limit: 12))'", at: index)
  }

  private var rest: String { String(decoding: bytes[index...].prefix(48), as: UTF8.self) }
}

/// What is wrong inside of a value, and at which of its bytes.
struct ValueProblem: Error, Hashable, Sendable {
  /// The end of a sentence that begins with the value: `it ends where ',' belongs`.
  let message: String
  let offset: Int

  init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}
