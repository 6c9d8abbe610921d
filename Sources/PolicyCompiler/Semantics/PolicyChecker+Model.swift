import PolicyModel
import PolicySyntax

/// What stays of a check.
extension PolicyChecker {
  /// Adds the rules and commands that were lowered since the last time.
  mutating func addClauses() {
    for rule in rules {
      model.clauses.append(
        Clause(span: tree(of: rule.file).span(rule.node), node: nil, guardCondition: rule.rule.when))
    }
    for command in commands {
      var node: Int32?
      if let target = command.target {
        node = Int32(truncatingIfNeeded: model.nodes.count)
        model.nodes.append(target)
      }
      model.clauses.append(
        Clause(
          span: command.command.span, node: node,
          guardCondition: command.command.guardIndex.map { guards[$0].condition }))
    }
  }

  /// Where the model ends, before a clause that it has already: in a file without a policy, a clause is looked at in every group that includes
  /// it, and its meaning is kept once.
  mutating func modelMark(at clause: NodeIndex, in tree: SyntaxTree) -> ModelMark? {
    guard isLibrary, !modelled.insert(ClauseID(file: tree.file, node: clause)).inserted else { return nil }
    return ModelMark(
      expressions: model.expressions.count, names: (symbols.symbols.count, symbols.references.count))
  }

  /// Takes the model back to a mark.
  mutating func forget(after mark: ModelMark) {
    model.expressions.removeSubrange(mark.expressions...)
    symbols.forget(after: mark.names)
  }

  /// The model, when all is checked.
  func finishedModel() -> SemanticModel {
    var model = model
    model.symbols = symbols.symbols
    model.references = symbols.references
    model.waivers = waivers.waivers
    model.factTable = factTable.declarations
    for (name, parameter) in parameters {
      if let symbol = symbols.byName[name] {
        model.parameterTypes[Int32(truncatingIfNeeded: symbol)] = parameter.type
      }
    }
    return model
  }
}

/// How much a model holds at some time.
struct ModelMark {
  let expressions: Int
  let names: (symbols: Int, references: Int)
}
