/// What the indentation of a file says about its braces: which of them have lost their partner.
///
/// Layout means nothing in the language, so this is asked only about a file that has been found broken, to tell where
/// a brace is missing.
struct BraceLayout {
  /// Opening braces that nothing closes: tokens, ascending, with how far their lines are indented.
  private(set) var unclosed: [(token: Int, margin: Int)] = []
  /// Closing braces that close nothing: tokens, ascending.
  private(set) var stray: [Int] = []

  /// Whether every brace has a partner by its indentation.
  var isPaired: Bool { unclosed.isEmpty && stray.isEmpty }
  /// Whether as many braces open as close, none before it is opened.
  private(set) var isBalanced = true

  /// The last brace that ended, at the end of a line, a block which an earlier line opened; and how many blocks were
  /// open then.
  private var doubtful: (token: Int, margin: Int, depth: Int)?

  private struct Opening {
    let token: Int
    let margin: Int
    let line: Int
    /// No declaration stands in the block.
    let isLeaf: Bool
  }

  /// The line that is being read.
  private struct Line {
    var number = 0
    var indentation = 0
    /// No token but layout has been met on it.
    var isFresh = true
    var word: Keyword?
    var beginsWithClosing = false
    var hasOpening = false
  }

  init(
    bytes: UnsafeBufferPointer<UInt8>, kinds: UnsafeBufferPointer<TokenKind>,
    ends: UnsafeBufferPointer<UInt32>
  ) {
    let keywords = Keyword.Table()
    var open: [Opening] = []
    var line = Line()
    var start = 0
    var depth = 0
    for token in 0..<kinds.count {
      let end = Int(ends[token])
      defer { start = end }
      switch kinds[token] {
      case .whitespace:
        Self.read(bytes, start..<end, &line)
      case .lineComment, .docComment, .byteOrderMark:
        break
      case .leftBrace:
        depth += 1
        line.isFresh = false
        line.hasOpening = true
        open.append(
          Opening(
            token: token, margin: line.indentation, line: line.number, isLeaf: line.word?.opensLeaf ?? false))
      case .rightBrace:
        depth -= 1
        if depth < 0 { isBalanced = false }
        close(token, line, &open)
        if line.isFresh { line.beginsWithClosing = true }
        line.isFresh = false
      case .identifier where line.isFresh:
        line.isFresh = false
        line.word = keywords.find(bytes, start..<end)
        if let word = line.word, word.opensDeclaration && word != .param || word == .when {
          endLeaves(line, &open)
        }
      default:
        line.isFresh = false
      }
    }
    if depth != 0 { isBalanced = false }
    unclosed += open.map { ($0.token, $0.margin) }
    unclosed.sort { $0.token < $1.token }
    stray.sort()
  }

  /// How far the line of a brace that nothing closes is indented; nil for any other token.
  func margin(ofUnclosed token: Int) -> Int? {
    var low = 0
    var high = unclosed.count
    while low < high {
      let middle = (low + high) / 2
      if unclosed[middle].token < token { low = middle + 1 } else { high = middle }
    }
    return low < unclosed.count && unclosed[low].token == token ? unclosed[low].margin : nil
  }

  /// Whether a closing brace closes nothing.
  func isStray(_ token: Int) -> Bool { stray.holds(token) }

  /// A declaration stands in no leaf: one that is open no further out has lost its closing brace.
  private mutating func endLeaves(_ line: Line, _ open: inout [Opening]) {
    while let top = open.last, top.isLeaf, top.margin >= line.indentation {
      unclosed.append((top.token, top.margin))
      open.removeLast()
    }
  }

  /// Whether a closing brace behind other tokens of its line ends a block. One behind the brace that ended a block,
  /// or in a line whose own block has lost its opening brace, does not end the block around.
  private func closes(_ top: Opening, _ line: Line) -> Bool {
    if top.line == line.number { return true }
    return !line.beginsWithClosing && (line.word?.opensBlock != true || line.hasOpening)
  }

  private mutating func close(_ token: Int, _ line: Line, _ open: inout [Opening]) {
    if line.isFresh {
      while let top = open.last, top.margin > line.indentation {
        unclosed.append((top.token, top.margin))
        open.removeLast()
      }
      if let top = open.last, top.margin == line.indentation {
        open.removeLast()
      } else if let earlier = doubtful, earlier.margin == line.indentation, earlier.depth == open.count {
        // This brace is where the block would end, so the earlier one was needless.
        stray.append(earlier.token)
        doubtful = nil
      } else {
        stray.append(token)
      }
    } else if let top = open.last, closes(top, line) {
      open.removeLast()
      if top.line != line.number { doubtful = (token, top.margin, open.count) }
    } else {
      stray.append(token)
    }
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ line: inout Line) {
    guard let last = range.last(where: { bytes[$0] == 0x0A || bytes[$0] == 0x0D }) else {
      if range.lowerBound == 0 { line.indentation = range.count }
      return
    }
    line = Line(number: line.number + 1, indentation: range.upperBound - last - 1)
  }
}

extension [Int] {
  /// Whether an ascending array has a number.
  func holds(_ number: Int) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}
