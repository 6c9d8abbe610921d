import Diagnostics
import PolicyModel
import XMLInput

/// The bytes of a value.
enum ValueBytes {
  /// Calls a function with the bytes of a text, which for nearly every text are not copied.
  static func withBytes<Result>(of text: Substring, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result
  {
    text.utf8.withContiguousStorageIfAvailable(body) ?? Array(text.utf8).withUnsafeBufferPointer(body)
  }
}

extension Substring {
  /// The first place of a text, compared byte by byte: a delimiter stays one whatever follows it.
  func firstPlace(of text: String) -> Range<Index>? {
    guard let first = text.utf8.first else { return nil }
    var from = startIndex
    while let start = utf8[from...].firstIndex(of: first) {
      if utf8[start...].starts(with: text.utf8) {
        return start..<utf8.index(start, offsetBy: text.utf8.count)
      }
      from = utf8.index(after: start)
    }
    return nil
  }

  /// Whether the text is a word, given in lower case, in any case of its letters.
  func isWord(_ word: StaticString) -> Bool {
    guard utf8.count == word.utf8CodeUnitCount else { return false }
    var place = word.utf8Start
    for byte in utf8 {
      guard byte == place.pointee || byte | 0x20 == place.pointee else { return false }
      place += 1
    }
    return true
  }
}

extension XMLText {
  /// Where bytes are not a well-formed document of XML, and why; nil when they are one.
  static func problem(in bytes: [UInt8]) -> ValueProblem? {
    guard !bytes.isEmpty else { return ValueProblem("it is empty", at: 0) }
    do throws(XMLError) {
      try readXML(bytes) { _ in }
      return nil
    } catch {
      guard error.kind != .unavailable else { return nil }
      return ValueProblem(withoutPlace(error.message), at: min(error.position.offset, bytes.count))
    }
  }

  /// A message without `, opened at 3:5`, which counts from the beginning of the value.
  private static func withoutPlace(_ message: String) -> String {
    guard let place = message.firstRange(of: ", opened at ") else { return message }
    let rest = message[place.upperBound...].drop { ("0"..."9").contains($0) || $0 == ":" }
    let colon = rest.isEmpty ? "" : ":"
    return message[..<place.lowerBound] + colon + rest
  }
}

extension JSONValue {
  /// How deep a value may nest. What a device takes is not known.
  private static let depthLimit = 512

  /// Where bytes are not JSON (RFC 8259), and why; nil when they are.
  static func problem(in bytes: [UInt8]) -> ValueProblem? {
    do throws(JSONError) {
      _ = try JSONValue(
        parsing: bytes,
        limits: JSONLimits(depth: depthLimit, keepsNumbersAsText: true, takesRepeatedNames: true))
      return nil
    } catch {
      return ValueProblem(error.problem, at: error.position.offset)
    }
  }
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
