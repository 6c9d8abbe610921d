import Diagnostics

/// `test` cases.
extension Parser {
  mutating func parseTest() {
    let node = open(.test)
    advance()
    if kind == .string { leaf(.text) } else {
      fail("the test's quoted name")
      recoverToBrace()
    }
    block(of: "the test") { parser in
      switch parser.keyword {
      case .given: return parser.parseGiven()
      case .expect: return parser.parseExpect()
      case .param: return parser.parseTestParam()
      case .some(let word) where word.opensClause:
        parser.misplaced(word, in: "a test", belongs: word.place)
        return true
      default:
        parser.unknownClause("a test", among: [.param, .given, .expect])
        return true
      }
    }
    close(node)
  }

  /// `given NAME`, `given { … }` or `given NAME with { … }`
  private mutating func parseGiven() -> Bool {
    let node = open(.given)
    defer { close(node) }
    advance()
    if kind == .identifier, keyword?.opensClause != true {
      leaf(.name)
      guard at(.with) else { return true }
      advance()
    }
    guard kind == .leftBrace else {
      fail("the facts of the device in braces, or the name of a device")
      return false
    }
    parseAssignments(of: "the given facts")
    return true
  }

  private mutating func parseTestParam() -> Bool {
    let node = open(.assignment)
    defer { close(node) }
    advance()
    guard parseName("the name of a param"), expect(.assign, "'='") else { return false }
    return parseLiteral()
  }

  private mutating func parseExpect() -> Bool {
    let node = open(.expect)
    defer { close(node) }
    advance()
    guard kind == .identifier, keyword?.opensClause != true || at(.warn) else {
      fail("pass, fail, indeterminate, warn or not_applicable")
      return false
    }
    leaf(.name)
    while kind == .identifier, keyword?.opensClause != true || isFollowedByComma {
      leaf(.literal)
      if !take(.comma) { break }
      guard kind == .identifier else {
        fail("the name of a rule")
        return false
      }
    }
    return true
  }

  private var isFollowedByComma: Bool { kinds[following] == .comma }
}
