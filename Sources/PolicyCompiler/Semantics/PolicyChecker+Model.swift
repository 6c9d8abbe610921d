import PolicyModel

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
