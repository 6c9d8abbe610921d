import Diagnostics
import PolicySyntax

/// Tells whether a file is a sentence of the grammar, without the parser: by the lexer's tokens and the rules alone.
struct GrammarMatcher {
  private let grammar: Grammar
  private var matcher: TokenMatcher
  /// The rules whose tokens are two to the lexer: a number and its unit.
  private let pairs: Set<Int>
  private var texts: [String] = []
  /// The text from a token to the end of the next one.
  private var joined: [String] = []
  private var memo: [Key: Set<Int>] = [:]

  private struct Key: Hashable {
    let rule: Int
    let token: Int
  }

  init(_ grammar: Grammar) throws {
    self.grammar = grammar
    matcher = TokenMatcher(grammar)
    pairs = [try grammar.index(of: "QUANTITY"), try grammar.index(of: "TYPE_IN_UNIT")]
  }

  mutating func accepts(_ source: [UInt8]) throws -> Bool {
    let tokens = Lexer.tokenize(source, file: FileID(index: 0)).tokens
    let kept = (0..<tokens.count).filter { !tokens.kinds[$0].isTrivia && tokens.kinds[$0] != .endOfFile }
    texts = kept.map { String(decoding: source[tokens.start(of: $0)..<tokens.end(of: $0)], as: UTF8.self) }
    joined = zip(kept, kept.dropFirst()).map { first, second in
      // A joined token is a number or a type and a unit: longer texts need not be copied.
      let range = tokens.start(of: first)..<tokens.end(of: second)
      return range.count > 200 ? "" : String(decoding: source[range], as: UTF8.self)
    }
    memo = [:]
    return ends(of: .rule(try grammar.index(of: "file")), at: 0).contains(texts.count)
  }

  private mutating func ends(of part: GrammarPart, at token: Int) -> Set<Int> {
    switch part {
    case .characters(let scalars):
      guard token < texts.count, texts[token].unicodeScalars.elementsEqual(scalars, by: { $0.value == $1 })
      else {
        return []
      }
      return [token + 1]
    case .rule(let index):
      let key = Key(rule: index, token: token)
      if let known = memo[key] { return known }
      let found =
        grammar.rules[index].isToken
        ? match(index, at: token) : ends(of: grammar.rules[index].part, at: token)
      memo[key] = found
      return found
    case .sequence(let parts):
      var reached: Set<Int> = [token]
      for part in parts { reached = reached.reduce(into: []) { $0.formUnion(ends(of: part, at: $1)) } }
      return reached
    case .choice(let parts):
      return parts.reduce(into: []) { $0.formUnion(ends(of: $1, at: token)) }
    case .repetition(let part, let minimum, let maximum):
      var found: Set<Int> = minimum == 0 ? [token] : []
      var frontier: Set<Int> = [token]
      var count = 0
      while !frontier.isEmpty, count < maximum ?? Int.max {
        count += 1
        frontier = frontier.reduce(into: []) { $0.formUnion(ends(of: part, at: $1)) }
        if count > minimum { frontier.subtract(found) }
        if count >= minimum { found.formUnion(frontier) }
      }
      return found
    case .interleaving(let parts): return interleaved(parts, at: token)
    case .set, .exception: return []
    }
  }

  private mutating func match(_ rule: Int, at token: Int) -> Set<Int> {
    if pairs.contains(rule) {
      guard token < joined.count else { return [] }
      return matcher.matches(rule: rule, joined[token]) ? [token + 2] : []
    }
    guard token < texts.count else { return [] }
    return matcher.matches(rule: rule, texts[token]) ? [token + 1] : []
  }

  /// Where parts in any order may end: each once, at most once or any number of times.
  private mutating func interleaved(_ parts: [GrammarPart], at token: Int) -> Set<Int> {
    struct State: Hashable {
      let token: Int
      let used: Int
    }
    var required = 0
    var repeatable = 0
    var inner: [GrammarPart] = []
    for (index, part) in parts.enumerated() {
      if case .repetition(let body, _, let maximum) = part {
        inner.append(body)
        if maximum == nil { repeatable |= 1 << index }
      } else {
        inner.append(part)
        required |= 1 << index
      }
    }
    var seen: Set<State> = [State(token: token, used: 0)]
    var frontier = Array(seen)
    while let state = frontier.popLast() {
      for (index, part) in inner.enumerated()
      where state.used & 1 << index == 0 || repeatable & 1 << index != 0 {
        for end in ends(of: part, at: state.token) {
          let next = State(token: end, used: state.used | 1 << index)
          if end > state.token, seen.insert(next).inserted { frontier.append(next) }
        }
      }
    }
    return Set(seen.filter { $0.used & required == required }.map(\.token))
  }
}
