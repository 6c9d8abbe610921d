import Diagnostics

extension Keyword {
  /// Where a clause belongs, for the message about one that stands elsewhere.
  var place: String {
    switch self {
    case .that, .status, .severity, .message, .remedy: "in a require or warn rule"
    case .given, .expect: "in a test"
    case .allow: "directly after the clause that it waives, or in the rule"
    case .import: "at the top of a file"
    case .policy: "at the top level of a file"
    default: "in a policy"
    }
  }
}

/// Rules, commands and what they carry.
extension Parser {
  mutating func parseRule() {
    let node = open(.rule)
    let head = position
    let unreadBefore = unreadClauses
    advance()
    parseDeclaredName("the rule's name")
    var seen = FirstClauses()
    blockAfterHead(node, of: "the rule", holding: Parser.ruleClauses) { parser in
      guard let word = parser.keyword else {
        parser.unknownClause("a rule", among: Parser.ruleClauses)
        return true
      }
      let token = parser.position
      switch word {
      case .when: parser.parseWhen()
      case .that:
        let that = parser.open(.that)
        parser.advance()
        parser.skipRepeated(.that)
        let ok = parser.parseCondition()
        parser.close(that)
        if !ok { parser.recover() }
      case .status: if !parser.parseNamed(.status, "a status such as tpm_not_ready") { return false }
      case .severity: if !parser.parseNamed(.severity, "low, medium, high or critical") { return false }
      case .remedy: if !parser.parseNamed(.remedy, "a remedy such as update_windows") { return false }
      case .message: return parser.parseMessage()
      case .allow: return parser.parseWaiver()
      default:
        if word.opensClause {
          parser.misplaced(word, in: "a rule", belongs: word.place)
        } else {
          parser.unknownClause("a rule", among: Parser.ruleClauses)
        }
        return true
      }
      if let first = seen[word] {
        let help = word == .that || word == .when ? ["join the conditions with 'and'"] : ["keep one of them"]
        parser.diagnostics.report(
          "AP1011", .error, "the rule has a second '\(word.text)'", at: parser.span(token),
          "only one is allowed",
          secondary: [Label(parser.span(first), "the first is here")], help: help)
      } else {
        seen[word] = token
      }
      return true
    }
    close(node)
    if seen[.that] == nil, lastError != position, unreadClauses == unreadBefore {
      diagnostics.report(
        "AP1012", .error, "the rule says nothing: it has no 'that'", at: span(head),
        "a rule needs a condition", help: ["add: that CONDITION"])
    }
  }

  /// The tokens that begin the clauses of a rule which it may have once.
  private struct FirstClauses {
    private var tokens = (when: -1, that: -1, status: -1, severity: -1, remedy: -1)

    subscript(word: Keyword) -> Int? {
      get {
        let token =
          switch word {
          case .when: tokens.when
          case .that: tokens.that
          case .status: tokens.status
          case .severity: tokens.severity
          case .remedy: tokens.remedy
          default: -1
          }
        return token < 0 ? nil : token
      }
      set {
        guard let newValue else { return }
        switch word {
        case .when: tokens.when = newValue
        case .that: tokens.that = newValue
        case .status: tokens.status = newValue
        case .severity: tokens.severity = newValue
        case .remedy: tokens.remedy = newValue
        default: break
        }
      }
    }
  }

  static let ruleClauses: [Keyword] = [.when, .that, .status, .severity, .message, .remedy, .allow]

  private mutating func parseNamed(_ kind: SyntaxKind, _ what: String) -> Bool {
    let node = open(kind)
    defer { close(node) }
    advance()
    guard self.kind == .identifier, keyword?.opensClause != true else {
      fail(what)
      return false
    }
    leaf(.name)
    return true
  }

  private mutating func parseMessage() -> Bool {
    let node = open(.message)
    defer { close(node) }
    advance()
    guard kind == .identifier, keyword?.opensClause != true else {
      fail("a language such as en", help: ["message en \"…\""])
      return false
    }
    leaf(.name)
    guard kind == .string else {
      fail("the quoted message")
      return false
    }
    leaf(.text)
    return true
  }

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

  /// Whether the code of a finding stands here: AP and four digits.
  private var isCode: Bool {
    let word = range(position)
    return kind == .identifier && word.count == 6 && bytes[word].starts(with: "AP".utf8)
      && bytes[word].dropFirst(2).allSatisfy(isDigit)
  }

  mutating func parseCommand() {
    guard !parseCommandItself() else { return }
    // What narrows or waives a broken command is no clause of its own.
    recover()
    parseModifiers()
  }

  private mutating func parseCommandItself() -> Bool {
    let word = keyword
    let syntax: SyntaxKind =
      switch word {
      case .set: .set
      case .add: .add
      case .delete: .delete
      case .exec: .exec
      default: .collect
      }
    let node = open(syntax)
    defer { close(node) }
    advance()
    guard kind == .path || kind == .string else {
      fail(
        "a CSP path",
        help: ["a path begins with ./, such as ./Device/Vendor/MSFT/DeviceStatus/TPM/ManufacturerName"])
      return false
    }
    leaf(.path)
    let takesValue = syntax == .set || syntax == .add || syntax == .exec
    if takesValue, syntax == .set || kind == .assign || kind == .equal {
      guard expectAssign("'=' and the value to set"), parseSetting() else { return false }
    } else if kind == .assign {
      fail("the next clause", help: ["'delete' and 'collect' take no value"])
      return false
    }
    parseModifiers()
    return true
  }

  /// The value of a `set`, `add` or `exec`.
  private mutating func parseSetting() -> Bool {
    switch kind {
    case .leftBracket: return parseList()
    case .identifier where at(.enabled) || at(.disabled):
      let node = open(at(.enabled) ? .admxEnabled : .admxDisabled)
      let isEnabled = at(.enabled)
      advance()
      if isEnabled, kind == .leftBrace {
        block(of: "the ADMX elements", .assignments) { parser in
          let element = parser.open(.admxElement)
          defer { parser.close(element) }
          guard parser.kind == .string || parser.kind == .identifier && parser.keyword?.opensClause != true
          else {
            parser.fail("the id of an ADMX element and its value, such as \"Limit\" = 5")
            return false
          }
          parser.leaf(parser.kind == .string ? .text : .name)
          guard parser.expectAssign("'=' and the element's value") else { return false }
          guard parser.kind == .leftBracket ? parser.parseList() : parser.parseLiteral() else { return false }
          _ = parser.take(.comma)
          return true
        }
      }
      close(node)
      return true
    default: return parseLiteral()
    }
  }

  mutating func parseAtomic() {
    let node = open(.atomic)
    advance()
    let allowed: [Keyword] = [.set, .add, .delete, .exec, .allow]
    block(of: "the atomic group", holding: allowed) { parser in
      switch parser.keyword {
      case .set, .add, .delete, .exec, .collect: parser.parseCommand()
      case .allow: return parser.parseWaiver()
      case .some(let word) where word.opensClause:
        parser.misplaced(word, in: "an atomic group", belongs: word.place)
      default:
        parser.unknownClause("an atomic group", among: allowed)
      }
      return true
    }
    close(node)
  }

  /// A number, version, text or symbol, with a unit where one follows.
  mutating func parseLiteral() -> Bool {
    switch kind {
    case .integer:
      let node = open(.literal)
      advance()
      if atUnit { advance() }
      close(node)
      return true
    case .version, .string:
      leaf(.literal)
      return true
    case .identifier, .digitWord:
      if let keyword, keyword.opensClause { break }
      leaf(.literal)
      return true
    case .dottedName:
      fail("a value", help: ["the value of a fact is known on a device only"])
      return false
    default: break
    }
    fail("a value")
    return false
  }

  /// Whether a unit stands here, on the line of its number.
  var atUnit: Bool {
    guard kind == .identifier, keyword == nil else { return false }
    let word = range(position)
    return word.count <= Unit.longestName && Unit.named(text(position)) != nil && !isFirstOnLine
  }

  /// A token's text, its beginning if it is very long.
  func text(_ token: Int) -> String { String(decoding: bytes[range(token).prefix(80)], as: UTF8.self) }

  /// `[value, value]`
  mutating func parseList() -> Bool {
    let node = open(.list)
    defer { close(node) }
    guard expect(.leftBracket, "'['") else { return false }
    while kind != .rightBracket {
      guard parseLiteral() else { return false }
      if !take(.comma) { break }
    }
    return expect(.rightBracket, "']' or ','")
  }

  // MARK: Clauses that do not fit

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
