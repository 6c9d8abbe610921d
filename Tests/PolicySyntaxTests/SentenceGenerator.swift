import TestSupport

/// Makes random sentences of the grammar, and counts which alternatives they have used.
struct SentenceGenerator {
  let grammar: Grammar
  private var random: SeededGenerator
  /// The rules that some sentence has used.
  private(set) var reached: Set<Int> = []
  /// How deep the shortest derivation of each rule is.
  private let depths: [Int]
  private let layout: Int
  private var matcher: TokenMatcher
  /// How many tokens the sentence may still get before it is brought to its end.
  private var budget = 0

  /// Characters for sets that name only what they are without.
  private static let pool: [UInt32] = "abcXYZ019 _-.,:;!?<>=(){}[]+/*'\"\\#\té漢あ😀\u{301}ß".unicodeScalars.map(
    \.value)

  init(_ grammar: Grammar, seed: UInt64) throws {
    self.grammar = grammar
    random = SeededGenerator(seed: seed)
    layout = try grammar.index(of: "LAYOUT")
    matcher = TokenMatcher(grammar)
    var depths = [Int](repeating: 1000, count: grammar.rules.count)
    for _ in grammar.rules {
      for (index, rule) in grammar.rules.enumerated() { depths[index] = 1 + Self.depth(rule.part, depths) }
    }
    self.depths = depths
  }

  private static func depth(_ part: GrammarPart, _ depths: [Int]) -> Int {
    switch part {
    case .characters, .set: 0
    case .rule(let index): depths[index]
    case .sequence(let parts), .interleaving(let parts): parts.map { depth($0, depths) }.max() ?? 0
    case .choice(let parts): parts.map { depth($0, depths) }.min() ?? 0
    case .repetition(let part, let minimum, _): minimum == 0 ? 0 : depth(part, depths)
    case .exception(let part, _): depth(part, depths)
    }
  }

  /// A sentence with random layout.
  mutating func sentence(of rule: String = "file", depth: Int = 24, tokens: Int = 120) throws -> String {
    budget = tokens
    var parts: [String] = []
    expand(.rule(try grammar.index(of: rule)), depth, &parts)
    var text = random.oneIn(20) ? "\u{FEFF}" : ""
    if random.oneIn(3) { text += layoutText() }
    for (index, part) in parts.enumerated() {
      text += part
      guard index + 1 < parts.count else { break }
      if mustSeparate(part, parts[index + 1]) || random.oneIn(2) { text += layoutText() }
    }
    if random.oneIn(2) { text += layoutText() }
    return text
  }

  private mutating func expand(_ part: GrammarPart, _ depth: Int, _ tokens: inout [String]) {
    switch part {
    case .characters(let scalars): tokens.append(Self.text(scalars))
    case .rule(let index):
      reached.insert(index)
      if grammar.rules[index].isToken {
        var scalars: [UInt32] = []
        spell(.rule(index), depth, &scalars)
        tokens.append(Self.text(scalars))
        budget -= 1
      } else {
        expand(grammar.rules[index].part, depth - 1, &tokens)
      }
    case .sequence(let parts):
      for part in parts { expand(part, depth, &tokens) }
    case .choice(let parts):
      expand(alternative(parts, depth), depth, &tokens)
    case .repetition(let part, let minimum, let maximum):
      for _ in 0..<count(part, minimum, maximum, depth) { expand(part, depth, &tokens) }
    case .interleaving(let parts):
      var pieces: [[String]] = []
      for part in parts {
        if case .repetition(let inner, let minimum, let maximum) = part {
          for _ in 0..<count(inner, minimum, maximum, depth) {
            pieces.append([])
            expand(inner, depth, &pieces[pieces.count - 1])
          }
        } else {
          pieces.append([])
          expand(part, depth, &pieces[pieces.count - 1])
        }
      }
      pieces.shuffle(using: &random)
      tokens += pieces.joined()
    case .set, .exception:
      preconditionFailure("sets and exceptions stand in tokens only")
    }
  }

  private mutating func spell(_ part: GrammarPart, _ depth: Int, _ text: inout [UInt32]) {
    switch part {
    case .characters(let scalars): text += scalars
    case .set(let ranges, let negated):
      if negated {
        let allowed = Self.pool.filter { scalar in !ranges.contains { $0.contains(scalar) } }
        text.append(allowed[random.below(allowed.count)])
      } else {
        let range = ranges[random.below(ranges.count)]
        text.append(range.lowerBound + UInt32(random.below(range.count)))
      }
    case .rule(let index):
      reached.insert(index)
      spell(grammar.rules[index].part, depth - 1, &text)
    case .sequence(let parts):
      for part in parts { spell(part, depth, &text) }
    case .choice(let parts): spell(alternative(parts, depth), depth, &text)
    case .repetition(let part, let minimum, let maximum):
      for _ in 0..<count(part, minimum, maximum, depth) { spell(part, depth, &text) }
    case .exception(let part, let excluded):
      while true {
        var candidate: [UInt32] = []
        spell(part, depth, &candidate)
        if !matcher.matches(excluded, candidate) {
          text += candidate
          return
        }
      }
    case .interleaving: preconditionFailure("& stands between tokens only")
    }
  }

  private mutating func alternative(_ parts: [GrammarPart], _ depth: Int) -> GrammarPart {
    let limit = budget > 0 ? depth : 0
    let fitting = parts.filter { Self.depth($0, depths) <= limit }
    if !fitting.isEmpty { return fitting[random.below(fitting.count)] }
    return parts.min { Self.depth($0, depths) < Self.depth($1, depths) } ?? parts[0]
  }

  private mutating func count(_ part: GrammarPart, _ minimum: Int, _ maximum: Int?, _ depth: Int) -> Int {
    guard budget > 0, Self.depth(part, depths) <= depth else { return minimum }
    var count = minimum
    while count < maximum ?? Int.max, !random.oneIn(maximum == 1 ? 2 : 3) { count += 1 }
    return count
  }

  private mutating func layoutText() -> String {
    if !random.oneIn(4) { return [" ", "\n", "\r\n", "\t", "  "][random.below(5)] }
    var scalars: [UInt32] = []
    spell(.rule(layout), 100, &scalars)
    reached.insert(layout)
    return Self.text(scalars)
  }

  /// Whether two tokens side by side would be read as others.
  private func mustSeparate(_ left: String, _ right: String) -> Bool {
    if left.hasPrefix("./") { return true }
    guard let last = left.unicodeScalars.last, let first = right.unicodeScalars.first else { return false }
    let wordBegins = Self.isWord(first) || first == "-" || first == "."
    return Self.isWord(last) && wordBegins
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_"
      || scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }

  private static func text(_ scalars: [UInt32]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.map { Unicode.Scalar($0) ?? "\u{FFFD}" })
    return String(view)
  }
}
