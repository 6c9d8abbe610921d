import CSPCatalog
import Testing

@testable import SyncML

@Suite struct ValuePatternTests {
  @Test(
    "texts match as the pattern says",
    arguments: [
      ("^a+b?$", ["a", "aab"], ["", "b", "abb"]),
      ("a|b|cd", ["xa", "b", "cd"], ["c", "d", ""]),
      ("^[^|/]*$", ["", "name 1"], ["a|b", "a/b"]),
      ("^(\\d+\\.)?(\\d+\\.)?(\\*|\\d+)$", ["1", "1.0.0", "1.*"], ["1.", "1.0.0.0", "a"]),
      ("^.{1,3}$", ["a", "äöü", "\u{F000}"], ["", "abcd", "a\nb", "😀😀"]),
      ("^x{2}y{2,}z{0}$", ["xxyy", "xxyyyy"], ["xyy", "xxy", "xxyyz"]),
      ("{[0-9]{2}\\}", ["{12}", "a{12}b"], ["12", "{1}"]),
      ("^/x{a,b}$", ["/x{a,b}"], ["/xa"]),
      ("/^https?:\\/\\/[a-z]+$/", ["http://a", "https://b"], ["ftp://a", "/http://a/"]),
      ("/^ab$/i", ["AB", "ab"], ["abc"]),
      ("^a(?i)b|c$", ["aB", "ab", "C"], ["Ab"]),
      ("^(a(?i)b)c$", ["aBc"], ["aBC"]),
      ("^(?i:q)r$", ["Qr"], ["QR"]),
      ("\\bword\\b", ["a word", "word."], ["words", "sword"]),
      ("^[-a.\\]\\d]+$", ["-a.]0"], ["b", "\\"]),
      ("^[^\\W_]+$", ["aZ9", "a"], ["_", "-", "é"]),
      ("^(a*)*$", ["", "aaa"], ["b"]),
      ("^\\x41\\u00e9\\t$", ["Aé\t"], ["Ae\t"]),
      ("^[\\s\\S]$", ["\n", "a", "é"], ["", "ab"]),
      ("^a*?b+?$", ["aab", "b"], ["a"]),
    ])
  func matching(pattern: String, good: [String], bad: [String]) throws {
    let compiled = try ValuePattern(pattern)
    for text in good { #expect(compiled.matches(text) == true, "\(pattern) on '\(text)'") }
    for text in bad { #expect(compiled.matches(text) == false, "\(pattern) on '\(text)'") }
  }

  @Test(
    "a pattern that cannot be run for certain is refused",
    arguments: [
      ("", PatternProblem.isEmpty), ("A valid GUID", .isProse),
      ("(?=a)b", .unsupported("a look-around or another special group")),
      ("(?<!a)b", .unsupported("a look-around or another special group")),
      ("(a)\\1", .unsupported("the escape '\\1'")), ("\\p{L}", .unsupported("the escape '\\p'")),
      ("a**", .unsupported("a quantifier behind a quantifier")),
      ("*a", .unsupported("a quantifier behind nothing")),
      ("a++", .unsupported("a quantifier behind a quantifier")),
      ("{2}a", .unsupported("a quantifier behind nothing")),
      ("[]a]", .unsupported("']' at the beginning of a class")),
      ("[[:alpha:]]", .unsupported("a named class")),
      ("[z-a]", .unsupported("a range whose ends are exchanged")),
      ("a{3,2}", .unsupported("a count whose bounds are exchanged")),
      ("(a", .incomplete("a ')'")), ("a)", .unsupported("an unmatched ')'")), ("[a", .incomplete("a ']'")),
      ("a\\", .incomplete("a character behind '\\'")), ("\\x4", .incomplete("2 hexadecimal digits")),
      ("/a/x", .unsupported("flags behind its last '/'")), ("a{1001}", .isTooLarge),
      ("((a{1000}){1000}){1000}", .isTooLarge), ("a{99999999999999999999}", .isTooLarge),
      (String(repeating: "(", count: 40), .isTooLarge),
    ])
  func refused(pattern: String, problem: PatternProblem) {
    #expect(throws: problem) { try ValuePattern(pattern) }
  }

  @Test("a pattern that backtracking would never finish takes no time")
  func linear() throws {
    let hostile = try ValuePattern("^(a|a|aa)*(a*)*$")
    let text = String(repeating: "a", count: 20_000) + "b"
    let time = ContinuousClock().measure { #expect(hostile.matches(text) == false) }
    #expect(time < .seconds(5))
    #expect(hostile.matches(String(repeating: "a", count: ValuePattern.textLimit + 1)) == nil)
  }

  @Test("every pattern of the catalogue but the empty one can be run")
  func catalogue() {
    var refused: Set<String> = []
    var count = 0
    for node in CSPCatalog.embedded.nodes {
      guard case .pattern(let source) = node.allowedValues else { continue }
      count += 1
      if (try? ValuePattern(source)) == nil { refused.insert(source) }
    }
    #expect(count >= 32)
    #expect(refused == [""])
  }
}
