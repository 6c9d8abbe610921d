import Diagnostics

@testable import PolicySyntax

extension SyntaxTree {
  /// What is wrong with the tree's shape, or nil: tokens must cover the source without a gap, and every node must lie
  /// in its parent, behind its elder sibling, with its tokens.
  var defect: String? {
    var offset = 0
    for token in 0..<tokens.count {
      guard tokens.start(of: token) == offset, tokens.end(of: token) >= offset else {
        return "token \(token) leaves a gap"
      }
      if tokens.end(of: token) == offset, tokens.kinds[token] != .endOfFile {
        return "token \(token) is empty"
      }
      offset = tokens.end(of: token)
    }
    guard offset == source.count else { return "the tokens end at \(offset) of \(source.count)" }
    guard let root = nodes.first, root.kind == .file, Int(root.size) == nodes.count else {
      return "the root is not the file"
    }
    guard root.firstToken == 0, Int(root.endToken) == tokens.count else {
      return "the root has not all tokens"
    }
    var stack: [(end: Int, lastToken: UInt32, nextToken: UInt32)] = []
    for (index, node) in nodes.enumerated() {
      while let top = stack.last, top.end <= index { stack.removeLast() }
      guard node.size >= 1, index + Int(node.size) <= nodes.count else {
        return "node \(index) is larger than the tree"
      }
      guard node.firstToken <= node.endToken else { return "node \(index) ends before it begins" }
      if let top = stack.last {
        guard index + Int(node.size) <= top.end else { return "node \(index) reaches out of its parent" }
        guard node.firstToken >= top.nextToken, node.endToken <= top.lastToken else {
          return "node \(index) (\(node.kind)) has tokens that are not its parent's or a sibling's"
        }
        stack[stack.count - 1].nextToken = node.endToken
      } else if index > 0 {
        return "node \(index) has no parent"
      }
      stack.append((index + Int(node.size), node.endToken, node.firstToken))
    }
    return nil
  }
}

/// Parses a text under a name of its own.
func parse(_ bytes: some Sequence<UInt8>) -> ParsedFile {
  Parser.parse(SourceFile(name: "test.attpolicy", bytes: Array(bytes)), file: FileID(index: 0))
}
