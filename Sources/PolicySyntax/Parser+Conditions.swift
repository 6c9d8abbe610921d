import Diagnostics

/// Conditions: `or` binds weakest, then `and`, `not`, and comparisons.
extension Parser {
  /// Parses a condition; false when it is broken, and then a message has been given.
  mutating func parseCondition() -> Bool { parseChain(.or) }

  private mutating func parseChain(_ level: Keyword) -> Bool {
    let start = nodes.count
    var ok = level == .or ? parseChain(.and) : parseUnary()
    var wrapped = false
    while ok, atConnective(level) {
      if kind == .identifier { advance() } else { foreignOperator(level.text) }
      if !wrapped {
        wrap(level == .or ? .or : .and, from: start)
        wrapped = true
      }
      ok = level == .or ? parseChain(.and) : parseUnary()
    }
    if wrapped { close(start) }
    return ok
  }

  private func atConnective(_ level: Keyword) -> Bool {
    if kind == .identifier { return at(level) }
    return kind == (level == .or ? .bars : .ampersands)
  }

  private mutating func foreignOperator(_ word: String) {
    lastError = position
    diagnostics.report(
      "AP1010", .error, "'\(text(position))' is written '\(word)' here", at: span(position), "write \(word)",
      fixIts: [
        FixIt(title: "write \(word)", span: span(position), replacement: word == "not" ? "not " : word)
      ])
    advance()
  }

  private mutating func parseUnary() -> Bool {
    guard at(.not) || kind == .bang else { return parseComparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.maximumDepth else {
      tooDeep()
      return false
    }
    let node = open(.not)
    if kind == .bang { foreignOperator("not") } else { advance() }
    let ok = parseUnary()
    close(node)
    return ok
  }

  private mutating func parseComparison() -> Bool {
    let start = nodes.count
    guard parseOperand() else { return false }
    switch kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      wrap(.compare, from: start)
      leaf(.operatorToken)
      let ok = parseOperand()
      close(start)
      guard ok, isComparison(kind) else { return ok }
      lastError = position
      diagnostics.report(
        "AP1010", .error, "comparisons cannot be chained", at: span(position),
        "a second comparison begins here",
        help: ["compare twice and join with 'and': a < x and x < b"])
      while isComparison(kind) {
        advance()
        guard parseOperand() else { return false }
      }
      return true
    case .assign:
      lastError = position
      diagnostics.report(
        "AP1010", .error, "'=' gives a value, a comparison is written '=='", at: span(position), "write ==",
        fixIts: [FixIt(title: "write ==", span: span(position), replacement: "==")])
      wrap(.compare, from: start)
      leaf(.operatorToken)
      let ok = parseOperand()
      close(start)
      return ok
    default: break
    }
    if at(.meets) {
      wrap(.meets, from: start)
      advance()
      let ok = parseName("the name of a builds list")
      close(start)
      return ok
    }
    if at(.in) || (at(.not) && keywords.find(bytes, range(following)) == .in) {
      wrap(.member, from: start)
      if at(.not) { leaf(.operatorToken) }
      advance()
      let ok = parseList()
      close(start)
      return ok
    }
    return true
  }

  private func isComparison(_ kind: TokenKind) -> Bool {
    kind.rawValue >= TokenKind.equal.rawValue && kind.rawValue <= TokenKind.greaterOrEqual.rawValue
  }

  private mutating func parseOperand() -> Bool {
    switch kind {
    case .leftParen:
      depth += 1
      defer { depth -= 1 }
      guard depth <= Parser.maximumDepth else {
        tooDeep()
        return false
      }
      let opening = position
      let node = open(.parenthesized)
      advance()
      var ok = parseCondition()
      if ok, kind != .rightParen {
        ok = false
        if lastError != position {
          lastError = position
          diagnostics.report(
            "AP1006", .error, "the parenthesis is never closed", at: span(opening), "opened here",
            secondary: [Label(span(position), "expected ')' before \(found)")])
        }
      } else if ok {
        advance()
      }
      close(node)
      return ok
    case .integer, .version, .string:
      let node = open(.operand)
      let ok = parseLiteral()
      close(node)
      return ok
    case .identifier, .dottedName, .digitWord:
      if let keyword, keyword.opensClause || keyword.joinsConditions || atUnknownAllowed { break }
      let node = open(.operand)
      if at(.attested) {
        leaf(.attested)
        guard kind == .dottedName || kind == .identifier && keyword?.opensClause != true else {
          close(node)
          fail("the name of a fact after 'attested'", help: ["attested boot.secure_boot == on"])
          return false
        }
      }
      leaf(.literal)
      close(node)
      return true
    default: break
    }
    fail("a fact or a value")
    return false
  }
}
