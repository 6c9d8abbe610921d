import Diagnostics

/// What a node of the tree is.
public enum SyntaxKind: UInt8, Hashable, Sendable, CaseIterable {
  case file, importDeclaration, policy
  case title, description, applies, windowsTarget, editions, evidence, banks, references
  case builds, buildEntry, newerBranches
  case param, type, bounds, choices, alias, rulesGroup, include, device
  case rule, when, that, unknownAllowed, status, severity, message, remedy, waiver
  case set, add, delete, exec, collect, atomic, whenGroup
  case test, given, assignment, expect
  /// A single token that names or spells something.
  case name, path, text, literal, operatorToken, attested
  case list, admxEnabled, admxDisabled, admxElement, unknownValue
  case or, and, not, compare, member, meets, parenthesized, operand
}

/// A node: a range of tokens and the nodes inside, which follow it directly in the tree's array.
public struct SyntaxNode: Hashable, Sendable {
  /// What it is.
  public internal(set) var kind: SyntaxKind
  /// The first token of the node.
  public internal(set) var firstToken: UInt32
  /// The token after its last one.
  public internal(set) var endToken: UInt32
  /// The node and all nodes inside it.
  public internal(set) var size: UInt32
}

/// A position in ``SyntaxTree/nodes``.
public typealias NodeIndex = Int

/// The lossless tree of one file: all its tokens, layout and comments included, and nodes in preorder.
///
/// It never changes, and it is a class only so that handing it on costs one reference count instead of four.
public final class SyntaxTree: Sendable {
  /// The file that spans name.
  public let file: FileID
  /// The file's bytes.
  public let source: [UInt8]
  /// All tokens of the file.
  public let tokens: TokenList
  /// The nodes, each before those inside it.
  public let nodes: [SyntaxNode]

  init(file: FileID, source: [UInt8], tokens: TokenList, nodes: [SyntaxNode]) {
    self.file = file
    self.source = source
    self.tokens = tokens
    self.nodes = nodes
  }

  /// The file's own node.
  public var root: NodeIndex { 0 }

  /// The kind of a node.
  @inlinable public func kind(_ node: NodeIndex) -> SyntaxKind { nodes[node].kind }

  /// The first node inside another, or nil.
  @inlinable public func firstChild(of node: NodeIndex) -> NodeIndex? {
    nodes[node].size > 1 ? node + 1 : nil
  }

  /// The nodes directly inside another, in order.
  public func children(of node: NodeIndex) -> Children {
    Children(nodes: nodes, position: node + 1, end: node + Int(nodes[node].size))
  }

  /// The first node of a kind directly inside another.
  public func child(_ kind: SyntaxKind, of node: NodeIndex) -> NodeIndex? {
    var index = node + 1
    let end = node + Int(nodes[node].size)
    while index < end {
      if nodes[index].kind == kind { return index }
      index += Int(nodes[index].size)
    }
    return nil
  }

  /// A sequence of sibling nodes.
  public struct Children: Sequence, IteratorProtocol {
    let nodes: [SyntaxNode]
    var position: NodeIndex
    let end: NodeIndex

    /// The next sibling.
    public mutating func next() -> NodeIndex? {
      guard position < end else { return nil }
      let current = position
      position += Int(nodes[current].size)
      return current
    }
  }

  /// The bytes of a node from its first token to its last, comments between them included.
  public func byteRange(_ node: NodeIndex) -> Range<Int> {
    let entry = nodes[node]
    let start = tokens.start(of: Int(entry.firstToken))
    guard entry.endToken > entry.firstToken else { return start..<start }
    return start..<Swift.max(start, tokens.end(of: Int(entry.endToken) - 1))
  }

  /// Where a node stands.
  public func span(_ node: NodeIndex) -> Span {
    let range = byteRange(node)
    return Span(
      file: file, start: UInt32(truncatingIfNeeded: range.lowerBound),
      end: UInt32(truncatingIfNeeded: range.upperBound))
  }

  /// Where the first token of a node stands: its keyword.
  public func keywordSpan(_ node: NodeIndex) -> Span {
    let token = Int(nodes[node].firstToken)
    return Span(
      file: file, start: UInt32(truncatingIfNeeded: tokens.start(of: token)),
      end: UInt32(truncatingIfNeeded: tokens.end(of: token)))
  }

  /// The text of a node as the source has it.
  public func text(_ node: NodeIndex) -> String { String(decoding: source[byteRange(node)], as: UTF8.self) }

  /// The kind of a node's first token.
  public func tokenKind(_ node: NodeIndex) -> TokenKind { tokens.kinds[Int(nodes[node].firstToken)] }

  /// The text of the first token of a node.
  public func firstTokenText(_ node: NodeIndex) -> String {
    let token = Int(nodes[node].firstToken)
    return String(decoding: source[tokens.start(of: token)..<tokens.end(of: token)], as: UTF8.self)
  }

  /// The value of a text node: its quotation marks taken off and its escapes resolved. `\{` stays as it is, because
  /// messages need it to tell a brace from a placeholder.
  public func stringValue(_ node: NodeIndex) -> String {
    let token = Int(nodes[node].firstToken)
    return StringLiteral.value(source[tokens.start(of: token)..<tokens.end(of: token)])
  }

  /// The `///` lines directly before a node, joined by line breaks, or nil when there are none.
  public func docComment(before node: NodeIndex) -> String? {
    var token = Int(nodes[node].firstToken) - 1
    var lines: [String] = []
    while token >= 0, tokens.kinds[token].isTrivia {
      if tokens.kinds[token] == .docComment {
        var line = source[tokens.start(of: token)..<tokens.end(of: token)].dropFirst(3)
        if line.first == 0x20 { line = line.dropFirst() }
        while let last = line.last, isBlank(last) { line = line.dropLast() }
        lines.append(String(decoding: line, as: UTF8.self))
      } else if tokens.kinds[token] == .lineComment {
        break
      }
      token -= 1
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }

  /// A node's source on one line: comments dropped, white space folded to single blanks.
  public func foldedText(_ node: NodeIndex) -> String {
    let entry = nodes[node]
    let range = byteRange(node)
    return String(unsafeUninitializedCapacity: range.count) { buffer in
      var count = 0
      var gap = false
      for token in Int(entry.firstToken)..<Swift.max(Int(entry.firstToken), Int(entry.endToken)) {
        if tokens.kinds[token].isTrivia {
          gap = true
          continue
        }
        if gap, count > 0 {
          buffer[count] = 0x20
          count += 1
        }
        gap = false
        for offset in tokens.start(of: token)..<tokens.end(of: token) {
          buffer[count] = source[offset]
          count += 1
        }
      }
      return count
    }
  }
}

/// The value of a text in the language.
enum StringLiteral {
  static func value(_ token: ArraySlice<UInt8>) -> String {
    var body = token.dropFirst()
    if token.count > 1, body.last == UInt8(ascii: "\"") { body = body.dropLast() }
    guard body.contains(UInt8(ascii: "\\")) else { return String(decoding: body, as: UTF8.self) }
    var bytes: [UInt8] = []
    var index = body.startIndex
    while index < body.endIndex {
      let byte = body[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < body.endIndex else {
        bytes.append(byte)
        continue
      }
      let escaped = body[index]
      index += 1
      switch escaped {
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "{"): bytes.append(contentsOf: [UInt8(ascii: "\\"), escaped])
      case UInt8(ascii: "u"):
        var value: UInt32 = 0
        if index < body.endIndex, body[index] == UInt8(ascii: "{") {
          index += 1
          while index < body.endIndex, isHexDigit(body[index]) {
            value = min(value << 4 | UInt32(hexValue(body[index])), 0x11_0000)
            index += 1
          }
          if index < body.endIndex, body[index] == UInt8(ascii: "}") { index += 1 }
        }
        bytes.append(contentsOf: Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8))
      default: bytes.append(escaped)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
