/// Makes JSON of a policy.
struct CompiledPolicyEncoder {
  let policy: CompiledPolicy

  func policyValue() -> JSONValue {
    object(
      ("name", .string(policy.name)), ("version", .string(policy.version.description)),
      ("title", policy.title.map { .string($0) }),
      ("titles", policy.titles.isEmpty ? nil : texts(policy.titles)),
      ("summary", policy.summary.map { .string($0) }),
      ("scope", scopeValue()), ("evidence", evidenceValue()), ("facts", .array(policy.facts.map(fact))),
      ("builds", .array(policy.buildLists.map(buildList))),
      ("params", .array(policy.parameters.map(parameter))), ("rules", .array(policy.rules.map(rule))))
  }

  private func texts(_ messages: [Rule.Message]) -> JSONValue {
    .object(messages.map { JSONMember($0.language, .string($0.text)) })
  }

  private func scopeValue() -> JSONValue {
    let branches = policy.scope.branches.map { range in
      object(("from", .integer(Int64(range.lower))), ("to", range.upper.map { .integer(Int64($0)) }))
    }
    return object(
      ("branches", .array(branches)), ("names", .array(policy.scope.names.map { .string($0) })),
      ("editions", .array(policy.scope.editions.map { .string($0) })),
      ("when", policy.scope.condition.map(condition)))
  }

  private func evidenceValue() -> JSONValue? {
    let clause = policy.evidence
    guard !clause.isEmpty else { return nil }
    func texts(_ texts: [String]) -> JSONValue? {
      texts.isEmpty ? nil : .array(texts.map { .string($0) })
    }
    return object(("banks", texts(clause.banks.map(\.rawValue))), ("references", texts(clause.references)))
  }

  private func fact(_ fact: FactDeclaration) -> JSONValue {
    var symbols: JSONValue?
    if case .symbol(let names) = fact.type { symbols = .array(names.map { .string($0) }) }
    return object(
      ("name", .string(fact.name)), ("type", .string(fact.type.name)), ("values", symbols),
      ("unit", fact.unit.map { .string($0) }))
  }

  private func buildList(_ list: BuildList) -> JSONValue {
    object(
      ("name", .string(list.name)), ("minimums", .array(list.minimums.map { .string($0.description) })),
      ("newer_branches", .bool(list.allowsNewerBranches)))
  }

  private func parameter(_ parameter: CompiledPolicy.Parameter) -> JSONValue {
    object(("name", .string(parameter.name)), ("value", value(parameter.value)))
  }

  private func rule(_ rule: Rule) -> JSONValue {
    object(
      ("name", .string(rule.name)), ("kind", .string(rule.kind.rawValue)), ("when", rule.when.map(condition)),
      ("that", condition(rule.that)), ("unknown_allowed", rule.allowsUnknown ? .bool(true) : nil),
      ("severity", .string(rule.severity.rawValue)),
      ("status", rule.status.map { .string($0) }), ("remedy", rule.remedy.map { .string($0) }),
      ("messages", texts(rule.messages)),
      ("summary", rule.summary.map { .string($0) }), ("source", .string(rule.source)))
  }

  /// `{"version":"2.0"}`: a value under the name of its type.
  private func value(_ value: Value) -> JSONValue {
    switch value {
    case .bool(let flag): object(("bool", .bool(flag)))
    case .int(let number): object(("int", .exact(number)))
    case .version(let version): object(("version", .string(version.description)))
    case .build(let build): object(("build", .string(build.description)))
    case .string(let text): object(("string", .string(text)))
    case .symbol(let symbol): object(("enum", .string(symbol)))
    }
  }

  /// The nested form of a condition.
  private func condition(_ condition: Condition) -> JSONValue {
    var writer = self
    return condition.fold(&writer) ?? .null
  }

  private func object(_ members: (String, JSONValue?)...) -> JSONValue { .object(present(members)) }

  private func present(_ members: [(String, JSONValue?)]) -> [JSONMember] {
    members.compactMap { name, value in value.map { JSONMember(name, $0) } }
  }
}

extension CompiledPolicyEncoder: ConditionAlgebra {
  func constant(_ truth: Truth) -> JSONValue { object(("constant", .string(truth.name))) }

  func not(_ part: JSONValue) -> JSONValue { object(("op", .string("not")), ("args", .array([part]))) }

  func join(_ parts: ArraySlice<JSONValue>, by connective: Connective) -> JSONValue {
    object(("op", .string(connective == .and ? "and" : "or")), ("args", .array(Array(parts))))
  }

  func test(_ test: ConditionTest) -> JSONValue {
    switch test {
    case .fact(let fact): reading(fact)
    case .compare(let fact, let comparison, let constant):
      reading(fact, ("compare", .string(comparison.rawValue)), ("value", value(constant)))
    case .compareFacts(let left, let comparison, let right):
      reading(left, ("compare", .string(comparison.rawValue)), ("other", reading(right)))
    case .member(let fact, let values): reading(fact, ("in", .array(values.map(value))))
    case .meets(let fact, let list): reading(fact, ("meets", .string(policy.buildLists[Int(list)].name)))
    }
  }

  private func reading(_ fact: FactReference, _ more: (String, JSONValue?)...) -> JSONValue {
    let name = JSONMember("fact", .string(policy.facts[Int(fact.index)].name))
    let level = fact.attested ? [JSONMember("attested", .bool(true))] : []
    return .object([name] + level + present(more))
  }
}
