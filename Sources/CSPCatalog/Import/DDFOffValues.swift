/// Which values of an enumeration switch the node's feature off, by what the DDF says about each value.
///
/// The prose is read and dropped; only the values stay. The rule is strict, since a wrong 'off' misleads more than none:
/// what a description begins with counts, never a word further on, and nothing that is off in part only.
enum DDFOffValues {
  /// Longer enumerations are of countries or time zones; each value is compared with all others.
  private static let mostValues = 256

  /// The values among an enumeration's that switch its feature off, in its order.
  static func values(
    of allowed: AllowedValues, described descriptions: [String: String], node name: String
  ) -> [String] {
    guard case .enumeration(let values) = allowed, values.count <= mostValues else { return [] }
    let clauses = values.map { firstClause(of: descriptions[$0] ?? "") }
    let node = NodeWords(name)
    let off = zip(values, clauses).filter { value, clause in
      let sentence = beginning(of: (descriptions[value] ?? "").trimmed.lowercased(), to: ".;(")
      return saysOff(clause, of: node) && !isLimited(sentence) && !isPart(clause, amongst: clauses)
    }.map(\.0)
    guard off.isEmpty, !node.isNegative else { return off }
    return zip(values, clauses).filter { value, clause in
      clause == "not configured" && isWhole(descriptions[value] ?? "")
    }.map(\.0)
  }

  // MARK: Texts

  /// What stands before the first stop, dash or parenthesis, in small letters; of `(Disabled) It is …` the label.
  private static func firstClause(of text: String) -> String {
    let text = text.trimmed.lowercased()
    if text.first == "(", let close = text.firstIndex(of: ")") {
      return String(text[text.index(after: text.startIndex)..<close]).trimmed
    }
    return beginning(of: text, to: ".:;(,")
  }

  /// What stands before the first of some stops or a dash.
  private static func beginning(of text: String, to stops: String) -> String {
    var end = text.endIndex
    for index in text.indices {
      let rest = text[index...]
      if stops.contains(text[index]) || rest.hasPrefix(" - ") {
        end = index
        break
      }
    }
    return String(text[..<end]).trimmed
  }

  /// Whether a text is its first clause, but for a full stop.
  private static func isWhole(_ text: String) -> Bool {
    let text = text.trimmed.lowercased()
    let clause = firstClause(of: text)
    return text == clause || text == clause + "."
  }

  // MARK: The rule

  /// These say it alone.
  private static let words: Set<String> = [
    "off", "disable", "disabled", "not enabled", "turn off", "turned off",
  ]
  /// These say it of a node that allows something.
  private static let refusals: Set<String> = [
    "not allowed", "block", "blocked", "do not allow", "don't allow",
  ]
  /// These say it of what follows them.
  private static let verbs = ["disable ", "disables ", "turn off ", "turns off "]
  /// So ends a sentence about the feature itself.
  private static let ends = [" is disabled", " is turned off", " is off"]
  /// With these it is off in part, or at times.
  private static let limits = [
    " only", " except", " excluding", " unless", " once ", " until ", " when ", " while ", " if ",
    " outside ",
  ]

  private static func saysOff(_ clause: String, of node: NodeWords) -> Bool {
    if verbs.contains(where: { clause.hasPrefix($0) && clause.utf8.count > $0.utf8.count }) { return true }
    if ends.contains(where: { clause.hasSuffix($0) }) { return true }
    if clause.hasPrefix("do not allow ") || clause.hasPrefix("don't allow ") { return node.allows }
    // Of a node such as HideClock, 'disabled' says that the clock is shown.
    guard !node.isNegative else { return false }
    let parts = clause.contains("/") ? split(clause, at: "/") : split(clause, at: " or ")
    var isOff = false
    for part in parts {
      if words.contains(part) || refusals.contains(part) && (part == "not allowed" || node.allows) {
        isOff = true
      } else if !["none", "prevented", "not configured", "not syncing"].contains(part) {
        return false
      }
    }
    return isOff
  }

  private static func isLimited(_ sentence: String) -> Bool {
    limits.contains { Self.contains($0, in: sentence) }
  }

  /// Whether a clause only narrows another: 'disable NetBIOS on public networks' beside 'disable NetBIOS'.
  private static func isPart(_ clause: String, amongst clauses: [String]) -> Bool {
    clauses.contains {
      !$0.isEmpty && $0 != clause && verbs.contains(where: clause.hasPrefix) && clause.hasPrefix($0 + " ")
    }
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix(separator) {
        parts.append(part.trimmed)
        part = ""
        rest = rest.dropFirst(separator.count)
      } else {
        part.append(first)
        rest = rest.dropFirst()
      }
    }
    return parts + [part.trimmed]
  }

  /// What a node's name says about the sense of its values.
  private struct NodeWords {
    /// Whether the name allows or enables something.
    var allows: Bool
    /// Whether the name is of something that is kept from happening, so that 'off' would mean that it happens.
    var isNegative: Bool

    private static let negatives = [
      "disable", "disallow", "block", "hide", "prevent", "deny", "donot", "dont", "turnoff", "exclude",
      "restrict",
      "suppress", "skip", "ignore", "lockdown", "limit", "notconfigure",
    ]

    init(_ name: String) {
      let name = name.lowercased()
      allows = name.hasPrefix("allow")
      isNegative = Self.negatives.contains { DDFOffValues.contains($0, in: name) }
    }

  }

  private static func contains(_ word: String, in text: String) -> Bool {
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
