import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// `test` cases and `device` declarations.
extension PolicyChecker {
  mutating func lowerTests(_ policy: NodeIndex) -> [PolicyTest] {
    for symbol in symbols.symbols where symbol.kind == .device && symbol.isLocal {
      devices[symbol.name] = lowerAssignments(of: symbol.node, in: tree(of: symbol.file))
    }
    var tests: [PolicyTest] = []
    var names: [ExactText: Span] = [:]
    for node in tree.children(of: policy) where tree.kind(node) == .test {
      guard let nameNode = tree.child(.text, of: node) else { continue }
      let name = tree.stringValue(nameNode)
      if let earlier = names[ExactText(name)] {
        sink.report(
          "AP2003", .error, "the policy has two tests \"\(name)\"", at: tree.span(nameNode),
          "named again here",
          secondary: [Label(earlier, "first named here")], help: ["rename one of them"])
      }
      names[ExactText(name)] = tree.span(nameNode)
      var facts: [String: Observation] = [:]
      var settings: [ParameterSetting] = []
      var expectations: [PolicyTest.Expectation] = []
      for child in tree.children(of: node) {
        switch tree.kind(child) {
        case .given: lowerGiven(child, &facts)
        case .assignment: lowerTestParam(child, &settings)
        case .expect: if let expectation = lowerExpect(child) { expectations.append(expectation) }
        default: break
        }
      }
      if tree.child(.expect, of: node) == nil, !isBroken {
        sink.report(
          "AP4003", .error, "the test \"\(name)\" expects nothing", at: tree.span(nameNode),
          "it can never fail",
          help: ["add: expect pass, or expect fail RULE"])
      }
      tests.append(
        PolicyTest(
          name: name, settings: settings, facts: FactSnapshot(facts), expectations: expectations,
          span: tree.span(nameNode)))
    }
    return tests
  }

  private mutating func lowerGiven(_ node: NodeIndex, _ facts: inout [String: Observation]) {
    if let nameNode = tree.child(.name, of: node) {
      let name = tree.text(nameNode)
      guard let symbol = lookUp(name, .device, at: tree.span(nameNode)) else { return }
      let base = devices[name] ?? lowerAssignments(of: symbol.node, in: self.tree(of: symbol.file))
      devices[name] = base
      facts.merge(base) { _, new in new }
    }
    facts.merge(lowerAssignments(of: node, in: tree)) { _, new in new }
  }

  /// The facts that a block gives a device, by name.
  mutating func lowerAssignments(of node: NodeIndex, in tree: SyntaxTree) -> [String: Observation] {
    var facts: [String: Observation] = [:]
    for assignment in tree.children(of: node) where tree.kind(assignment) == .assignment {
      guard let nameNode = tree.child(.name, of: assignment) else { continue }
      var name = tree.text(nameNode)
      if let index = symbols.byName[name], symbols.symbols[index].kind == .alias {
        _ = symbols.use(name, at: tree.span(nameNode))
        name = aliased(by: symbols.symbols[index])?.name ?? name
      } else {
        noteFact(name, at: tree.span(nameNode))
      }
      guard let entry = options.facts[name] else {
        reportUnknown(
          name, what: "fact", among: { $0.options.facts.names }, at: tree.span(nameNode), code: "AP2001")
        continue
      }
      if facts[name] != nil {
        sink.report(
          "AP4002", .error, "the fact '\(name)' is given twice", at: tree.span(nameNode), "given again here",
          help: ["keep one of the two"])
        continue
      }
      let level: EvidenceLevel = tree.child(.attested, of: assignment) != nil ? .attested : .reported
      if tree.child(.unknownValue, of: assignment) != nil {
        facts[name] = Observation(
          .unknown(reason: "the test gives it as unknown"), level: level, source: "test")
        continue
      }
      guard let literalNode = tree.child(.literal, of: assignment),
        let literal = literal(literalNode, in: tree)
      else {
        continue
      }
      var value: Value?
      if case .word(let word) = literal, let parameter = parameters[word],
        symbols.use(word, at: tree.span(literalNode)) != nil
      {
        value = parameter.value
        if let known = value, !known.isOf(entry.type) {
          report(
            LiteralMismatch(
              code: "AP2004",
              message: "'\(name)' is \(entry.type.phrase), but '\(word)' is \(parameter.type.phrase)",
              label: "\(entry.type.phrase) is needed"), at: tree.span(literalNode))
          continue
        }
      } else {
        do {
          value = try literal.value(of: entry.type, unit: entry.unit, subject: name)
        } catch {
          report(error, at: tree.span(literalNode))
        }
      }
      if let value { checkGivenText(value, of: entry, at: literalNode, in: tree) }
      if let value { facts[name] = Observation(.value(value), level: level, source: "test") }
    }
    return facts
  }

  private mutating func lowerTestParam(_ node: NodeIndex, _ settings: inout [ParameterSetting]) {
    guard let nameNode = tree.child(.name, of: node), let literalNode = tree.child(.literal, of: node) else {
      return
    }
    let name = tree.text(nameNode)
    guard lookUp(name, .param, at: tree.span(nameNode)) != nil, let parameter = parameters[name] else {
      return
    }
    guard let literal = literal(literalNode, in: tree) else { return }
    do {
      let value = try literal.value(of: parameter.type, unit: parameter.unit, subject: name)
      settings.append(
        ParameterSetting(name: name, text: value.description + (parameter.unit.map { " \($0)" } ?? "")))
    } catch {
      report(error, at: tree.span(literalNode))
    }
  }

  /// The names of the rules of a kind, for suggestions: made once, because a test may name any number of rules.
  private mutating func ruleNames(of kind: Rule.Kind) -> [String] {
    if let names = ruleNames[kind] { return names }
    let names = rules.filter { $0.rule.kind == kind }.map(\.rule.name)
    ruleNames[kind] = names
    return names
  }

  private mutating func lowerExpect(_ node: NodeIndex) -> PolicyTest.Expectation? {
    guard let nameNode = tree.child(.name, of: node) else { return nil }
    let text = tree.text(nameNode)
    guard let outcome = PolicyTest.Expectation.Outcome(rawValue: text) else {
      let known = ["pass", "fail", "indeterminate", "warn", "no_warnings", "not_applicable"]
      reportUnknown(text, what: "test result", among: { _ in known }, at: tree.span(nameNode), code: "AP2025")
      return nil
    }
    var names: [String] = []
    for child in tree.children(of: node) where tree.kind(child) == .literal {
      let name = tree.text(child)
      let wanted: Rule.Kind = outcome == .warn ? .warn : .require
      guard let index = ruleIndex[name] else {
        let known = ruleNames(of: wanted)
        reportUnknown(name, what: "rule", among: { _ in known }, at: tree.span(child), code: "AP4001")
        continue
      }
      symbols.note(.symbol(rules[index].symbol), at: tree.span(child))
      if rules[index].rule.kind != wanted {
        sink.report(
          "AP4001", .error,
          "'\(name)' is a \(rules[index].rule.kind.rawValue) rule, and 'expect \(text)' names \(wanted.rawValue) rules",
          at: tree.span(child), "not a \(wanted.rawValue) rule")
        continue
      }
      if outcome == .indeterminate, rules[index].rule.allowsUnknown {
        sink.report(
          "AP4001", .error, "'\(name)' allows unknown, so it never makes a verdict indeterminate",
          at: tree.span(child), "says 'unknown allowed'",
          help: ["where it cannot be told and all else holds, write: expect pass"])
        continue
      }
      names.append(name)
    }
    if outcome == .pass || outcome == .notApplicable || outcome == .noWarnings, !names.isEmpty {
      sink.report(
        "AP4001", .error, "'expect \(text)' speaks of the whole policy and names no rules",
        at: tree.span(node),
        "rules are named here")
    }
    if outcome == .warn, names.isEmpty, !isBroken, tree.child(.literal, of: node) == nil {
      sink.report(
        "AP4001", .error, "'expect warn' names the warn rules that do not hold", at: tree.span(node),
        "the name of a warn rule is missing", help: ["where none may fail, write: expect no_warnings"])
    }
    return PolicyTest.Expectation(outcome: outcome, rules: names, span: tree.span(node))
  }
}
