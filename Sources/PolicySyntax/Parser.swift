import Diagnostics

/// What the parser makes of a file: a tree, whatever the text, and the findings.
public struct ParsedFile: Sendable {
  /// The tree of the text, whatever is wrong with it.
  public let tree: SyntaxTree
  /// The findings, in order of place.
  public let diagnostics: [Diagnostic]

  /// Whether the text has an error, so that its tree is not to be compiled.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A recursive-descent parser that reports every independent mistake once and goes on at the next clause.
///
/// A file that is read without an error was read strictly. Where that finds errors, the file is read once more with
/// what its indentation says about missing braces, and the reading that explains more is kept.
public struct Parser {
  /// How deep conditions and groups may nest.
  public static let maximumDepth = 200

  let file: FileID
  let bytes: UnsafeBufferPointer<UInt8>
  let kinds: UnsafeBufferPointer<TokenKind>
  let ends: UnsafeBufferPointer<UInt32>
  let keywords = Keyword.Table()
  /// Tokens that the lexer has given an error for.
  let malformed: [Int]
  /// Where braces are missing, once that is asked.
  var layout: BraceLayout?
  var nodes: [SyntaxNode] = []
  var diagnostics: DiagnosticSink
  /// The token that the parser stands at; never a trivia token.
  var position = 0
  /// The token after the last one that was taken.
  var lastEnd = 0
  var depth = 0
  /// Where the last message was given: one place, one message.
  var lastError = -1
  /// What the entries of the block begin with, for recovery.
  var entries = EntryKind.clauses
  /// How many clauses could not be told, each of which might be the one that seems to be missing.
  var unreadClauses = 0

  /// What stands in a block.
  enum EntryKind { case clauses, builds, assignments }

  /// Parses a file. Never fails: the tree covers every token.
  public static func parse(_ source: SourceFile, file: FileID) -> ParsedFile {
    var lexer = Lexer(file: file)
    lexer.run(source.bytes)
    let tokens = lexer.tokens
    let (nodes, diagnostics) = source.bytes.withUnsafeBufferPointer { bytes in
      tokens.kinds.withUnsafeBufferPointer { kinds in
        tokens.ends.withUnsafeBufferPointer { ends in
          let fresh = Parser(
            file: file, bytes: bytes, kinds: kinds, ends: ends, malformed: lexer.malformedTokens,
            diagnostics: lexer.diagnostics)
          var parser = fresh
          parser.nodes.reserveCapacity(kinds.count / 2 + 4)
          parser.parseFile()
          if parser.diagnostics.errorCount > lexer.diagnostics.errorCount {
            let layout = BraceLayout(bytes: bytes, kinds: kinds, ends: ends)
            if !layout.isPaired {
              var second = fresh
              second.layout = layout
              second.parseFile()
              // Indentation of a manner of its own would give many errors, so it is not followed at any price.
              let strict = parser.diagnostics.errorCount
              let bound = layout.isBalanced ? strict : 2 * strict + 3
              if second.diagnostics.errorCount <= bound { parser = second }
            }
          }
          return (parser.nodes, parser.diagnostics.items)
        }
      }
    }
    let tree = SyntaxTree(file: file, source: source.bytes, tokens: tokens, nodes: nodes)
    if let finding = source.encodingFinding(as: file) {
      return ParsedFile(tree: tree, diagnostics: [finding])
    }
    let sorted = diagnostics.enumerated().sorted {
      ($0.element.primary?.span.start ?? 0, $0.offset) < ($1.element.primary?.span.start ?? 0, $1.offset)
    }
    return ParsedFile(tree: tree, diagnostics: sorted.map(\.element))
  }

  @inline(__always) var kind: TokenKind { kinds[position] }

  @inline(__always) func range(_ token: Int) -> Range<Int> {
    (token == 0 ? 0 : Int(ends[token - 1]))..<Int(ends[token])
  }

  @inline(__always) var keyword: Keyword? {
    kind == .identifier ? keywords.find(bytes, range(position)) : nil
  }

  @inline(__always) func at(_ word: Keyword) -> Bool { keyword == word }

  @inline(__always) mutating func advance() {
    guard position < kinds.count - 1 else { return }
    lastEnd = position + 1
    position += 1
    while kinds[position].isTrivia { position += 1 }
  }

  mutating func skipTrivia() {
    while kinds[position].isTrivia { position += 1 }
  }

  /// The token after the current one.
  var following: Int {
    var next = min(position + 1, kinds.count - 1)
    while kinds[next].isTrivia { next += 1 }
    return next
  }

  func span(_ token: Int) -> Span {
    let range = range(token)
    return Span(
      file: file, start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound))
  }

  /// The current token in words, for messages.
  var found: String {
    switch kind {
    case .endOfFile: return "the end of the file"
    case .string: return "a text"
    case .path: return "a CSP path"
    default:
      let text = String(decoding: bytes[range(position).prefix(40)], as: UTF8.self)
      return "'\(text)'"
    }
  }

  @inline(__always) mutating func open(_ kind: SyntaxKind) -> NodeIndex {
    nodes.append(
      SyntaxNode(
        kind: kind, firstToken: UInt32(truncatingIfNeeded: position),
        endToken: UInt32(truncatingIfNeeded: position),
        size: 1))
    return nodes.count - 1
  }

  @inline(__always) mutating func close(_ node: NodeIndex) {
    // A node that took no token lies behind the last one taken, inside its parent.
    if Int(nodes[node].firstToken) > lastEnd { nodes[node].firstToken = UInt32(truncatingIfNeeded: lastEnd) }
    nodes[node].endToken = UInt32(truncatingIfNeeded: lastEnd)
    nodes[node].size = UInt32(truncatingIfNeeded: nodes.count - node)
  }

  /// Takes the current token as a node of its own.
  @inline(__always) mutating func leaf(_ kind: SyntaxKind) {
    let node = open(kind)
    advance()
    close(node)
  }

  /// Puts a node around everything from `start` on.
  mutating func wrap(_ kind: SyntaxKind, from start: NodeIndex) {
    let first = nodes[start].firstToken
    nodes.insert(SyntaxNode(kind: kind, firstToken: first, endToken: first, size: 1), at: start)
  }

  /// Says that something else was expected at the current token; at most once for each token.
  mutating func fail(_ expected: String, help: [String] = [], fixIts: [FixIt] = []) {
    guard lastError != position else { return }
    lastError = position
    guard kind != .unknown, !malformed.holds(position) else { return }
    if diagnostics.isFull { return diagnostics.countError() }
    let found = self.found
    // When the rest of the line is missing, its end is the place to look, not the next clause.
    if lastEnd > 0, isFirstOnLine {
      let end = ends[lastEnd - 1]
      diagnostics.report(
        "AP1005", .error, "expected \(expected) before \(found)", at: Span(file: file, start: end, end: end),
        "\(expected) belongs here", help: help, fixIts: fixIts)
    } else {
      diagnostics.report(
        "AP1005", .error, "expected \(expected), found \(found)", at: span(position), "expected \(expected)",
        help: help, fixIts: fixIts)
    }
  }

  /// Whether a line break or the end of the file separates the current token from the one before.
  var isFirstOnLine: Bool {
    if kind == .endOfFile { return true }
    let start = range(position).lowerBound
    let previous = Int(ends[lastEnd - 1])
    return previous <= start && bytes[previous..<start].contains { $0 == 0x0A || $0 == 0x0D }
  }

  /// Takes a token of a kind, or says that it is missing.
  @discardableResult
  mutating func expect(_ kind: TokenKind, _ name: String) -> Bool {
    guard self.kind == kind else {
      fail(name)
      return false
    }
    advance()
    return true
  }

  /// Takes a keyword, or says that it is missing.
  @discardableResult
  mutating func expect(_ word: Keyword) -> Bool {
    guard at(word) else {
      fail("'\(word.text)'")
      return false
    }
    advance()
    return true
  }
}
