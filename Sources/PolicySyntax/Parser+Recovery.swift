import Diagnostics

/// Blocks in braces, and how the parser finds its way after a mistake.
extension Parser {
  /// Goes on to the next token that may begin a clause or an entry, or to the brace that ends the block.
  mutating func recover() {
    var open = 0
    while kind != .endOfFile {
      switch kind {
      case .leftBrace: open += 1
      case .rightBrace where layout?.isStray(position) == true: break
      case .rightBrace:
        if open == 0 { return }
        open -= 1
      default:
        if open == 0, beginsEntry { return }
      }
      advance()
    }
  }

  /// Whether the current token begins a clause, or an entry of the block that is being read.
  var beginsEntry: Bool {
    guard kind == .identifier || kind == .dottedName else { return false }
    let word = keyword
    if let word, word.opensClause { return true }
    switch entries {
    case .clauses: return atUnknownAllowed || atEvidence
    case .builds: return word == .windows || word == .newer
    case .assignments: return word == .attested || kinds[following] == .assign
    }
  }

  /// Parses entries between braces; `entry` takes one, or returns false when it is broken. Where the opening brace is
  /// missing, the block reaches as far as the clauses that belong in it.
  mutating func block(
    of owner: String, _ entries: EntryKind = .clauses, holding clauses: [Keyword] = [],
    _ entry: (inout Parser) -> Bool
  ) {
    let outer = self.entries
    self.entries = entries
    defer { self.entries = outer }
    if kind != .leftBrace {
      fail("'{' to open \(owner)")
      recoverToBrace()
    }
    var opening = position
    var hasOpening = take(.leftBrace)
    while hasOpening, kind == .leftBrace {
      if lastError != position {
        diagnostics.report(
          "AP1006", .error, "the brace opens nothing", at: span(position), "\(owner) is open already",
          help: ["remove it"])
      }
      lastError = position
      opening = position
      advance()
    }
    let margin = hasOpening ? layout?.margin(ofUnclosed: opening) : nil
    while true {
      switch kind {
      case .endOfFile:
        if hasOpening { unclosed(opening, owner) }
        return
      case .rightBrace:
        let isStray = layout?.isStray(position) == true
        if hasOpening, isStray {
          closesNothing()
          continue
        }
        if margin != nil {
          unclosed(opening, owner)
          return
        }
        // A block whose opening brace is missing ends at a brace that has no other partner.
        if hasOpening || layout == nil || isStray { advance() }
        return
      case .leftBrace where !hasOpening:
        hasOpening = true
        opening = position
        advance()
        continue
      default: break
      }
      if !hasOpening, let keyword, keyword.opensClause, !clauses.contains(keyword) { return }
      if let margin, isOutdented(margin) {
        unclosed(opening, owner)
        return
      }
      let before = position
      if !entry(&self) { recover() }
      if position == before, kind != .rightBrace, kind != .endOfFile { advance() }
    }
  }

  /// A closing brace without a partner.
  mutating func closesNothing() {
    if lastError != position {
      diagnostics.report(
        "AP1006", .error, "the brace closes nothing", at: span(position), "no { belongs to it",
        help: ["remove it"])
    }
    lastError = position
    advance()
  }

  mutating func unclosed(_ opening: Int, _ owner: String) {
    guard lastError != position else { return }
    lastError = position
    diagnostics.report(
      "AP1006", .error, "the brace of \(owner) is never closed", at: span(opening), "opened here",
      help: ["add a } at the end of \(owner)"])
  }

  /// Whether the current token begins a declaration no further in than the line that opened a block without an end:
  /// there is where the brace is missing.
  func isOutdented(_ margin: Int) -> Bool {
    guard let keyword, isFirstOnLine else { return false }
    let isEnd =
      switch entries {
      case .assignments: keyword.opensClause
      case .clauses, .builds: keyword.opensDeclaration || keyword == .when && startsGroup
      }
    guard isEnd else { return false }
    return indentation(of: position) <= margin
  }

  /// How far the line of a token is indented, in bytes.
  func indentation(of token: Int) -> Int {
    let start = range(token).lowerBound
    var lineStart = start
    while lineStart > 0, bytes[lineStart - 1] == 0x20 || bytes[lineStart - 1] == 0x09 { lineStart -= 1 }
    return start - lineStart
  }

  /// Parses the block of a declaration. A slip in its head does not lose the body, and is told once.
  mutating func blockAfterHead(
    _ node: NodeIndex, of owner: String, _ entries: EntryKind = .clauses, holding clauses: [Keyword] = [],
    _ entry: (inout Parser) -> Bool
  ) {
    if kind != .leftBrace, lastError > Int(nodes[node].firstToken) {
      recoverToBrace()
      if kind != .leftBrace { lastError = position }
    }
    block(of: owner, entries, holding: clauses, entry)
  }

  /// Skips to an opening brace on the way to the next clause, so that a slip in a head does not lose the body.
  mutating func recoverToBrace() {
    while kind != .leftBrace, kind != .rightBrace, kind != .endOfFile {
      if let keyword, keyword.opensClause { return }
      advance()
    }
  }

  /// A clause of the language where it cannot stand.
  mutating func misplaced(_ word: Keyword, in owner: String, belongs: String) {
    if lastError != position, diagnostics.isFull {
      diagnostics.countError()
    } else if lastError != position {
      lastError = position
      diagnostics.report(
        "AP1008", .error, "'\(word.text)' cannot stand in \(owner)", at: span(position), "not here",
        help: ["'\(word.text)' belongs \(belongs)"])
    }
    advance()
    recover()
  }

  /// A word, or something else, that begins no clause.
  mutating func unknownClause(_ owner: String, among clauses: [Keyword]) {
    unreadClauses += 1
    guard kind == .identifier || kind == .dottedName, lastError != position else {
      fail("a clause of \(owner)")
      if kind != .leftBrace { advance() }
      recover()
      return
    }
    lastError = position
    if diagnostics.isFull {
      diagnostics.countError()
      advance()
      return recover()
    }
    let word = text(position)
    let names = clauses.map(\.text)
    let close = closest(to: word, in: names)
    var fixIts: [FixIt] = []
    var help = ["known here: \(names.joined(separator: ", "))"]
    if let close {
      help.insert("did you mean '\(close)'?", at: 0)
      fixIts = [FixIt(title: "write \(close)", span: span(position), replacement: close)]
    }
    diagnostics.report(
      "AP1007", .error, "'\(word)' is not a clause of \(owner)", at: span(position), "not known here",
      help: help, fixIts: fixIts)
    advance()
    recover()
  }

  mutating func tooDeep() {
    if lastError != position {
      lastError = position
      diagnostics.report(
        "AP1009", .error, "the nesting is deeper than \(Parser.maximumDepth) levels", at: span(position),
        "too deep here", help: ["split the rule into several, or move parts into rules groups"])
    }
    // Nothing inside can be understood any more; the braces and parentheses still have to be matched.
    recover()
  }
}
