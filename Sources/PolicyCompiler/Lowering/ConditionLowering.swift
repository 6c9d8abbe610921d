import Diagnostics
import PolicyModel
import PolicySyntax

/// From the tree of a condition to typed postfix steps.
extension PolicyChecker {
  /// Lowers the condition below a `when` or `that` node; nil when it is broken, and then a message has been given.
  mutating func condition(below node: NodeIndex, in tree: SyntaxTree, clause: NodeIndex) -> Condition? {
    guard let root = tree.firstChild(of: node) else { return nil }
    var lowering = ConditionLowering(tree: tree, clause: clause)
    let start = model.expressions.count
    guard lower(root, &lowering) else {
      model.expressions.removeSubrange(start...)
      return nil
    }
    return Condition(steps: lowering.steps)
  }

  /// Lowers one node; false when something in it is wrong. Goes on after a mistake, so that each is reported.
  private mutating func lower(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    switch tree.kind(node) {
    case .and, .or: return lowerChain(node, &lowering)
    case .not:
      lowering.alternatives += 1
      defer { lowering.alternatives -= 1 }
      guard let inner = tree.firstChild(of: node), lower(inner, &lowering) else { return false }
      add(.not, at: node, &lowering)
      return true
    case .parenthesized:
      guard let inner = tree.firstChild(of: node) else { return false }
      return lower(inner, &lowering)
    case .compare: return lowerComparison(node, &lowering)
    case .member: return lowerMember(node, &lowering)
    case .meets: return lowerMeets(node, &lowering)
    case .operand: return lowerBare(node, &lowering)
    default: return false
    }
  }

  /// Adds a step to the condition, and its node to the typed one.
  private mutating func add(_ step: ConditionStep, at node: NodeIndex, _ lowering: inout ConditionLowering) {
    lowering.steps.append(step)
    model.append(step, at: lowering.tree.span(node))
  }

  private mutating func lowerChain(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    let isAnd = tree.kind(node) == .and
    if !isAnd { lowering.alternatives += 1 }
    defer { if !isAnd { lowering.alternatives -= 1 } }
    var ok = true
    var count: Int32 = 0
    var domains = DomainSet()
    for child in tree.children(of: node) {
      let start = lowering.steps.count
      guard lower(child, &lowering) else {
        ok = false
        continue
      }
      count += 1
      if isAnd, ok {
        let conflict = domains.narrow(by: lowering.steps[start...], at: tree.span(child), facts: factTable)
        if let conflict { reportContradiction(conflict, lowering) }
      }
    }
    guard ok, count > 0 else { return false }
    if count > 1 { add(isAnd ? .and(count) : .or(count), at: node, &lowering) }
    return true
  }

  private mutating func reportContradiction(_ conflict: DomainSet.Conflict, _ lowering: ConditionLowering) {
    let isWhole = lowering.alternatives == 0
    report(
      Diagnostic(
        "AP2014", isWhole ? .error : .warning,
        "\(isWhole ? "the condition" : "a part of the condition") can never be true: \(conflict.explanation)",
        at: Label(conflict.span, "contradicts the other part"),
        secondary: [Label(conflict.earlier, "this part")],
        help: [
          isWhole
            ? "a rule that can never hold fails on every device; change one of the two"
            : "the 'or' or 'not' around it leaves the condition a meaning; change one of the two"
        ]),
      on: lowering.clause, in: lowering.tree)
  }

  private mutating func lowerBare(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    guard let operand = operand(node, in: tree) else { return false }
    switch operand {
    case .fact(let reference):
      let entry = factTable[reference]
      guard entry.type == .bool else {
        sink.report(
          "AP2007", .error, "'\(entry.name)' is \(entry.type.phrase) and no condition by itself",
          at: tree.span(node),
          "compare it with a value", help: [Self.example(of: entry.name, entry.type)])
        return false
      }
      add(.fact(reference), at: node, &lowering)
      return true
    case .value(.bool(let value), _, _, _):
      add(.constant(Truth(value)), at: node, &lowering)
      return true
    case .value(_, let name, let type, _):
      sink.report(
        "AP2007", .error, "'\(name)' is \(type.phrase) and no condition by itself", at: tree.span(node),
        "compare a fact with it")
      return false
    case .literal(.word(let word)):
      if word == "true" || word == "false" {
        fixedClauses.insert(ClauseID(file: tree.file, node: lowering.clause))
        report(
          Diagnostic(
            "AP2015", .warning, "the condition is always \(word)",
            at: Label(tree.span(node), "always \(word)"),
            help: ["write a condition over facts, or leave it out"]), on: lowering.clause, in: tree)
        add(.constant(Truth(word == "true")), at: node, &lowering)
        return true
      }
      reportUnknown(
        word, what: "fact, alias or param",
        among: { $0.options.facts.names + $0.symbols.names(of: .alias) + $0.symbols.names(of: .param) },
        at: tree.span(node))
      return false
    case .literal(let literal):
      sink.report(
        "AP2007", .error, "\(literal.kind) is no condition by itself", at: tree.span(node),
        "compare a fact with it")
      return false
    }
  }

  private static func example(of name: String, _ type: ValueType) -> String {
    switch type {
    case .bool: "write \(name)"
    case .int: "for example: \(name) >= 1"
    case .version: "for example: \(name) >= 2.0"
    case .build: "for example: \(name) >= 10.0.22631"
    case .string: "for example: \(name) == \"…\""
    case .symbol(let symbols): "for example: \(name) == \(symbols.first ?? "…")"
    }
  }

  private mutating func lowerComparison(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    let parts = tree.children(of: node).map { $0 }
    guard parts.count == 3, tree.kind(parts[1]) == .operatorToken else { return false }
    let comparison: Comparison
    switch tree.tokenKind(parts[1]) {
    case .equal, .assign: comparison = .equal
    case .notEqual: comparison = .notEqual
    case .less: comparison = .less
    case .lessOrEqual: comparison = .lessOrEqual
    case .greater: comparison = .greater
    default: comparison = .greaterOrEqual
    }
    let left = operand(parts[0], in: tree)
    let right = operand(parts[2], in: tree)
    if left == nil, tree.kind(parts[0]) == .parenthesized { return reportParenthesized(parts[0], tree) }
    if right == nil, tree.kind(parts[2]) == .parenthesized { return reportParenthesized(parts[2], tree) }
    guard let left, let right else { return false }
    switch (left, right) {
    case (.fact(let first), .fact(let second)):
      return lowerFacts(first, comparison, second, node, &lowering)
    case (.fact(let reference), let other):
      return lowerFact(reference, comparison, other, at: parts[2], node, &lowering)
    case (let other, .fact(let reference)):
      return lowerFact(reference, comparison.mirrored, other, at: parts[0], node, &lowering)
    case (.value(let value, let name, let type, let unit), .literal(let literal)):
      return fold(value, name, type, unit, comparison, literal, at: parts[2], node, &lowering)
    case (.literal(let literal), .value(let value, let name, let type, let unit)):
      return fold(value, name, type, unit, comparison.mirrored, literal, at: parts[0], node, &lowering)
    case (.value(let first, let name, let type, _), .value(let second, let other, let otherType, _)):
      guard first.isSameKind(as: second) else {
        sink.report(
          "AP2004", .error,
          "'\(name)' is \(type.phrase) and '\(other)' is \(otherType.phrase); they cannot be compared",
          at: tree.span(node), "two different types")
        return false
      }
      return fold(first, comparison, second, type, node, &lowering)
    case (.literal(let first), .literal):
      if case .word(let word) = first, word != "true", word != "false" {
        reportUnknown(
          word, what: "fact, alias or param",
          among: { $0.options.facts.names + $0.symbols.names(of: .alias) + $0.symbols.names(of: .param) },
          at: tree.span(parts[0]))
        return false
      }
      sink.report(
        "AP2007", .error, "the comparison names no fact", at: tree.span(node), "both sides are fixed values",
        help: ["compare a fact such as os.build with a value"])
      return false
    }
  }

  private mutating func reportParenthesized(_ node: NodeIndex, _ tree: SyntaxTree) -> Bool {
    sink.report(
      "AP2007", .error, "a condition in parentheses cannot be compared", at: tree.span(node),
      "this is true or false already", help: ["leave the comparison out, or put 'not' before the parentheses"]
    )
    return false
  }

  private mutating func checkOrder(
    _ comparison: Comparison, _ type: ValueType, _ subject: String, at node: NodeIndex, _ tree: SyntaxTree
  ) -> Bool {
    guard comparison.isOrder, !type.isOrdered else { return true }
    sink.report(
      "AP2006", .error,
      "'\(subject)' is \(type.phrase), which has no order, so \(comparison.rawValue) says nothing",
      at: tree.span(node), "only == and != compare it", help: type.hint.map { [$0] } ?? [])
    return false
  }

  private mutating func lowerFacts(
    _ left: FactReference, _ comparison: Comparison, _ right: FactReference, _ node: NodeIndex,
    _ lowering: inout ConditionLowering
  ) -> Bool {
    let (first, second) = (factTable[left], factTable[right])
    guard first.type == second.type, first.unit == second.unit else {
      let phrase =
        first.type.name == second.type.name ? "they do not measure the same" : "they cannot be compared"
      sink.report(
        "AP2004", .error,
        "'\(first.name)' is \(first.type.phrase) and '\(second.name)' is \(second.type.phrase); \(phrase)",
        at: lowering.tree.span(node), "two different types")
      return false
    }
    guard checkOrder(comparison, first.type, first.name, at: node, lowering.tree) else { return false }
    add(.compareFacts(left, comparison, right), at: node, &lowering)
    return true
  }

  private mutating func lowerFact(
    _ reference: FactReference, _ comparison: Comparison, _ other: Operand, at place: NodeIndex,
    _ node: NodeIndex,
    _ lowering: inout ConditionLowering
  ) -> Bool {
    let entry = factTable[reference]
    guard checkOrder(comparison, entry.type, entry.name, at: node, lowering.tree),
      let value = value(
        of: other, for: entry.type, unit: entry.unit, subject: entry.name, at: place, lowering.tree)
    else { return false }
    checkText(value, of: entry, at: place, lowering)
    noteFirmware(value, of: entry.name, at: place, lowering)
    add(.compare(reference, comparison, value), at: node, &lowering)
    return true
  }

  private mutating func value(
    of operand: Operand, for type: ValueType, unit: String?, subject: String, at place: NodeIndex,
    _ tree: SyntaxTree
  ) -> Value? {
    switch operand {
    case .fact: return nil
    case .value(let value, let name, let given, let givenUnit):
      if given.name == type.name, givenUnit == unit {
        if case .symbol(let symbols) = type, case .symbol(let symbol) = value, !symbols.contains(symbol) {
          report(
            LiteralMismatch(
              code: "AP2005", message: "'\(subject)' is never '\(symbol)', which is the value of '\(name)'",
              label: "not one of its values", help: ["its values are \(Literal.listed(symbols))"]),
            at: tree.span(place))
          return nil
        }
        return value
      }
      let detail =
        given.name == type.name
        ? "they are measured in \(unit ?? "no unit") and \(givenUnit ?? "no unit")"
        : "they cannot be compared"
      sink.report(
        "AP2004", .error, "'\(subject)' is \(type.phrase) and '\(name)' is \(given.phrase); \(detail)",
        at: tree.span(place), "\(type.phrase) is needed",
        secondary: parameters[name].map { [Label($0.span, "declared here")] } ?? [])
      return nil
    case .literal(let literal):
      do {
        return try literal.value(of: type, unit: unit, subject: subject)
      } catch {
        report(error, at: tree.span(place))
        return nil
      }
    }
  }

  private mutating func fold(
    _ value: Value, _ name: String, _ type: ValueType, _ unit: String?, _ comparison: Comparison,
    _ literal: Literal,
    at place: NodeIndex, _ node: NodeIndex, _ lowering: inout ConditionLowering
  ) -> Bool {
    do {
      let other = try literal.value(of: type, unit: unit, subject: name)
      return fold(value, comparison, other, type, node, &lowering)
    } catch {
      report(error, at: lowering.tree.span(place))
      return false
    }
  }

  private mutating func fold(
    _ left: Value, _ comparison: Comparison, _ right: Value, _ type: ValueType, _ node: NodeIndex,
    _ lowering: inout ConditionLowering
  ) -> Bool {
    guard checkOrder(comparison, type, left.description, at: node, lowering.tree) else { return false }
    add(.constant(Truth(comparison.holds(left, right))), at: node, &lowering)
    return true
  }

  private mutating func lowerMember(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    guard let left = tree.firstChild(of: node), let list = tree.child(.list, of: node) else { return false }
    guard let operand = operand(left, in: tree) else { return false }
    guard case .fact(let reference) = operand else {
      sink.report(
        "AP2007", .error, "'in' asks whether a fact is one of several values", at: tree.span(left),
        "a fact is needed here")
      return false
    }
    let entry = factTable[reference]
    var values: [Value] = []
    var ok = true
    for item in tree.children(of: list) {
      guard let literal = literal(item, in: tree) else { return false }
      var operand = Operand.literal(literal)
      if case .word(let word) = literal, let parameter = parameters[word],
        symbols.use(word, at: tree.span(item)) != nil, let symbol = symbols.byName[word]
      {
        model.append(.param(Int32(truncatingIfNeeded: symbol)), at: tree.span(item))
        guard let value = parameter.value else { return false }
        operand = .value(value, name: word, type: parameter.type, unit: parameter.unit)
      } else {
        model.append(.literal(of: nil), at: tree.span(item))
      }
      guard
        let value = value(of: operand, for: entry.type, unit: entry.unit, subject: entry.name, at: item, tree)
      else {
        ok = false
        continue
      }
      checkText(value, of: entry, at: item, lowering)
      noteFirmware(value, of: entry.name, at: item, lowering)
      values.append(value)
    }
    guard ok else { return false }
    if values.isEmpty {
      let isWhole = lowering.alternatives == 0 && tree.child(.operatorToken, of: node) == nil
      report(
        Diagnostic(
          "AP2014", isWhole ? .error : .warning,
          "\(isWhole ? "the condition" : "a part of the condition") can never be true: the list is empty",
          at: Label(tree.span(list), "no value is in an empty list")), on: lowering.clause, in: tree)
    }
    add(.member(reference, values), at: node, &lowering)
    if tree.child(.operatorToken, of: node) != nil { add(.not, at: node, &lowering) }
    return true
  }

  private mutating func lowerMeets(_ node: NodeIndex, _ lowering: inout ConditionLowering) -> Bool {
    let tree = lowering.tree
    guard let left = tree.firstChild(of: node), let name = tree.child(.name, of: node) else { return false }
    let text = tree.text(name)
    let operand = operand(left, in: tree)
    guard lookUp(text, .builds, at: tree.span(name)) != nil, let operand else { return false }
    guard case .fact(let reference) = operand, factTable[reference].type == .build else {
      sink.report(
        "AP2004", .error, "'meets' compares a Windows build with a builds list", at: tree.span(left),
        "a fact such as os.build is needed")
      return false
    }
    guard let list = buildListIndex[text] else { return false }
    if let symbol = symbols.byName[text] {
      model.append(.buildList(Int32(truncatingIfNeeded: symbol)), at: tree.span(name))
    }
    add(.meets(reference, list: list), at: node, &lowering)
    return true
  }
}

/// One condition on its way.
struct ConditionLowering {
  let tree: SyntaxTree
  /// The clause whose waivers count.
  let clause: NodeIndex
  /// How many 'or' and 'not' stand around: what can never be true inside them need not make the whole so.
  var alternatives = 0
  var steps: [ConditionStep] = []
}

extension Comparison {
  /// The same comparison with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension Value {
  func isSameKind(as other: Value) -> Bool {
    switch (self, other) {
    case (.bool, .bool), (.int, .int), (.version, .version), (.build, .build), (.string, .string),
      (.symbol, .symbol):
      true
    default: false
    }
  }
}
