/// Tells whether a text is a token by the grammar.
struct TokenMatcher {
  let grammar: Grammar
  private var known: [Key: Bool] = [:]

  private struct Key: Hashable {
    let rule: Int
    let text: String
  }

  init(_ grammar: Grammar) { self.grammar = grammar }

  mutating func matches(rule: Int, _ text: String) -> Bool {
    let key = Key(rule: rule, text: text)
    if let answer = known[key] { return answer }
    let answer = matches(.rule(rule), text.unicodeScalars.map(\.value))
    known[key] = answer
    return answer
  }

  func matches(_ part: GrammarPart, _ text: [UInt32]) -> Bool {
    ends(of: part, in: text[...]).contains(text.count)
  }

  /// Where the part may end when it begins where the text does.
  private func ends(of part: GrammarPart, in text: ArraySlice<UInt32>) -> Set<Int> {
    switch part {
    case .characters(let scalars):
      return text.starts(with: scalars) ? [text.startIndex + scalars.count] : []
    case .set(let ranges, let negated):
      guard let first = text.first, ranges.contains(where: { $0.contains(first) }) != negated else {
        return []
      }
      return [text.startIndex + 1]
    case .rule(let index): return ends(of: grammar.rules[index].part, in: text)
    case .sequence(let parts):
      return parts.reduce([text.startIndex]) { starts, part in
        starts.reduce(into: []) { $0.formUnion(ends(of: part, in: text[$1...])) }
      }
    case .choice(let parts), .interleaving(let parts):
      return parts.reduce(into: []) { $0.formUnion(ends(of: $1, in: text)) }
    case .repetition(let part, let minimum, let maximum):
      var found: Set<Int> = minimum == 0 ? [text.startIndex] : []
      var frontier: Set<Int> = [text.startIndex]
      var count = 0
      while !frontier.isEmpty, count < maximum ?? Int.max {
        count += 1
        frontier = frontier.reduce(into: []) { $0.formUnion(ends(of: part, in: text[$1...])) }
        if count > minimum { frontier.subtract(found) }
        if count >= minimum { found.formUnion(frontier) }
      }
      return found
    case .exception(let part, let excluded):
      return ends(of: part, in: text).filter { end in
        !ends(of: excluded, in: text[text.startIndex..<end]).contains(end)
      }
    }
  }
}
