import Diagnostics
import PolicyModel
import PolicySyntax

/// The names that a policy can see.
struct SymbolTable {
  private(set) var symbols: [Symbol] = []
  private(set) var byName: [String: Int] = [:]
  private(set) var references: [Reference] = []

  /// Adds a name; gives the earlier symbol back when the name is taken.
  mutating func declare(_ symbol: Symbol) -> Symbol? {
    if let earlier = byName[symbol.name] { return symbols[earlier] }
    byName[symbol.name] = symbols.count
    symbols.append(symbol)
    return nil
  }

  /// Adds the name of a rule, and gives its index. Nothing has to use it, and it is not looked up here.
  mutating func declareRule(_ symbol: Symbol) -> Int32 {
    symbols.append(symbol)
    return Int32(truncatingIfNeeded: symbols.count - 1)
  }

  /// Finds a name and notes that a place uses it.
  mutating func use(_ name: String, at span: Span) -> Symbol? {
    guard let index = byName[name] else { return nil }
    symbols[index].isUsed = true
    note(.symbol(Int32(truncatingIfNeeded: index)), at: span)
    return symbols[index]
  }

  /// Notes that a place names something that was looked up before.
  mutating func note(_ target: Reference.Target, at span: Span) {
    references.append(Reference(span: span, target: target))
  }

  /// Forgets the rules and references that were added after so many symbols and references.
  mutating func forget(after mark: (symbols: Int, references: Int)) {
    symbols.removeSubrange(mark.symbols...)
    references.removeSubrange(mark.references...)
  }

  /// Whether something has looked the name up.
  func isUsed(_ name: String) -> Bool { byName[name].map { symbols[$0].isUsed } ?? false }

  /// The names of one kind, for suggestions.
  func names(of kind: Symbol.Kind) -> [String] { symbols.filter { $0.kind == kind }.map(\.name) }
}

extension PolicyChecker {
  /// Declares what the policy, its file and its imports declare.
  mutating func declareNames(policy: NodeIndex?) {
    var visited: Set<FileID> = []
    func order(_ file: FileID, into list: inout [FileID]) {
      guard visited.insert(file).inserted else { return }
      for imported in loader.imports[Int(file.index)] { order(imported, into: &list) }
      list.append(file)
    }
    var files: [FileID] = []
    order(file, into: &files)
    for file in files {
      let tree = tree(of: file)
      for node in tree.children(of: tree.root) { declare(node, in: tree, isLocal: file == self.file) }
    }
    if let policy {
      for node in tree.children(of: policy) { declare(node, in: tree, isLocal: true) }
    }
  }

  private mutating func declare(_ node: NodeIndex, in tree: SyntaxTree, isLocal: Bool) {
    let kind: Symbol.Kind
    switch tree.kind(node) {
    case .builds: kind = .builds
    case .param: kind = .param
    case .alias: kind = .alias
    case .rulesGroup: kind = .group
    case .device: kind = .device
    default: return
    }
    guard let nameNode = tree.child(.name, of: node) else { return }
    let symbol = Symbol(
      kind: kind, file: tree.file, node: node, name: tree.text(nameNode), nameSpan: tree.span(nameNode),
      isLocal: isLocal)
    if let earlier = symbols.declare(symbol) {
      sink.report(
        "AP2003", .error, "the name '\(symbol.name)' is declared twice", at: symbol.nameSpan,
        "declared again here",
        secondary: [Label(earlier.nameSpan, "first declared here, as a \(earlier.kind.rawValue)")],
        help: ["lists, params, aliases, groups and devices share one name space; rename one of them"])
    }
    guard kind == .alias, let fact = aliased(by: symbol), fact.span != symbol.nameSpan else { return }
    noteFact(fact.name, at: fact.span)
    if symbols.byName[symbol.name] == symbols.symbols.count - 1,
      let index = options.facts.index(of: fact.name)
    {
      model.aliases[Int32(truncatingIfNeeded: symbols.symbols.count - 1)] = Int32(truncatingIfNeeded: index)
    }
  }

  /// The name of the fact behind an alias, in its declaration: the last name there, which is the alias itself where the fact is missing.
  func aliased(by alias: Symbol) -> (name: String, span: Span)? {
    let tree = tree(of: alias.file)
    return tree.children(of: alias.node).filter { tree.kind($0) == .name }.last.map {
      (tree.text($0), tree.span($0))
    }
  }

  /// Notes that a place names a fact, if there is one of that name.
  mutating func noteFact(_ name: String, at span: Span) {
    guard let index = options.facts.index(of: name) else { return }
    symbols.note(.fact(Int32(truncatingIfNeeded: index)), at: span)
  }

  /// The place of the next placeholder of a name in a text or path, and moves `start` behind it; the whole span where it is spelt with escapes.
  func placeholder(_ name: String, in span: Span, from start: inout UInt32) -> Span {
    let bytes = tree(of: span.file).source
    let wanted = Array(name.utf8)
    var open: UInt32?
    var index = start
    while index < span.end {
      switch bytes[Int(index)] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "{"): open = index + 1
      case UInt8(ascii: "}"):
        if let begin = open, bytes[Int(begin)..<Int(index)].elementsEqual(wanted) {
          start = index + 1
          return Span(file: span.file, start: begin, end: index)
        }
        open = nil
      default: break
      }
      index += 1
    }
    start = span.end
    return span
  }

  /// Finds a name of a kind, or says why it cannot.
  mutating func lookUp(_ name: String, _ kind: Symbol.Kind, at span: Span) -> Symbol? {
    if let symbol = symbols.use(name, at: span) {
      if symbol.kind == kind { return symbol }
      sink.report(
        "AP2002", .error, "'\(name)' is a \(symbol.kind.rawValue), not a \(kind.rawValue)", at: span,
        "a \(kind.rawValue) is needed here", secondary: [Label(symbol.nameSpan, "declared here")])
      return nil
    }
    reportUnknown(name, what: kind.rawValue, among: { $0.symbols.names(of: kind) }, at: span)
    return nil
  }

  /// Says that a name is not known, with the closest known one.
  mutating func reportUnknown(
    _ name: String, what: String, among names: (PolicyChecker) -> [String], at span: Span,
    code: DiagnosticCode = "AP2002"
  ) {
    guard !sink.isFull else { return sink.countError() }
    let names = names(self)
    var help: [String] = []
    var fixIts: [FixIt] = []
    if let close = suggestions.closest(to: name, in: names) {
      help = ["did you mean '\(close)'?"]
      fixIts = [FixIt(title: "write \(close)", span: span, replacement: close)]
    } else if names.isEmpty {
      help = ["the policy declares no \(what)"]
    } else if names.count <= 12 {
      help = ["known: \(names.joined(separator: ", "))"]
    }
    sink.report(
      code, .error, "there is no \(what) '\(name)'", at: span, "not declared", help: help, fixIts: fixIts)
  }

  /// Says which names of the policy's own file nothing uses.
  mutating func reportUnused() {
    guard !isBroken else { return }
    for symbol in symbols.symbols where symbol.isLocal && !symbol.isUsed && symbol.kind != .group {
      let tree = tree(of: symbol.file)
      report(
        Diagnostic(
          "AP2012", .warning, "the \(symbol.kind.rawValue) '\(symbol.name)' is never used",
          at: Label(symbol.nameSpan, "declared and not used"),
          help: ["use it or remove it"]), on: symbol.node, in: tree)
    }
    for symbol in symbols.symbols where symbol.isLocal && !symbol.isUsed && symbol.kind == .group {
      report(
        Diagnostic(
          "AP2012", .warning, "the rules group '\(symbol.name)' is never included",
          at: Label(symbol.nameSpan, "its rules have no effect"),
          help: ["add: include \(symbol.name)"]), on: symbol.node, in: tree(of: symbol.file))
    }
  }
}
