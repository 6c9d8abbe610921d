import Diagnostics

/// What a clause may carry: its guard and its waivers.
extension Parser {
  mutating func parseWhen() {
    let node = open(.when)
    advance()
    skipRepeated(.when)
    let ok = parseCondition()
    close(node)
    if !ok { recover() }
  }

  /// Goes over the same word written twice in a row, so that the clause is not lost.
  mutating func skipRepeated(_ word: Keyword) {
    while at(word), !isFirstOnLine {
      fail("a condition", help: ["the word stands twice"])
      advance()
    }
  }

  /// Waivers and, where a clause may have one, its guard.
  ///
  /// - Parameter guarded: The `when` that the clause has already.
  mutating func parseModifiers(guarded: Int = -1) {
    var guarded = guarded
    while true {
      if at(.when), !startsGroup {
        if guarded >= 0 {
          diagnostics.report(
            "AP1011", .error, "the clause has a second 'when'", at: span(position), "only one is allowed",
            secondary: [Label(span(guarded), "the first is here")], help: ["join the conditions with 'and'"])
        }
        guarded = position
        parseWhen()
      } else if at(.allow) {
        if !parseWaiver() { recover() }
      } else {
        return
      }
    }
  }

  /// Whether `when` at the current token opens a group of clauses: its condition is followed by a brace, that of a
  /// clause's guard never is.
  var startsGroup: Bool {
    var token = following
    if kinds[token] == .identifier, keywords.find(bytes, range(token)) == .when { token += 1 }
    while token < kinds.count - 1 {
      switch kinds[token] {
      case .leftBrace: return true
      case .rightBrace, .path, .endOfFile: return false
      case .identifier:
        if let word = keywords.find(bytes, range(token)), word.opensClause { return false }
      default: break
      }
      token += 1
    }
    return false
  }

  mutating func parseWaivers() {
    while at(.allow) {
      if !parseWaiver() { recover() }
    }
  }

  mutating func parseWaiver() -> Bool {
    let node = open(.waiver)
    defer { close(node) }
    advance()
    guard isCode else {
      fail("the code of a finding", help: ["allow AP2104 because \"the reason\""])
      return false
    }
    leaf(.name)
    guard at(.because) else {
      fail("'because' and the reason", help: ["a waiver needs a reason: allow AP2104 because \"…\""])
      return false
    }
    advance()
    guard kind == .string else {
      fail("the quoted reason")
      return false
    }
    leaf(.text)
    return true
  }

  /// Whether the code of a finding stands here: AP or SM, and four digits.
  var isCode: Bool {
    let word = range(position)
    return kind == .identifier && word.count == 6
      && (bytes[word].starts(with: "AP".utf8) || bytes[word].starts(with: "SM".utf8))
      && bytes[word].dropFirst(2).allSatisfy(isDigit)
  }
}
