/// The words with a meaning of their own. Each counts as a keyword only where the grammar looks for it, so most may
/// also name a rule or a param; a word of ``Keyword/opensClause`` cannot be an operand.
public enum Keyword: UInt8, Hashable, Sendable, CaseIterable {
  case `import`, policy, version, title, description, applies, to, editions, windows, or, newer, branches,
    allowed
  case refused, builds, param, between, and, one, of, alias, rules, include, require, warn, when, that, status
  case severity, message, remedy, allow, because, set, add, delete, exec, collect, atomic, test, given, with,
    expect
  case device, evidence, banks, reference, not, `in`, meets, attested, enabled, disabled, unknown, pass, fail,
    indeterminate, enumeration

  /// The word as written.
  public var text: String { self == .enumeration ? "enum" : "\(self)" }

  /// Whether a clause or declaration begins with the word, so that a parser that lost its way can go on there.
  var opensClause: Bool {
    switch self {
    case .import, .policy, .title, .description, .applies, .builds, .param, .alias, .rules, .include,
      .require, .warn,
      .when, .that, .status, .severity, .message, .remedy, .allow, .set, .add, .delete, .exec, .collect,
      .atomic,
      .test, .given, .expect, .device:
      true
    default: false
    }
  }

  /// Whether the word begins something that stands in a policy or a file, not in a rule or a test.
  var opensDeclaration: Bool {
    switch self {
    case .import, .policy, .applies, .builds, .param, .alias, .rules, .include, .require, .warn, .set, .add,
      .delete,
      .exec, .collect, .atomic, .test, .device:
      true
    default: false
    }
  }

  /// Whether a block in braces follows the word and a name.
  var opensBlock: Bool {
    switch self {
    case .policy, .builds, .rules, .require, .warn, .when, .atomic, .test, .given, .device: true
    default: false
    }
  }

  /// Whether a block in which no declaration stands follows the word.
  var opensLeaf: Bool {
    switch self {
    case .builds, .require, .warn, .test, .given, .device: true
    default: false
    }
  }

  /// Whether the word joins conditions, so that it cannot be an operand of one.
  var joinsConditions: Bool {
    switch self {
    case .and, .or, .not, .in, .meets, .because: true
    default: false
    }
  }

  private static let longest = 13

  /// The words by length, each as bytes, for a look-up without hashing.
  private static let byLength: [[(word: [UInt8], keyword: Keyword)]] = {
    var table = [[(word: [UInt8], keyword: Keyword)]](repeating: [], count: longest + 1)
    for keyword in allCases {
      let word = Array(keyword.text.utf8)
      table[word.count].append((word, keyword))
    }
    return table
  }()

  /// A look-up table that can be kept beside a loop.
  struct Table: Sendable {
    private let rows = Keyword.byLength

    @inline(__always)
    func find(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Keyword? {
      let count = range.count
      guard count >= 2, count <= Keyword.longest else { return nil }
      let first = bytes[range.lowerBound]
      search: for row in rows[count] where row.word[0] == first {
        for offset in 1..<count where row.word[offset] != bytes[range.lowerBound + offset] { continue search }
        return row.keyword
      }
      return nil
    }
  }
}
