import CSPCatalog
import Diagnostics
import PolicyModel
import Testing

@testable import SyncML

@Suite struct IntegerTextTests {
  @Test(
    "whole numbers are read, however many digits they have",
    arguments: [
      ("0", IntegerText.number(0)), ("-1", .number(-1)), ("007", .number(7)),
      ("4294967295", .number(4_294_967_295)),
      ("9223372036854775807", .number(.max)), ("-9223372036854775808", .number(.min)),
      ("9223372036854775808", .beyond(isNegative: false)),
      ("-9223372036854775809", .beyond(isNegative: true)),
      ("99999999999999999999999999", .beyond(isNegative: false)), ("", nil), ("-", nil), ("+1", nil),
      ("1 ", nil),
      ("0x1", nil), ("1.0", nil), ("١", nil),
    ])
  func decimal(text: String, expected: IntegerText?) { #expect(IntegerText(decimal: text) == expected) }

  @Test(
    "bits are read in both spellings",
    arguments: [
      ("5", 5), ("0x1F", 31), ("0Xff", 255), ("0xFFFFFFFFFFFFFFFF", .max), ("0x10000000000000000", .max),
      ("99999999999999999999", UInt64.max), ("-1", nil), ("0x", nil), ("0x+1", nil), ("0xG", nil),
      ("x1", nil),
    ] as [(String, UInt64?)])
  func bits(text: String, expected: UInt64?) { #expect(IntegerText.bits(text) == expected) }
}

@Suite struct JSONProblemTests {
  @Test(
    "JSON is accepted",
    arguments: [
      "{}", "[]", " [1, -0, 0.5, 1e9, -1.5E-3, \"a\\u00e9\\n\\\"\", true, false, null] ", "\"\"", "0",
      "{\"a\": {\"b\": [[], {}]}, \"a\": 1}", "12345678901234567890123",
    ])
  func good(text: String) { #expect(JSONValue.problem(in: Array(text.utf8)) == nil) }

  @Test(
    "what is no JSON is found at its place",
    arguments: [
      ("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("{a: 1}", 1), ("'a'", 0), ("[1 2]", 3), ("{} {}", 3),
      ("01", 1), ("1.", 2), ("+1", 0), ("nul", 0), ("\"a", 0), ("\"a\\x\"", 2), ("\"a\nb\"", 2),
      ("\"\\u12g4\"", 1),
      ("{\"a\":1,}", 7), ("]", 0), ("[}", 1), ("NaN", 0),
    ])
  func bad(text: String, offset: Int) {
    #expect(JSONValue.problem(in: Array(text.utf8))?.offset == offset)
  }

  @Test("nesting costs no stack and has an end")
  func deep() {
    let brackets = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(JSONValue.problem(in: brackets)?.offset == 512)
  }
}

@Suite struct SecurityDescriptorScannerTests {
  @Test(
    "security descriptors are accepted",
    arguments: [
      "O:LSD:(A;;CC;;;S-1-5-84-0-0-0-0-0)",
      "O:BAG:SYD:PAI(A;OICI;FA;;;BA)(D;;0x1f01ff;;;WD)S:(AU;SAFA;GRGW;;;SY)",
      "D:", "O:S-1-5-21-1-2-3-500D:AR", "D:(OA;;RP;bf967a86-0de6-11d0-a285-00aa003049e2;;AU)", "G:SY",
      "D:(XA;;FX;;;WD;(@User.Title==\"PM\" && (Member_of {SID(BA)})))", "S:(ML;;NW;;;HI)",
      "D:NO_ACCESS_CONTROL",
    ])
  func good(text: String) { #expect(SecurityDescriptorScanner.problem(in: Array(text.utf8)[...]) == nil) }

  @Test(
    "what is no security descriptor is found at its place",
    arguments: [
      ("", 0), ("BUILTIN\\Users", 0), ("O:", 2), ("O:ba", 2), ("D:(A;;CC;;BU)", 2), ("D:(B;;CC;;;BU)", 3),
      ("D:(A;XX;CC;;;BU)", 5), ("D:(A;;CCZZ;;;BU)", 8), ("D:(A;;CC;12;;BU)", 9), ("D:(A;;CC;;;BU", 13),
      ("D:Q(A;;CC;;;BU)", 2), ("D:O:BA", 2), ("D:(A;;CC;;;BU)D:", 14), ("O:S-1-", 2),
      ("D:(XA;;FX;;;WD;(a)", 2),
      ("D:(A;;CC;;;BU)x", 14), ("D:(", 2),
    ])
  func bad(text: String, offset: Int) {
    #expect(SecurityDescriptorScanner.problem(in: Array(text.utf8)[...])?.offset == offset)
  }
}

@Suite struct ADMXScannerTests {
  private static func codes(_ text: String) -> [String] {
    ValueBytes.withBytes(of: text[...]) { ADMXScanner.remarks(on: $0) }.map(\.code.text)
  }

  @Test(
    "what is said about the value of an ADMX policy",
    arguments: [
      ("<enabled/>", []), ("<disabled />", []), ("<enabled></enabled>", []),
      (
        "\n<enabled/>\n<data id='a' value='&lt;1&#xF000;2&#62;'/> <!-- c --> <data value=\"\" id=\"b\"></data>",
        []
      ),
      ("", ["SM1712"]), ("1", ["SM1712"]), ("enabled", ["SM1712"]), ("\"<enabled/>\"", ["SM1712"]),
      ("<data id=\"a\" value=\"1\"/><enabled/>", ["SM1712"]), ("<!-- <enabled/> -->", ["SM1712"]),
      ("<enabled>", ["SM1713"]), ("<enabled", ["SM1713"]), ("<enabled/", ["SM1713"]),
      ("< enabled/>", ["SM1713"]),
      ("<enabled/><data id=\"a\" value=\"<\"/>", ["SM1713"]),
      ("<enabled/><data id=\"a\" value=\"a & b\"/>", ["SM1713"]),
      ("<enabled/><data id=\"a\" value=\"&#0;\"/>", ["SM1713"]),
      ("<enabled/><data id=\"a\" value=\"1/>", ["SM1713"]),
      ("<enabled/><data id=\"a\"value=\"1\"/>", ["SM1713"]), ("<enabled/><data id \"a\"/>", ["SM1713"]),
      ("<enabled/><data id=\"a\" id=\"b\" value=\"1\"/>", ["SM1713"]), ("<enabled/><!-- a", ["SM1713"]),
      ("<enabled/><data id=\"a\" value=\"1\">", ["SM1713"]), ("<enabled/></enabled>", ["SM1713"]),
      ("<enabled on=\"1\"/>", ["SM1714"]), ("<enabled/><disabled/>", ["SM1714"]),
      ("<enabled/>on", ["SM1714"]),
      ("<enabled/><dta id=\"a\" value=\"1\"/>", ["SM1714"]), ("<policy><enabled/></policy>", ["SM1714"]),
      ("<enabled/><data value=\"1\"/>", ["SM1714"]), ("<enabled/><data id=\"\" value=\"1\"/>", ["SM1714"]),
      ("<enabled/><data id=\"a\"/>", ["SM1714"]),
      ("<enabled/><data id=\"a\" value=\"1\" type=\"2\"/>", ["SM1714"]),
      ("<disabled/><data id=\"a\" value=\"1\"/><data id=\"b\" value=\"1\"/>", ["SM1715"]),
      ("<enabled/><data id=\"a\" value=\"1\"/><data id=\"a\" value=\"1\"/>", ["SM1716"]),
      ("<Enabled/><Data ID=\"a\" value=\"1\"/>", ["SM1717"]),
      ("<enabled/><data id=\"a\" value=\"1\\xF0002\"/>", ["SM1710"]),
    ])
  func remarks(text: String, expected: [String]) { #expect(Self.codes(text) == expected) }

  @Test("every beginning of a value is read without a crash, and those that end in markup are refused")
  func cut() {
    let value = "<enabled/><data id=\"a\" value=\"&#xF000;\"/><!-- b --><data id='c' value='d'></data>"
    for end in value.indices.dropFirst() {
      let codes = Self.codes(String(value[..<end]))
      let last = value[value.index(before: end)]
      #expect(!codes.isEmpty || last == ">", "\(value[..<end])")
    }
  }
}

@Suite struct ValuePlaceTests {
  private static func place(_ data: String, _ code: String) -> String? {
    let head =
      "<Replace><CmdID>1</CmdID><Item><Target><LocURI>./User/Vendor/MSFT/Policy/Config/InternetExplorer/DisableHomePageChange</LocURI></Target>\n"
    let report = validatePayload(
      Array("\(head)<Data>\(data)</Data></Item></Replace>".utf8), PayloadOptions(catalog: .embedded))
    return report.findings.first { $0.code.text == code }.map { "\($0.position)" }
  }

  @Test(
    "a finding points to its place inside of a value",
    arguments: [
      // The text behind <enabled/>.
      ("&lt;enabled/&gt;on", "2:23"), ("&lt;enabled/>on", "2:20"), ("\n  &lt;enabled/&gt;\n  on\n", "4:3"),
      ("<![CDATA[<enabled/>on]]>", "2:26"), ("\n  <![CDATA[\n<enabled/>\n on\n]]>\n", "5:2"),
      ("&lt;enabled/&gt;&lt;data id=&quot;a&quot; value=&quot;1&quot;/&gt;on", "2:73"),
      ("&lt;enabled/&gt;&lt;data id=\"a\" value=\"&#xF000;\"/&gt;on", "2:60"),
      ("&lt;enabled/&gt;&lt;data id=\"a\" value=\"\u{F000}\"/&gt;on", "2:53"),
      ("&lt;enabled/&gt;&lt;data id=\"a\" value=\"&amp;lt;\"/&gt;on", "2:60"),
      ("<![CDATA[<enabled/><data id=\"a\" value=\"]]]]><![CDATA[>\"/>on]]>", "2:64"),
      ("&#60;enabled/&gt;on", "2:24"), ("<![CDATA[<enabled/>]]>&#111;n", "2:29"),
      ("<!-- a -->&lt;enabled/&gt;<?b c?>on", "2:40"),
    ])
  func places(data: String, expected: String) { #expect(Self.place(data, "SM1714") == expected) }
}
