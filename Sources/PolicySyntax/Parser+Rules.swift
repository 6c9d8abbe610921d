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

/// Rules and their clauses.
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
      case .unknown:
        let node = parser.open(.unknownAllowed)
        parser.advance()
        let ok = parser.expect(.allowed)
        parser.close(node)
        if !ok { return false }
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
    private var tokens = (when: -1, that: -1, unknown: -1, status: -1, severity: -1, remedy: -1)

    subscript(word: Keyword) -> Int? {
      get {
        let token =
          switch word {
          case .when: tokens.when
          case .that: tokens.that
          case .unknown: tokens.unknown
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
        case .unknown: tokens.unknown = newValue
        case .status: tokens.status = newValue
        case .severity: tokens.severity = newValue
        case .remedy: tokens.remedy = newValue
        default: break
        }
      }
    }
  }

  static let ruleClauses: [Keyword] = [
    .when, .that, .unknown, .status, .severity, .message, .remedy, .allow,
  ]

  /// Whether the current token begins `unknown allowed`. The word alone may name things.
  var atUnknownAllowed: Bool { at(.unknown) && keywords.find(bytes, range(following)) == .allowed }

  private mutating func parseNamed(_ kind: SyntaxKind, _ what: String) -> Bool {
    let node = open(kind)
    defer { close(node) }
    advance()
    guard self.kind == .identifier, keyword?.opensClause != true, !atUnknownAllowed else {
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

}
