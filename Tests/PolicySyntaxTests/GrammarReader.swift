/// Reads the notation that the head of `Grammar/attpolicy.ebnf` explains. Everything that it does not explain is an
/// error, so are a rule that is missing and one that nothing uses.
struct GrammarReader {
  private enum Token: Equatable {
    case name(String)
    case quoted([UInt32])
    case set([ClosedRange<UInt32>], negated: Bool)
    case code(UInt32)
    case bounds(Int, Int)
    case sign(String)
  }

  private var tokens: [Token] = []
  private var position = 0
  private var names: [String] = []
  private var indices: [String: Int] = [:]
  private var used: Set<String> = []

  init(_ text: String) throws {
    var scanner = Scanner(Array(text.unicodeScalars))
    while let token = try scanner.next() { tokens.append(token) }
  }

  mutating func read() throws -> ([Grammar.Rule], [String: Int]) {
    for (index, token) in tokens.enumerated() where token == .sign("::=") {
      guard index > 0, case .name(let name) = tokens[index - 1] else { throw error("a rule has no name") }
      guard indices[name] == nil else { throw error("the rule '\(name)' stands twice") }
      indices[name] = names.count
      names.append(name)
    }
    var rules: [Grammar.Rule] = []
    while position < tokens.count {
      guard case .name(let name) = tokens[position] else { throw error("expected a rule") }
      position += 1
      guard take("::=") else { throw error("expected ::= after '\(name)'") }
      rules.append(Grammar.Rule(name: name, part: try choice()))
    }
    for name in names where !used.contains(name) && name != "file" && name != "LAYOUT" {
      throw error("nothing uses the rule '\(name)'")
    }
    return (rules, indices)
  }

  private func error(_ text: String) -> GrammarError { GrammarError(text: "attpolicy.ebnf: \(text)") }

  private mutating func take(_ sign: String) -> Bool {
    guard position < tokens.count, tokens[position] == .sign(sign) else { return false }
    position += 1
    return true
  }

  private mutating func choice() throws -> GrammarPart {
    var parts = [try interleaving()]
    while take("|") { parts.append(try interleaving()) }
    return parts.count == 1 ? parts[0] : .choice(parts)
  }

  private mutating func interleaving() throws -> GrammarPart {
    var parts = [try sequence()]
    while take("&") { parts.append(try sequence()) }
    return parts.count == 1 ? parts[0] : .interleaving(parts)
  }

  private mutating func sequence() throws -> GrammarPart {
    var parts: [GrammarPart] = []
    while try beginsItem() {
      var item = try repeated()
      if take("-") { item = .exception(item, try repeated()) }
      parts.append(item)
    }
    guard !parts.isEmpty else { throw error("an alternative is empty") }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private func beginsItem() throws -> Bool {
    guard position < tokens.count else { return false }
    switch tokens[position] {
    case .name: return position + 1 >= tokens.count || tokens[position + 1] != .sign("::=")
    case .quoted, .set, .code, .sign("("): return true
    default: return false
    }
  }

  private mutating func repeated() throws -> GrammarPart {
    var part = try primary()
    while position < tokens.count {
      switch tokens[position] {
      case .sign("?"): part = .repetition(part, minimum: 0, maximum: 1)
      case .sign("*"): part = .repetition(part, minimum: 0, maximum: nil)
      case .sign("+"): part = .repetition(part, minimum: 1, maximum: nil)
      case .bounds(let low, let high): part = .repetition(part, minimum: low, maximum: high)
      default: return part
      }
      position += 1
    }
    return part
  }

  private mutating func primary() throws -> GrammarPart {
    guard position < tokens.count else { throw error("the file ends in a rule") }
    let token = tokens[position]
    position += 1
    switch token {
    case .name(let name):
      guard let index = indices[name] else { throw error("there is no rule '\(name)'") }
      used.insert(name)
      return .rule(index)
    case .quoted(let characters): return .characters(characters)
    case .code(let scalar): return .characters([scalar])
    case .set(let ranges, let negated): return .set(ranges: ranges, negated: negated)
    case .sign("("):
      let part = try choice()
      guard take(")") else { throw error("a parenthesis is not closed") }
      return part
    default: throw error("expected a name, a quoted text or a set")
    }
  }

  private struct Scanner {
    let text: [Unicode.Scalar]
    var at = 0

    init(_ text: [Unicode.Scalar]) { self.text = text }

    private func looking(at word: String) -> Bool {
      text[at...].starts(with: word.unicodeScalars)
    }

    mutating func next() throws -> Token? {
      while at < text.count {
        if text[at].properties.isWhitespace {
          at += 1
        } else if looking(at: "/*") {
          while at < text.count, !looking(at: "*/") { at += 1 }
          at += 2
        } else {
          break
        }
      }
      guard at < text.count else { return nil }
      let scalar = text[at]
      if looking(at: "::=") {
        at += 3
        return .sign("::=")
      }
      switch scalar {
      case "'", "\"":
        let start = at + 1
        at = start
        while at < text.count, text[at] != scalar { at += 1 }
        at += 1
        return .quoted(text[start..<(at - 1)].map(\.value))
      case "[": return try set()
      case "#": return .code(try code())
      case "{": return try bounds()
      case "?", "*", "+", "|", "&", "-", "(", ")":
        at += 1
        return .sign(String(Character(scalar)))
      default:
        let start = at
        while at < text.count, text[at].properties.isAlphabetic || text[at] == "_" { at += 1 }
        guard at > start else { throw GrammarError(text: "the notation has no '\(scalar)'") }
        return .name(String(String.UnicodeScalarView(text[start..<at])))
      }
    }

    private mutating func code() throws -> UInt32 {
      at += 2
      let start = at
      while at < text.count, text[at].properties.isASCIIHexDigit { at += 1 }
      guard let value = UInt32(String(String.UnicodeScalarView(text[start..<at])), radix: 16) else {
        throw GrammarError(text: "#x needs a hexadecimal number")
      }
      return value
    }

    private mutating func member() throws -> UInt32 {
      if looking(at: "#x") { return try code() }
      at += 1
      return text[at - 1].value
    }

    private mutating func set() throws -> Token {
      at += 1
      let negated = text[at] == "^"
      if negated { at += 1 }
      var ranges: [ClosedRange<UInt32>] = []
      while at < text.count, text[at] != "]" {
        let low = try member()
        if at + 1 < text.count, text[at] == "-", text[at + 1] != "]" {
          at += 1
          ranges.append(low...(try member()))
        } else {
          ranges.append(low...low)
        }
      }
      at += 1
      return .set(ranges, negated: negated)
    }

    private mutating func bounds() throws -> Token {
      let start = at + 1
      while at < text.count, text[at] != "}" { at += 1 }
      let numbers = String(String.UnicodeScalarView(text[start..<at])).split(separator: ",").compactMap {
        Int($0)
      }
      at += 1
      guard numbers.count == 2 else { throw GrammarError(text: "bounds are two numbers, such as {1,9}") }
      return .bounds(numbers[0], numbers[1])
    }
  }
}
