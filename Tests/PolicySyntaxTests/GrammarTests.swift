import Diagnostics
import PolicySyntax
import TestSupport
import Testing

@Suite struct GrammarTests {
  @Test("the parser accepts every sentence of the grammar, and its tokens are the sentence", arguments: 1...4)
  func sentences(seed: UInt64) throws {
    let grammar = try Grammar.ofCheckout()
    var generator = try SentenceGenerator(grammar, seed: seed)
    for _ in 0..<1000 {
      let sentence = try generator.sentence()
      let file = parse(sentence.utf8)
      #expect(file.tree.defect == nil, "\(sentence)")
      let errors = file.diagnostics.filter { $0.severity == .error }
      if !errors.isEmpty { Issue.record("\(errors.map { ($0.code, $0.message) })\n\(sentence)") }
    }
    let missed = grammar.rules.indices.filter { !generator.reached.contains($0) }.map {
      grammar.rules[$0].name
    }
    // What other rules are without is spelt by none.
    #expect(missed == ["CLAUSE_WORD"])
  }

  @Test("what the parser accepts of damaged sentences, the grammar accepts too", arguments: 11...14)
  func damagedSentences(seed: UInt64) throws {
    let grammar = try Grammar.ofCheckout()
    var generator = try SentenceGenerator(grammar, seed: seed)
    var matcher = try GrammarMatcher(grammar)
    var damage = Damage(seed: seed)
    var accepted = 0
    for _ in 0..<400 {
      let sentence = try generator.sentence(tokens: 40)
      let source = damage.token(in: Array(sentence.utf8))
      let file = parse(source)
      #expect(file.tree.defect == nil)
      guard !file.hasErrors else { continue }
      accepted += 1
      if try !matcher.accepts(source) {
        Issue.record("not in the grammar: \(String(decoding: source, as: UTF8.self))")
      }
    }
    #expect(accepted > 50)
  }

  @Test(
    "bytes flipped, cut, doubled and spliced never trap the parser nor break its tree", arguments: 21...24)
  func mutations(seed: UInt64) throws {
    var generator = try SentenceGenerator(try Grammar.ofCheckout(), seed: seed)
    var damage = Damage(seed: seed)
    var previous: [UInt8] = []
    for _ in 0..<500 {
      let sentence = Array(try generator.sentence(tokens: 60).utf8)
      let source = damage.bytes(of: sentence, splicing: previous)
      previous = sentence
      let file = parse(source)
      if let defect = file.tree.defect { Issue.record("\(defect): \(source)") }
      for diagnostic in file.diagnostics {
        for label in [diagnostic.primary].compactMap({ $0 }) + diagnostic.secondary {
          #expect(label.span.end <= source.count)
        }
      }
    }
  }

  @Test("a rule that is missing, unused or twice there is an error of the grammar")
  func brokenGrammars() {
    #expect(throws: GrammarError.self) { try Grammar("file ::= 'a' other") }
    #expect(throws: GrammarError.self) { try Grammar("file ::= 'a'  other ::= 'b'") }
    #expect(throws: GrammarError.self) { try Grammar("file ::= 'a'  file ::= 'b'") }
    #expect(throws: GrammarError.self) { try Grammar("file ::= ('a'") }
  }
}

/// Damages sources at random.
struct Damage {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed ^ 0xD0D0) }

  /// Leaves one token out, doubles it, puts it elsewhere or another of the file in its place.
  mutating func token(in source: [UInt8]) -> [UInt8] {
    let tokens = Lexer.tokenize(source, file: FileID(index: 0)).tokens
    var pieces = (0..<tokens.count - 1).map { source[tokens.start(of: $0)..<tokens.end(of: $0)] }
    let solid = pieces.indices.filter { !tokens.kinds[$0].isTrivia }
    guard let token = solid.isEmpty ? nil : solid[random.below(solid.count)] else { return source }
    let other = solid[random.below(solid.count)]
    switch random.below(5) {
    case 0: pieces[token] = []
    case 1: pieces[token] += [0x20] + pieces[token]
    case 2: pieces.swapAt(token, other)
    case 3: pieces[token] = pieces[other]
    default:
      if other < token { pieces.removeSubrange(other..<token) }
    }
    return Array(pieces.map(Array.init).joined(separator: random.oneIn(2) ? [] : [0x20]))
  }

  /// One to three changes of bytes.
  mutating func bytes(of source: [UInt8], splicing other: [UInt8]) -> [UInt8] {
    var bytes = source
    for _ in 0...random.below(3) {
      let low = random.below(bytes.count + 1)
      let high = min(bytes.count, low + random.below(20))
      switch random.below(6) {
      case 0 where low < bytes.count: bytes[low] ^= UInt8(1 << random.below(8))
      case 1 where low < bytes.count: bytes[low] = UInt8(random.below(256))
      case 2: bytes.removeSubrange(low..<high)
      case 3: bytes.insert(contentsOf: bytes[low..<high], at: low)
      case 4: bytes.removeSubrange(low...)
      default:
        let from = random.below(other.count + 1)
        bytes.replaceSubrange(low..., with: other[from...])
      }
    }
    return bytes
  }
}
