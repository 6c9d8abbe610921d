import Diagnostics

/// `test` cases.
extension Parser {
  mutating func parseTest() {
    let node = open(.test)
    advance()
    if kind == .string { leaf(.text) } else { fail("the test's quoted name") }
    blockAfterHead(node, of: "the test", holding: [.param, .given, .expect]) { parser in
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
    parseAssignments(node, of: "the given facts")
    return true
  }

  private mutating func parseTestParam() -> Bool {
    let node = open(.assignment)
    defer { close(node) }
    advance()
    guard parseName("the name of a param"), expectAssign("'=' and the param's value") else { return false }
    return parseLiteral()
  }

  private mutating func parseExpect() -> Bool {
    let node = open(.expect)
    defer { close(node) }
    advance()
    let whole = ["pass", "not_applicable", "no_warnings"]
    let outcomes = whole + ["fail", "indeterminate", "warn"]
    guard kind == .identifier, let outcome = outcomes.firstIndex(of: text(position)) else {
      let near = kind == .identifier ? closest(to: text(position), in: outcomes) : nil
      fail(
        "pass, fail, indeterminate, warn, no_warnings or not_applicable",
        help: near.map { ["did you mean '\($0)'?"] } ?? [])
      return false
    }
    leaf(.name)
    guard outcome >= whole.count, kind == .identifier, keyword?.opensClause != true else { return true }
    repeat {
      guard kind == .identifier, keyword?.opensClause != true else {
        fail("the name of a rule")
        return false
      }
      leaf(.literal)
    } while take(.comma)
    return true
  }
}
