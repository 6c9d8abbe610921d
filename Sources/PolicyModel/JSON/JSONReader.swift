import Diagnostics

extension JSONValue {
  /// Reads one JSON value (RFC 8259) from bytes, strictly.
  ///
  /// The bytes must be UTF-8 without a byte order mark, hold one value and nothing behind it, nest no deeper than
  /// the limit, repeat no name in an object, and have whole numbers of 64 bits only.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var reader = JSONReader(bytes: bytes, limits: limits)
    self = try reader.readDocument()
  }
}

/// A reader that keeps what is open on stacks of its own, so that nesting costs no call frames and a long array no
/// copies.
private struct JSONReader {
  private let bytes: [UInt8]
  private let limits: JSONLimits
  private var position = 0
  private var open: [Container] = []
  /// The complete values of all open containers, and the names of the members of all open objects.
  private var values: [JSONValue] = []
  private var names: [String] = []

  private struct Container {
    let isObject: Bool
    let firstValue: Int
    let firstName: Int
    /// The names so far, filled once there are too many to look through.
    var index: Set<ExactText> = []
  }

  init(bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func readDocument() throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw error("expected at most \(limits.bytes) bytes of JSON, found \(bytes.count)", at: 0)
    }
    if byteOrderMarkLength(of: bytes) > 0 {
      throw error("expected JSON without a byte order mark, found one", at: 0)
    }
    while true {
      if let value = try readValueOrOpening(), let document = try close(with: value) {
        skipBlanks()
        guard position == bytes.count else { throw error("expected the end of the input, found \(found())") }
        return document
      }
    }
  }

  /// Reads a complete value, or opens a container and gives nil.
  private mutating func readValueOrOpening() throws(JSONError) -> JSONValue? {
    skipBlanks()
    guard position < bytes.count else { throw error("expected a value, found the end of the input") }
    switch bytes[position] {
    case UInt8(ascii: "["):
      try openContainer(isObject: false)
      skipBlanks()
      return take(UInt8(ascii: "]")) ? closeContainer() : nil
    case UInt8(ascii: "{"):
      try openContainer(isObject: true)
      skipBlanks()
      if take(UInt8(ascii: "}")) { return closeContainer() }
      try readName()
      return nil
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    case UInt8(ascii: "t") where takeWord("true"): return .bool(true)
    case UInt8(ascii: "f") where takeWord("false"): return .bool(false)
    case UInt8(ascii: "n") where takeWord("null"): return .null
    default: throw error("expected a value, found \(found())")
    }
  }

  private mutating func openContainer(isObject: Bool) throws(JSONError) {
    guard open.count < limits.depth else {
      throw error("expected arrays and objects nested at most \(limits.depth) deep, found one more")
    }
    position += 1
    open.append(Container(isObject: isObject, firstValue: values.count, firstName: names.count))
  }

  /// Takes the innermost container from the stacks and makes a value of it.
  private mutating func closeContainer() -> JSONValue {
    let container = open.removeLast()
    // No slice may be alive when its stack is cut: all of the stack would be copied for each container.
    let value: JSONValue =
      container.isObject
      ? .object(
        zip(names[container.firstName...], values[container.firstValue...]).map { JSONMember($0, $1) })
      : .array(Array(values[container.firstValue...]))
    values.removeSubrange(container.firstValue...)
    names.removeSubrange(container.firstName...)
    return value
  }

  /// Puts a value into the container around it and closes all that end behind it. Gives the outermost value when it
  /// is complete, and nil when another value is to come.
  private mutating func close(with value: JSONValue) throws(JSONError) -> JSONValue? {
    var value = value
    while let isObject = open.last?.isObject {
      values.append(value)
      skipBlanks()
      if take(UInt8(ascii: ",")) {
        if isObject { try readName() }
        return nil
      }
      guard take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        throw error("expected ',' or \(isObject ? "'}' in an object" : "']' in an array"), found \(found())")
      }
      value = closeContainer()
    }
    return value
  }

  /// Reads a member's name and its colon into the innermost object.
  private mutating func readName() throws(JSONError) {
    skipBlanks()
    let start = position
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw error("expected a member name in quotation marks, found \(found())")
    }
    let name = try readString()
    guard limits.takesRepeatedNames || isNew(name) else {
      throw error("expected each name once, found \(quoted(name)) again", at: start)
    }
    names.append(name)
    skipBlanks()
    guard take(UInt8(ascii: ":")) else { throw error("expected ':' after \(quoted(name)), found \(found())") }
  }

  private mutating func isNew(_ name: String) -> Bool {
    let last = open.count - 1
    let earlier = names[open[last].firstName...]
    if earlier.count < 16 { return !earlier.containsSame(name) }
    if open[last].index.isEmpty { open[last].index = Set(earlier.map { ExactText($0) }) }
    return open[last].index.insert(ExactText(name)).inserted
  }

  private mutating func readNumber() throws(JSONError) -> JSONValue {
    let start = position
    do throws(JSONError) {
      return .integer(try readInteger())
    } catch {
      guard limits.keepsNumbersAsText else { throw error }
      position = start
      guard takeNumber() else { throw self.error("expected a digit, found \(found())") }
      return .string(String(decoding: bytes[start..<position], as: UTF8.self))
    }
  }

  /// Takes a number with what it may have of a fraction and an exponent (RFC 8259, 6).
  private mutating func takeNumber() -> Bool {
    func takeDigits() -> Bool {
      let start = position
      while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
      return position > start
    }
    _ = take(UInt8(ascii: "-"))
    let hasZero = take(UInt8(ascii: "0"))
    guard hasZero || takeDigits() else { return false }
    if take(UInt8(ascii: ".")), !takeDigits() { return false }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      return takeDigits()
    }
    return true
  }

  private mutating func readInteger() throws(JSONError) -> Int64 {
    let start = position
    let isNegative = take(UInt8(ascii: "-"))
    let firstDigit = position
    var value: Int64 = 0
    while position < bytes.count, case let digit = bytes[position], (0x30...0x39).contains(digit) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let step = Int64(digit - 0x30)
      let (next, carry) =
        isNegative ? product.subtractingReportingOverflow(step) : product.addingReportingOverflow(step)
      guard !overflow, !carry else {
        throw error("expected an integer of 64 bits, found a longer number", at: start)
      }
      value = next
      position += 1
    }
    guard position > firstDigit else { throw error("expected a digit after '-', found \(found())") }
    guard bytes[firstDigit] != 0x30 || position == firstDigit + 1 else {
      throw error("expected a number without leading zeros", at: start)
    }
    if position < bytes.count,
      [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position])
    {
      throw error("expected a whole number, found one with a fraction or an exponent", at: start)
    }
    return value
  }

  private mutating func readString() throws(JSONError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    var plainStart = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let plain = bytes[plainStart..<position]
        guard
          let string = text.isEmpty
            ? String(validating: plain, as: UTF8.self) : String(validating: text + plain, as: UTF8.self)
        else { throw error("expected text in UTF-8, found other bytes in a string", at: start) }
        position += 1
        return string
      case UInt8(ascii: "\\"):
        text += bytes[plainStart..<position]
        try readEscape(into: &text)
        plainStart = position
      case 0..<0x20: throw error("expected control characters in a string to be escaped, found \(found())")
      default:
        // All that is plain at once; strings can have megabytes.
        var end = position + 1
        while end < bytes.count, case let byte = bytes[end], byte >= 0x20, byte != UInt8(ascii: "\""),
          byte != UInt8(ascii: "\\")
        {
          end += 1
        }
        position = end
      }
    }
    throw error("expected a quotation mark at the end of the string, found the end of the input", at: start)
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    guard position < bytes.count else {
      throw error("expected an escape after '\\', found the end of the input")
    }
    let letter = bytes[position]
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try readHex(from: start)
      if (0xD800..<0xDC00).contains(code), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try readHex(from: start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw error("expected the second half of a surrogate pair, found another escape", at: start)
        }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw error("expected a surrogate pair, found one half of it", at: start)
      }
      text += Array(String(Character(scalar)).utf8)
    default: throw error("expected one of \" \\ / b f n r t u after '\\'", at: start)
    }
  }

  private mutating func readHex(from start: Int) throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else {
        throw error("expected four hexadecimal digits after '\\u'", at: start)
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] { return false }
    position += count
    return true
  }

  /// What stands at the position, for a message.
  private func found() -> String {
    guard position < bytes.count else { return "the end of the input" }
    switch bytes[position] {
    case 0x21..<0x7F: return "'\(Character(Unicode.Scalar(bytes[position])))'"
    case 0x20: return "a blank"
    case 0x0A, 0x0D: return "the end of the line"
    case 0x80...: return "a character outside ASCII"
    default: return "the control character U+00" + (bytes[position] < 16 ? "0" : "") + hex(bytes[position])
    }
  }

  private func hex(_ byte: UInt8) -> String { String(byte, radix: 16, uppercase: true) }

  private func error(_ problem: String, at place: Int? = nil) -> JSONError {
    JSONError(
      problem, at: SourcePosition.start.advanced(to: min(place ?? position, bytes.count), of: bytes))
  }
}
