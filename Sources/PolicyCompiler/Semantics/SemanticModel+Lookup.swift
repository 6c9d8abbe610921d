import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// What an editor asks about a place in a file.
extension SemanticModel {
  /// What is named at an offset, where it is used or declared.
  package func target(at offset: UInt32, in file: FileID) -> Reference? {
    if let reference = references.first(where: { $0.span.holds(offset, in: file) }) { return reference }
    let index = symbols.firstIndex { $0.nameSpan.holds(offset, in: file) }
    return index.map {
      Reference(span: symbols[$0].nameSpan, target: .symbol(Int32(truncatingIfNeeded: $0)))
    }
  }

  /// The index of the symbol that is used or declared at an offset.
  package func symbol(at offset: UInt32, in file: FileID) -> Int? {
    guard case .symbol(let index)? = target(at: offset, in: file)?.target else { return nil }
    return Int(index)
  }

  /// Where the symbol at an offset is declared.
  package func declaration(at offset: UInt32, in file: FileID) -> Span? {
    symbol(at: offset, in: file).map { symbols[$0].nameSpan }
  }

  /// The fact at an offset; of an alias, the fact that it stands for.
  package func fact(at offset: UInt32, in file: FileID) -> FactEntry? {
    switch target(at: offset, in: file)?.target {
    case .fact(let index): return facts.entries[Int(index)]
    case .symbol(let index): return aliases[index].map { facts.entries[Int($0)] }
    case nil: return nil
    }
  }

  /// The innermost part of a condition at an offset.
  package func expression(at offset: UInt32, in file: FileID) -> TypedExpression? {
    var found: TypedExpression?
    for expression in expressions where expression.span.holds(offset, in: file) {
      if let found, found.span.end - found.span.start <= expression.span.end - expression.span.start {
        continue
      }
      found = expression
    }
    return found
  }

  /// The type of an expression; nil for a builds list.
  package func type(of expression: TypedExpression) -> ValueType? {
    if case .buildList = expression.kind { return nil }
    switch expression.typeSource {
    case .fact(let index): return facts.entries[Int(index)].type
    case .symbol(let index): return parameterTypes[index]
    case nil: return .bool
    }
  }

  /// The innermost rule or command at an offset.
  package func clause(at offset: UInt32, in file: FileID) -> Clause? {
    clauses.first { $0.span.holds(offset, in: file) }
  }

  /// The node of the catalogue that the command at an offset addresses.
  package func node(ofClauseAt offset: UInt32, in file: FileID) -> CSPNode? {
    clause(at: offset, in: file)?.node.map { nodes[Int($0)] }
  }

  /// Where a symbol is named, its declaration first, the uses in the order of the files and places.
  package func places(of symbol: Int) -> [Span] {
    let target = Reference.Target.symbol(Int32(truncatingIfNeeded: symbol))
    let uses = Set(references.lazy.filter { $0.target == target }.map(\.span))
    return [symbols[symbol].nameSpan] + uses.sorted(by: Span.isInOrder)
  }
}

extension Span {
  /// Whether an offset lies in the range or directly behind it, where a cursor stands after typing.
  fileprivate func holds(_ offset: UInt32, in file: FileID) -> Bool {
    file == self.file && start <= offset && offset <= end
  }

  /// The order of the files, and of the places in each.
  fileprivate static func isInOrder(_ left: Span, _ right: Span) -> Bool {
    (left.file.index, left.start) < (right.file.index, right.start)
  }
}

extension Compilation {
  /// The doc comment of a symbol, or what the catalogue says of a fact, in a language, English where it lacks that.
  package func documentation(of target: Reference.Target, in model: SemanticModel, language: String = "en")
    -> String?
  {
    switch target {
    case .fact(let index):
      let summary = model.facts.entries[Int(index)].summary
      return summary[language] ?? summary["en"]
    case .symbol(let index):
      let symbol = model.symbols[Int(index)]
      return trees[Int(symbol.file.index)].docComment(before: symbol.node)
    }
  }

  /// The changes that rename the symbol at an offset in every policy of the file and in what they import; nil where there is none, where the name is
  /// no name or appears in the files already, or where a place spells the old one with escapes.
  package func renaming(at offset: UInt32, in file: FileID, to name: String) -> [FixIt]? {
    guard Self.isName(name),
      let place = models.lazy.compactMap({ $0.declaration(at: offset, in: file) }).first
    else { return nil }
    // A word that is a value today, such as the symbol of an enum, would name the param from then on.
    guard !trees.contains(where: { $0.hasWord(name) }) else { return nil }
    var spans: Set<Span> = []
    for model in models {
      guard let symbol = model.symbols.firstIndex(where: { $0.nameSpan == place }) else { continue }
      let old = Array(model.symbols[symbol].name.utf8)
      for span in model.places(of: symbol) {
        let bytes = sources.files[Int(span.file.index)].bytes
        guard bytes[Int(span.start)..<Int(span.end)].elementsEqual(old) else { return nil }
        spans.insert(span)
      }
    }
    return spans.sorted(by: Span.isInOrder).map {
      FixIt(title: "rename to \(name)", span: $0, replacement: name)
    }
  }

  /// Whether a text is an identifier that may be declared.
  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 200 else { return false }
    let isWord = text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F }
    return isWord && (first | 0x20) &- 0x61 < 26 && !Keyword.allCases.contains { $0.text == text }
  }
}

extension SyntaxTree {
  /// Whether a word appears among the tokens.
  fileprivate func hasWord(_ word: String) -> Bool {
    let wanted = Array(word.utf8)
    return tokens.kinds.indices.contains { index in
      tokens.kinds[index] == .identifier
        && source[tokens.start(of: index)..<tokens.end(of: index)].elementsEqual(wanted)
    }
  }
}
