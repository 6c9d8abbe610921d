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
  /// By its number in the table of facts and its index in the catalogue; what the place names is it, or its alias.
  case fact(Int32, catalog: Int32, Reference.Target)
  case parameter(ResolvedParameter, symbol: Int32)
}

extension PolicyChecker {
  /// Looks up an operand and adds it to the typed condition; nil when it names nothing, and then a message has been given.
  mutating func operand(_ node: NodeIndex, in tree: SyntaxTree) -> Operand? {
    guard tree.kind(node) == .operand else { return nil }
    var attested = false
    var target: NodeIndex?
    for child in tree.children(of: node) {
      if tree.kind(child) == .attested { attested = true } else { target = child }
    }
    guard let target else { return nil }
    let kind = tree.tokenKind(target)
    let span = tree.span(target)
    guard kind == .identifier || kind == .dottedName else {
      model.append(.literal(of: nil), at: span)
      return literal(target, in: tree).map { .literal($0) }
    }
    let name = tree.text(target)
    switch operandCache[name] {
    case .fact(let index, let catalog, let named):
      symbols.note(named, at: span)
      model.append(.fact(catalog, attested: attested), at: span)
      return .fact(FactReference(index: index, attested: attested))
    case .parameter(let parameter, let symbol) where !attested:
      symbols.note(.symbol(symbol), at: span)
      model.append(.param(symbol), at: span)
      return parameter.value.map { .value($0, name: name, type: parameter.type, unit: parameter.unit) }
    default: break
    }
    if kind == .dottedName {
      noteFact(name, at: span)
      return fact(named: name, cachedAs: name, as: nil, attested, at: span, declaredAt: span)
    }
    if let index = symbols.byName[name] {
      switch symbols.symbols[index].kind {
      case .alias:
        _ = symbols.use(name, at: span)
        guard let declared = aliased(by: symbols.symbols[index]) else { return nil }
        return fact(
          named: declared.name, cachedAs: name, as: .symbol(Int32(truncatingIfNeeded: index)), attested,
          at: span, declaredAt: declared.span)
      case .param:
        guard let symbol = symbols.use(name, at: span), let parameter = parameters[symbol.name] else {
          return nil
        }
        guard !attested else { break }
        let known = Int32(truncatingIfNeeded: index)
        operandCache[name] = .parameter(parameter, symbol: known)
        model.append(.param(known), at: span)
        return parameter.value.map { .value($0, name: name, type: parameter.type, unit: parameter.unit) }
      default: break
      }
    }
    if attested {
      reportUnknown(
        name, what: "fact", among: { $0.options.facts.names }, at: span, code: "AP2001")
      return nil
    }
    model.append(.literal(of: nil), at: span)
    return .literal(.word(name))
  }

  /// - Parameter alias: The symbol that stands for the fact; nil where it is named itself.
  private mutating func fact(
    named name: String, cachedAs key: String, as alias: Reference.Target?, _ attested: Bool, at span: Span,
    declaredAt place: Span
  ) -> Operand? {
    guard let known = options.facts.index(of: name) else {
      reportUnknown(name, what: "fact", among: { $0.options.facts.names }, at: place, code: "AP2001")
      return nil
    }
    let catalog = Int32(truncatingIfNeeded: known)
    let index = factTable.index(of: options.facts.entries[known])
    operandCache[key] = .fact(index, catalog: catalog, alias ?? .fact(catalog))
    model.append(.fact(catalog, attested: attested), at: span)
    return .fact(FactReference(index: index, attested: attested))
  }
}
