import Diagnostics

/// Commands and the values that they set.
extension Parser {
  mutating func parseCommand() {
    guard !parseCommandItself() else { return }
    // What narrows or waives a broken command is no clause of its own.
    recover()
    parseModifiers()
  }

  mutating func parseCommandItself() -> Bool {
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
  mutating func parseSetting() -> Bool {
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
}
