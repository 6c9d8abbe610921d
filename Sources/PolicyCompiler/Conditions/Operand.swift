import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// What stands on one side of a comparison.
enum Operand {
  case fact(FactReference)
  case value(Value, name: String, type: ValueType, unit: String?)
  case literal(Literal)
}

/// A name that was looked up before: policies ask for few facts many times.
enum CachedOperand {
  case fact(Int32)
  case parameter(ResolvedParameter)
}

extension PolicyChecker {
  /// Looks up an operand; nil when it names nothing, and then a message has been given.
  mutating func operand(_ node: NodeIndex, in tree: SyntaxTree) -> Operand? {
    guard tree.kind(node) == .operand else { return nil }
    var attested = false
    var target: NodeIndex?
    for child in tree.children(of: node) {
      if tree.kind(child) == .attested { attested = true } else { target = child }
    }
    guard let target else { return nil }
    let kind = tree.tokenKind(target)
    guard kind == .identifier || kind == .dottedName else {
      return literal(target, in: tree).map { .literal($0) }
    }
    let name = tree.text(target)
    switch operandCache[name] {
    case .fact(let index): return .fact(FactReference(index: index, attested: attested))
    case .parameter(let parameter) where !attested:
      return parameter.value.map { .value($0, name: name, type: parameter.type, unit: parameter.unit) }
    default: break
    }
    if kind == .dottedName {
      return fact(named: name, cachedAs: name, attested: attested, at: tree.span(target))
    }
    if let index = symbols.byName[name] {
      switch symbols.symbols[index].kind {
      case .alias:
        _ = symbols.use(name)
        let symbol = symbols.symbols[index]
        let owner = self.tree(of: symbol.file)
        guard let factNode = owner.children(of: symbol.node).filter({ owner.kind($0) == .name }).last else {
          return nil
        }
        return fact(named: owner.text(factNode), cachedAs: name, attested: attested, at: owner.span(factNode))
      case .param:
        guard let symbol = symbols.use(name), let parameter = parameters[symbol.name] else { return nil }
        guard !attested else { break }
        operandCache[name] = .parameter(parameter)
        return parameter.value.map { .value($0, name: name, type: parameter.type, unit: parameter.unit) }
      default: break
      }
    }
    if attested {
      reportUnknown(
        name, what: "fact", among: { $0.options.facts.names }, at: tree.span(target), code: "AP2001")
      return nil
    }
    return .literal(.word(name))
  }

  private mutating func fact(named name: String, cachedAs key: String, attested: Bool, at span: Span)
    -> Operand?
  {
    guard let entry = options.facts[name] else {
      reportUnknown(name, what: "fact", among: { $0.options.facts.names }, at: span, code: "AP2001")
      return nil
    }
    let index = factTable.index(of: entry)
    operandCache[key] = .fact(index)
    return .fact(FactReference(index: index, attested: attested))
  }
}
