import Testing

@testable import TPMEvidence

@Suite("SM3")
struct SM3Tests {
  @Test(
    "the examples of the standard come out",
    arguments: [
      ("abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
      ("abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
      ("", 1, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
    ])
  func examples(text: String, times: Int, expected: String) {
    let bytes = Array(String(repeating: text, count: times).utf8)
    #expect(hexadecimal(HashAlgorithm.sm3.digest(of: bytes) ?? []) == expected)
  }
}
