import Foundation

/// A part of a rule of the grammar.
indirect enum GrammarPart {
  case characters([UInt32])
  case set(ranges: [ClosedRange<UInt32>], negated: Bool)
  case rule(Int)
  case sequence([GrammarPart])
  case choice([GrammarPart])
  case repetition(GrammarPart, minimum: Int, maximum: Int?)
  case exception(GrammarPart, GrammarPart)
  case interleaving([GrammarPart])
}

/// The rules of `Grammar/attpolicy.ebnf`.
struct Grammar {
  struct Rule {
    let name: String
    var part: GrammarPart
    /// Whether the rule is one token or a part of one.
    var isToken: Bool { name.first?.isUppercase == true }
  }

  private(set) var rules: [Rule]
  private(set) var indices: [String: Int]

  func index(of name: String) throws -> Int {
    guard let index = indices[name] else { throw GrammarError(text: "the grammar has no rule '\(name)'") }
    return index
  }

  /// The grammar of this checkout.
  static func ofCheckout() throws -> Grammar {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Grammar/attpolicy.ebnf")
    return try Grammar(String(contentsOf: path, encoding: .utf8))
  }

  init(_ text: String) throws {
    var reader = try GrammarReader(text)
    (rules, indices) = try reader.read()
  }
}

struct GrammarError: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}
