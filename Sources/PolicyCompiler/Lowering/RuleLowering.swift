import Diagnostics
import PolicyModel
import PolicySyntax

/// A rule with where it stands.
struct LoweredRule {
  var rule: Rule
  let file: FileID
  let node: NodeIndex
  /// Enclosing clauses whose waivers count too.
  let owners: [ClauseID]
  /// The guards of the groups around it.
  let guards: [Condition]
  let nameSpan: Span
  let thatSpan: Span
  /// The index of its name among the symbols.
  let symbol: Int32
  /// The guard next to the rule: its own, or that of the group around it.
  var guardSpan: Span?
  /// Whether its condition could be lowered.
  var isSound = true
  /// Whether it was said that the rule is included twice.
  var isRepeatReported = false
}

/// Items of a policy, a `rules` group or a `when` group.
extension PolicyChecker {
  mutating func lowerItems(of owner: NodeIndex, _ context: inout GroupContext) {
    let tree = context.tree
    let around = groups
    groups = context.owners
    defer { groups = around }
    for node in tree.children(of: owner) {
      guard mayExpand(node, context) else { return }
      let mark = modelMark(at: node, in: tree)
      defer { if let mark { forget(after: mark) } }
      switch tree.kind(node) {
      case .rule: lowerRule(node, context)
      case .set, .add, .delete, .exec, .collect: lowerCommand(node, context)
      case .atomic: lowerAtomic(node, context)
      case .whenGroup: lowerWhenGroup(node, context)
      case .include: lowerInclude(node, context)
      default: break
      }
    }
  }

  private mutating func lowerWhenGroup(_ node: NodeIndex, _ context: GroupContext) {
    var inner = context
    noteWaivers(of: node, in: context.tree)
    inner.owners.insert(ClauseID(file: context.tree.file, node: node), at: 0)
    if let when = context.tree.child(.when, of: node) {
      guard let condition = condition(below: when, in: context.tree, clause: node) else { return }
      add(condition, when, in: context.tree, to: &inner)
    }
    lowerItems(of: node, &inner)
  }

  private mutating func lowerInclude(_ node: NodeIndex, _ context: GroupContext) {
    let tree = context.tree
    noteWaivers(of: node, in: tree)
    guard let nameNode = tree.child(.name, of: node) else { return }
    let name = tree.text(nameNode)
    guard let symbol = lookUp(name, .group, at: tree.span(nameNode)) else { return }
    guard !context.includes.contains(name) else {
      sink.report(
        "AP2017", .error,
        "the rules groups include one another in a circle: \((context.includes + [name]).joined(separator: " → "))",
        at: tree.span(nameNode), "this closes the circle")
      return
    }
    guard context.includes.count < GroupExpansions.maximumDepth else {
      reportExpansion(
        "the rules groups include one another more than \(GroupExpansions.maximumDepth) deep", nameNode, tree)
      return
    }
    var inner = context
    inner.tree = self.tree(of: symbol.file)
    inner.includes.append(name)
    noteWaivers(of: symbol.node, in: inner.tree)
    inner.owners.insert(ClauseID(file: tree.file, node: node), at: 0)
    inner.owners.insert(ClauseID(file: symbol.file, node: symbol.node), at: 0)
    if let when = tree.child(.when, of: node) {
      guard let condition = condition(below: when, in: tree, clause: node) else { return }
      add(condition, when, in: tree, to: &inner)
    }
    switch expansions.note(ClauseID(file: symbol.file, node: symbol.node), under: inner.guardsID) {
    case .first: break
    case .again: inner.isRepeated = true
    case .known: return
    }
    lowerItems(of: symbol.node, &inner)
  }

  private mutating func lowerRule(_ node: NodeIndex, _ context: GroupContext) {
    let tree = context.tree
    noteWaivers(of: node, in: tree)
    guard let nameNode = tree.child(.name, of: node) else { return }
    let name = tree.text(nameNode)
    if let earlier = ruleIndex[name] {
      let isSame = rules[earlier].file == tree.file && rules[earlier].node == node
      // Two groups may both include a third: its rules are there once.
      if isSame, rules[earlier].guards == context.conditions { return }
      if isSame {
        guard !rules[earlier].isRepeatReported else { return }
        rules[earlier].isRepeatReported = true
        sink.report(
          "AP2003", .error, "the rule '\(name)' is included twice, under different guards",
          at: tree.span(nameNode),
          "one rule cannot have two guards", help: ["include its group once"])
        return
      }
      sink.report(
        "AP2003", .error, "the policy has two rules '\(name)'", at: tree.span(nameNode),
        "declared again here",
        secondary: [Label(rules[earlier].nameSpan, "first declared here")], help: ["rename one of them"])
      return
    }
    let symbol = symbols.declareRule(
      Symbol(
        kind: .rule, file: tree.file, node: node, name: name, nameSpan: tree.span(nameNode),
        isLocal: tree.file == file, isUsed: true))
    var guards = context.conditions
    var guardSpan = context.guardSpan
    var that: Condition?
    var languages: Set<String> = []
    var rule = Rule(
      name: name, kind: tree.firstTokenText(node) == "warn" ? .warn : .require, that: Condition(steps: []))
    var thatSpan = tree.span(nameNode)
    for child in tree.children(of: node) {
      switch tree.kind(child) {
      case .when:
        if let condition = condition(below: child, in: tree, clause: node) { guards.append(condition) }
        guardSpan = tree.firstChild(of: child).map { tree.span($0) }
      case .that:
        that = condition(below: child, in: tree, clause: node)
        if let root = tree.firstChild(of: child) {
          rule.source = tree.foldedText(root)
          thatSpan = tree.span(root)
        }
      case .unknownAllowed:
        rule.allowsUnknown = rule.kind == .require
        if rule.kind == .warn { reportNeedlessAllowance(child, in: tree) }
      case .status: rule.status = choice(child, "status", KnownStatus.allCases.map(\.rawValue), in: tree)
      case .remedy: rule.remedy = choice(child, "remedy", KnownRemedy.allCases.map(\.rawValue), in: tree)
      case .severity:
        if let text = choice(child, "severity", Rule.Severity.allCases.map(\.rawValue), in: tree),
          let severity = Rule.Severity(rawValue: text)
        {
          rule.severity = severity
        }
      case .message: lowerMessage(child, &rule, &languages, in: tree)
      default: break
      }
    }
    rule.summary = tree.docComment(before: node)
    rule.messages.sort { $0.language < $1.language }
    if !rule.messages.isEmpty, !rule.messages.contains(where: { $0.language == "en" }) {
      report(
        Diagnostic(
          "AP2024", .warning, "the rule '\(name)' has messages, but none in English",
          at: Label(tree.span(nameNode), "no message en"),
          help: ["add: message en \"…\"; it is what other languages fall back to"]), on: node, in: tree)
    }
    guard let that else {
      ruleIndex[name] = rules.count
      rules.append(
        LoweredRule(
          rule: Rule(name: name, kind: rule.kind, that: Condition(steps: [.constant(.unknown)])),
          file: tree.file,
          node: node, owners: context.owners, guards: context.conditions, nameSpan: tree.span(nameNode),
          thatSpan: thatSpan, symbol: symbol, isSound: false))
      return
    }
    rule.that = that
    rule.when = Condition.all(guards)
    ruleIndex[name] = rules.count
    rules.append(
      LoweredRule(
        rule: rule, file: tree.file, node: node, owners: context.owners, guards: context.conditions,
        nameSpan: tree.span(nameNode), thatSpan: thatSpan, symbol: symbol, guardSpan: guardSpan))
  }

  /// `unknown allowed` where nothing forbids it.
  private mutating func reportNeedlessAllowance(_ node: NodeIndex, in tree: SyntaxTree) {
    sink.report(
      "AP2028", .error, "a warn rule cannot say 'unknown allowed'", at: tree.span(node),
      "nothing forbids it here",
      help: ["remove it: whatever comes of a warn rule, the verdict stays as it is"],
      fixIts: [FixIt(title: "remove 'unknown allowed'", span: tree.span(node), replacement: "")])
  }

  private mutating func choice(_ node: NodeIndex, _ what: String, _ names: [String], in tree: SyntaxTree)
    -> String?
  {
    guard let nameNode = tree.child(.name, of: node) else { return nil }
    let name = tree.text(nameNode)
    if names.contains(name) { return name }
    let close = closest(to: name, in: names)
    sink.report(
      "AP2025", .error, "there is no \(what) '\(name)'", at: tree.span(nameNode), "not known",
      help: (close.map { ["did you mean '\($0)'?"] } ?? []) + ["known: \(names.joined(separator: ", "))"],
      fixIts: close.map { [FixIt(title: "write \($0)", span: tree.span(nameNode), replacement: $0)] } ?? [])
    return nil
  }

  private mutating func lowerMessage(
    _ node: NodeIndex, _ rule: inout Rule, _ languages: inout Set<String>, in tree: SyntaxTree
  ) {
    guard let languageNode = tree.child(.name, of: node), let textNode = tree.child(.text, of: node) else {
      return
    }
    let language = tree.text(languageNode)
    if !Self.isLanguageTag(language) {
      sink.report(
        "AP2025", .error, "'\(language)' is not a language tag", at: tree.span(languageNode),
        "a tag such as en, ja or pt-BR is needed")
      return
    }
    if !languages.insert(language).inserted {
      sink.report(
        "AP2003", .error, "the rule has two messages in '\(language)'", at: tree.span(node), "the second one")
      return
    }
    let text = tree.stringValue(textNode)
    let span = tree.span(textNode)
    var start = span.start
    for name in MessageTemplate.placeholders(in: text) {
      let place = placeholder(name, in: span, from: &start)
      if let entry = options.facts[name] {
        _ = factTable.index(of: entry)
        noteFact(name, at: place)
      } else if symbols.use(name, at: place)?.kind != .param {
        reportUnknown(
          name, what: "fact or param", among: { $0.options.facts.names + $0.symbols.names(of: .param) },
          at: tree.span(textNode), code: "AP2023")
      }
    }
    rule.messages.append(Rule.Message(language: language, text: text))
  }

  /// A BCP 47 language tag, as far as its shape goes: letters first, parts of at most eight characters.
  static func isLanguageTag(_ tag: String) -> Bool {
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...3).contains(first.count),
      first.allSatisfy({ $0.isASCII && $0.isLetter })
    else {
      return false
    }
    return parts.allSatisfy {
      (1...8).contains($0.count) && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
  }

  /// Rules whose conditions are the same, word for word after names and numbers are resolved.
  mutating func reportDuplicateRules() {
    var seen: [UInt64: Int] = [:]
    seen.reserveCapacity(rules.count)
    for index in rules.indices where rules[index].isSound {
      let fingerprint = rules[index].rule.that.fingerprint ^ (rules[index].rule.when?.fingerprint ?? 0)
      guard let earlier = seen[fingerprint] else {
        seen[fingerprint] = index
        continue
      }
      guard rules[index].rule.that == rules[earlier].rule.that,
        rules[index].rule.when == rules[earlier].rule.when,
        rules[index].rule.kind == rules[earlier].rule.kind,
        rules[index].rule.allowsUnknown == rules[earlier].rule.allowsUnknown
      else { continue }
      let lowered = rules[index]
      report(
        Diagnostic(
          "AP2016", .warning,
          "the rule '\(lowered.rule.name)' asks the same as '\(rules[earlier].rule.name)'",
          at: Label(lowered.thatSpan, "the same condition"),
          secondary: [Label(rules[earlier].thatSpan, "first asked here")], help: ["remove one of the two"]),
        on: lowered.node, in: self.tree(of: lowered.file), within: lowered.owners)
    }
  }
}

/// Placeholders in messages: `{name}`; `\{` is a brace.
enum MessageTemplate {
  static func placeholders(in text: String) -> [String] {
    var names: [String] = []
    var current: String?
    var previous: Character = " "
    for character in text {
      if character == "{", previous != "\\" {
        current = ""
      } else if character == "}", let name = current {
        names.append(name)
        current = nil
      } else {
        current?.append(character)
      }
      previous = character
    }
    return names
  }
}
