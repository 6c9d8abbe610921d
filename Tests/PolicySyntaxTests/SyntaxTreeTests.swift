import PolicySyntax
import Testing

@Suite struct SyntaxTreeTests {
  private let file = parse(
    """
    // The licence.

    /// What we ask.
    ///   And why.
    policy hello version 1.0.0 {
      title "Say \\"hello\\"\\n\\t\\u{1F600}\\{x}"
      /// The first rule.
      // Not part of it.
      /// Only this is.
      require a {
        that x   // the first
          and (y or z)
      }
      require b { that not x }
    }
    """.utf8)

  private func node(_ kind: SyntaxKind) throws -> NodeIndex {
    try #require(file.tree.nodes.firstIndex { $0.kind == kind })
  }

  @Test("the tokens put together are the file")
  func lossless() {
    let tree = file.tree
    let pieces = (0..<tree.tokens.count).map {
      tree.source[tree.tokens.start(of: $0)..<tree.tokens.end(of: $0)]
    }
    #expect(pieces.flatMap { $0 } == tree.source)
    #expect(tree.defect == nil)
  }

  @Test("a doc comment belongs to the declaration after it, as far as other comments let it")
  func docComments() throws {
    let tree = file.tree
    let policy = try node(.policy)
    #expect(tree.docComment(before: policy) == "What we ask.\n  And why.")
    let rules = tree.children(of: policy).filter { tree.kind($0) == .rule }
    #expect(rules.map { tree.docComment(before: $0) } == ["Only this is.", nil])
  }

  @Test("the value of a text has its escapes resolved, but for a brace that is no placeholder")
  func stringValues() throws {
    let title = try node(.title)
    let text = try #require(file.tree.child(.text, of: title))
    #expect(file.tree.stringValue(text) == "Say \"hello\"\n\t\u{1F600}\\{x}")
  }

  @Test("'and' binds stronger than 'or', and the text of a node can be had on one line")
  func conditions() throws {
    let tree = file.tree
    let that = try node(.that)
    #expect(tree.foldedText(that) == "that x and (y or z)")
    let and = try #require(tree.firstChild(of: that))
    #expect(tree.kind(and) == .and)
    #expect(tree.children(of: and).map { tree.kind($0) } == [.operand, .parenthesized])
    let mixed = parse("policy p version 1.0.0 { require a { that a and b or not c and d == 1 or e } }".utf8)
      .tree
    let or = try #require(mixed.nodes.firstIndex { $0.kind == .or })
    #expect(mixed.children(of: or).map { mixed.kind($0) } == [.and, .and, .operand])
    #expect(mixed.children(of: or).map { mixed.foldedText($0) } == ["a and b", "not c and d == 1", "e"])
  }

  @Test("a unit belongs to the number on its line only")
  func units() {
    let tree = parse(
      "policy p version 1.0.0 { test \"t\" { given { a = 5 minutes b = 5\n minutes = 6 } expect pass } }".utf8
    ).tree
    let literals = tree.nodes.indices.filter { tree.kind($0) == .literal }.map { tree.text($0) }
    #expect(literals == ["1.0.0", "5 minutes", "5", "6"])
  }
}
