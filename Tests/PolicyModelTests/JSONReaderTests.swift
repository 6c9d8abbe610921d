import PolicyModel
import TestSupport
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
  @Test("a document of every kind of value is read")
  func everyKind() throws {
    let text = #" { "a" : [ null , true,false, -12, 0, "x\u00e9\ud83d\ude00\n\/" ] , "b":{}, "c":[] } "#
    #expect(
      try JSONValue(parsing: Array(text.utf8))
        == .object([
          JSONMember(
            "a", .array([.null, .bool(true), .bool(false), .integer(-12), .integer(0), .string("xé😀\n/")])),
          JSONMember("b", .object([])), JSONMember("c", .array([])),
        ]))
  }

  @Test("the ends of the 64-bit range are read and one beyond is refused")
  func integerRange() throws {
    #expect(try JSONValue(parsing: Array("9223372036854775807".utf8)) == .integer(.max))
    #expect(try JSONValue(parsing: Array("-9223372036854775808".utf8)) == .integer(.min))
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array("9223372036854775808".utf8)) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array("-9223372036854775809".utf8)) }
  }

  @Test("numbers that are no integers of 64 bits are kept as text when that is asked for")
  func numbersAsText() throws {
    let limits = JSONLimits(keepsNumbersAsText: true)
    for text in ["1.5", "-0.25e+3", "1E400", "0.0", "9223372036854775808"] {
      #expect(
        try JSONValue(parsing: Array("[\(text),7]".utf8), limits: limits)
          == .array([.string(text), .integer(7)]))
    }
    for text in ["1.", ".5", "-", "1e", "1e+", "01", "-01.5", "1.5.5", "0x1"] {
      #expect(throws: JSONError.self, "\(text)") { try JSONValue(parsing: Array(text.utf8), limits: limits) }
    }
  }

  @Test("a name that an object repeats is kept when that is asked for")
  func repeatedNames() throws {
    let bytes = Array(#"{"a":1,"a":2}"#.utf8)
    let twice = JSONValue.object([JSONMember("a", .integer(1)), JSONMember("a", .integer(2))])
    #expect(try JSONValue(parsing: bytes, limits: JSONLimits(takesRepeatedNames: true)) == twice)
    #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
  }

  @Test(
    "each mistake is reported at its place",
    arguments: [
      ("", "1:1: expected a value, found the end of the input"),
      ("{\"a\":1,\n \"a\":2}", "2:2: expected each name once, found \"a\" again"),
      ("[1,2", "1:5: expected ',' or ']' in an array, found the end of the input"),
      ("{\"a\" 1}", "1:6: expected ':' after \"a\", found '1'"),
      ("{\"é\":tru}", "1:6: expected a value, found 't'"),
      ("[1] 2", "1:5: expected the end of the input, found '2'"),
      ("1.5", "1:1: expected a whole number, found one with a fraction or an exponent"),
      ("1e3", "1:1: expected a whole number, found one with a fraction or an exponent"),
      ("01", "1:1: expected a number without leading zeros"),
      ("-", "1:2: expected a digit after '-', found the end of the input"),
      ("\"\\ud800\"", "1:2: expected a surrogate pair, found one half of it"),
      ("\"\\ud800\\u0041\"", "1:2: expected the second half of a surrogate pair, found another escape"),
      ("\"\\x\"", "1:2: expected one of \" \\ / b f n r t u after '\\'"),
      ("\"a\nb\"", "1:3: expected control characters in a string to be escaped, found the end of the line"),
      ("\"abc", "1:1: expected a quotation mark at the end of the string, found the end of the input"),
      ("[1,]", "1:4: expected a value, found ']'"),
      ("{\"a\":1,}", "1:8: expected a member name in quotation marks, found '}'"),
      ("\u{FEFF}1", "1:1: expected JSON without a byte order mark, found one"),
      ("NaN", "1:1: expected a value, found 'N'"),
    ])
  func mistakes(text: String, expected: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    do { _ = try JSONValue(parsing: Array(text.utf8)) } catch { #expect(error.description == expected) }
  }

  @Test("bytes that are not UTF-8 are refused, inside a string and outside")
  func notUTF8() {
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xED, 0xA0, 0x80, 0x22]) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0xFF]) }
  }

  @Test("nesting beyond the limit is refused and up to it accepted")
  func depth() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    _ = try JSONValue(parsing: nested(128))
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(129)) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(1_000_000)) }
  }

  @Test("a repeated name is found among many members")
  func manyMembers() throws {
    let members = (0..<1000).map { "\"k\($0)\":\($0)" }
    _ = try JSONValue(parsing: Array("{\(members.joined(separator: ","))}".utf8))
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: Array("{\((members + ["\"k0\":1"]).joined(separator: ","))}".utf8))
    }
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: Array("{\((members + ["\"k999\":1"]).joined(separator: ","))}".utf8))
    }
  }

  @Test("random damage to a document gives a value or an error, never a trap")
  func damage() {
    var random = SeededGenerator(seed: 7)
    let original = Array(#"{"a":[1,-2,{"b":"\u00e9\n"},[true,false,null]],"c":{"d":{}}}"#.utf8)
    for _ in 0..<20_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(original[Int.random(in: 0..<original.count, using: &random)], at: place)
        }
      }
      if let value = try? JSONValue(parsing: bytes) {
        #expect((try? JSONValue(parsing: value.canonicalBytes()))?.canonicalBytes() == value.canonicalBytes())
      }
    }
  }
}
