import PolicyModel
import Testing

/// The examples are those of RFC 8785, sections 3.2.2 and 3.2.3, without their floating-point numbers.
@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private func canonical(_ text: String) throws -> String {
    String(decoding: try JSONValue(parsing: Array(text.utf8)).canonicalBytes(), as: UTF8.self)
  }

  @Test("strings and literals are written as in RFC 8785, section 3.2.2")
  func strings() throws {
    let input = #"""
      {
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    #expect(try canonical(input) == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#)
  }

  @Test("members are sorted by UTF-16 code units as in RFC 8785, section 3.2.3")
  func sorting() throws {
    let input = #"""
      {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
      }
      """#
    guard case .object(let members) = try JSONValue(parsing: Array(try canonical(input).utf8)) else {
      Issue.record("expected an object")
      return
    }
    #expect(
      members.map(\.value) == [
        .string("Carriage Return"), .string("One"), .string("Control"),
        .string("Latin Small Letter O With Diaeresis"), .string("Euro Sign"), .string("Emoji: Grinning Face"),
        .string("Hebrew Letter Dalet With Dagesh"),
      ])
  }

  @Test("every control character has its shortest escape and nothing else is escaped")
  func escapes() {
    let text =
      String(String.UnicodeScalarView((0..<0x20).compactMap { Unicode.Scalar($0) })) + "\u{7F}\u{2028}<>&"
    #expect(
      String(decoding: JSONValue.string(text).canonicalBytes(), as: UTF8.self)
        == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
        + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"#
        + "\u{7F}\u{2028}<>&\"")
  }

  @Test("an integer is a number up to 2^53 and a string beyond")
  func integers() {
    #expect(JSONValue.exact(9_007_199_254_740_992) == .integer(9_007_199_254_740_992))
    #expect(JSONValue.exact(9_007_199_254_740_993) == .string("9007199254740993"))
    #expect(JSONValue.exact(-9_007_199_254_740_992) == .integer(-9_007_199_254_740_992))
    #expect(JSONValue.exact(.min) == .string("-9223372036854775808"))
  }
}
