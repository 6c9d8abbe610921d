import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax

/// The head of a policy: what it is called.
struct PolicyHead {
  let name: String
  let nameSpan: Span
  let version: Version
  let title: String?
  let titles: [Rule.Message]
  let summary: String?
}

/// `policy NAME version …`, its texts, and `applies …`.
extension PolicyChecker {
  mutating func lowerHead(_ policy: NodeIndex) -> PolicyHead? {
    let nameNode = tree.child(.name, of: policy) ?? tree.child(.text, of: policy)
    guard let nameNode, let literal = tree.child(.literal, of: policy) else { return nil }
    let name = tree.kind(nameNode) == .text ? tree.stringValue(nameNode) : tree.text(nameNode)
    if let problem = OutputName.problem(ofPolicy: name) {
      sink.report(
        "AP2027", .error, "the policy's name cannot be the name of a file", at: tree.span(nameNode), problem)
    }
    let text = tree.text(literal)
    guard let version = Version(text) else {
      if !isBroken {
        sink.report(
          "AP2004", .error, "the policy's version is a version such as 1.0.0", at: tree.span(literal),
          "not a version")
      }
      return nil
    }
    var titles: [String: String] = [:]
    var summary = tree.docComment(before: policy)
    for child in tree.children(of: policy) {
      guard let node = tree.child(.text, of: child) else { continue }
      switch tree.kind(child) {
      case .title:
        let languageNode = tree.child(.name, of: child)
        let language = languageNode.map { tree.text($0) } ?? "en"
        if let languageNode, !Self.isLanguageTag(language) {
          sink.report(
            "AP2025", .error, "'\(language)' is not a language tag", at: tree.span(languageNode),
            "a tag such as en, ja or pt-BR is needed")
        } else if titles[language] != nil {
          sink.report(
            "AP2003", .error, "the policy has two titles in '\(language)'", at: tree.span(child),
            "the second one")
        }
        titles[language] = StringValue.unescaped(tree.stringValue(node))
      case .description: summary = StringValue.unescaped(tree.stringValue(node))
      default: break
      }
    }
    let title = titles.removeValue(forKey: "en")
    return PolicyHead(
      name: name, nameSpan: tree.span(nameNode), version: version, title: title,
      titles: titles.map { Rule.Message(language: $0.key, text: $0.value) }.sorted {
        $0.language < $1.language
      },
      summary: summary)
  }

  mutating func lowerScope(_ policy: NodeIndex) {
    var parts: [Condition] = []
    var ranges: [CompiledPolicy.BranchRange] = []
    var editions: [Value] = []
    for clause in tree.children(of: policy) where tree.kind(clause) == .applies {
      noteWaivers(of: clause, in: tree)
      scopeClauses.append(ClauseID(file: tree.file, node: clause))
      if scopeSpan == nil { scopeSpan = tree.span(clause) }
      for child in tree.children(of: clause) {
        switch tree.kind(child) {
        case .windowsTarget:
          guard let (range, name) = windowsRange(child) else { continue }
          scope.branches += range.clients
          scope.names.append(name)
          ranges.append(range)
        case .editions: lowerEditions(child, &editions)
        case .when:
          if let condition = condition(below: child, in: tree, clause: clause) { parts.append(condition) }
        default: break
        }
      }
    }
    if !editions.isEmpty, let entry = options.facts["os.edition"] {
      parts.insert(
        Condition(steps: [.member(FactReference(index: factTable.index(of: entry)), editions)]), at: 0)
    }
    let clients = CompiledPolicy.BranchRange.merged(ranges).map { isClient(in: $0) }
    if let any = Condition.any(clients) { parts.insert(any, at: 0) }
    scope.condition = Condition.all(parts)
  }

  private mutating func windowsRange(_ node: NodeIndex) -> (CompiledPolicy.BranchRange, String)? {
    guard let number = tree.child(.literal, of: node) else { return nil }
    let windows = tree.text(number)
    guard windows == "10" || windows == "11" else {
      sink.report(
        "AP2108", .error, "there is no Windows \(windows) that attests while it enrolls",
        at: tree.span(number),
        "Windows 10 or Windows 11", help: ["write windows 10 or windows 11"])
      return nil
    }
    let isTen = windows == "10"
    guard let name = tree.child(.name, of: node) else {
      return (
        isTen
          ? .init(lower: WindowsLines.firstOf10, upper: WindowsLines.firstOf11 - 1)
          : .init(lower: WindowsLines.firstOf11, upper: nil),
        "Windows \(windows)"
      )
    }
    let version = tree.text(name).uppercased()
    guard let branch = windowsBranch(windows, version) else {
      let versions = WindowsBranch.all.filter { $0.product.number == windows }.map(\.version)
      sink.report(
        "AP2108", .error, "there is no Windows \(windows) \(version)", at: tree.span(name),
        "not a Windows version",
        help: closest(to: version, in: versions).map { ["did you mean \($0)?"] }
          ?? ["versions of Windows \(windows): \(versions.joined(separator: ", "))"])
      return nil
    }
    let isOpen = tree.foldedText(node).hasSuffix("newer")
    return (
      .init(lower: branch.build, upper: isOpen ? (isTen ? WindowsLines.firstOf11 - 1 : nil) : branch.build),
      branch.name + (isOpen ? " or newer" : "")
    )
  }

  /// The branches of a range but for those of Windows Server alone.
  private mutating func isClient(in range: CompiledPolicy.BranchRange) -> Condition {
    guard let entry = options.facts["os.branch"] else { return Condition(steps: [.constant(.unknown)]) }
    let fact = FactReference(index: factTable.index(of: entry))
    func test(_ comparison: Comparison, _ branch: UInt32) -> Condition {
      Condition(steps: [.compare(fact, comparison, .int(Int64(branch)))])
    }
    if range.upper == range.lower { return test(.equal, range.lower) }
    var parts = [test(.greaterOrEqual, range.lower)]
    if let upper = range.upper { parts.append(test(.lessOrEqual, upper)) }
    if let server = range.servers.first {
      let others = range.servers.map { Value.int(Int64($0)) }
      parts.append(
        others.count == 1
          ? test(.notEqual, server) : Condition(steps: [.member(fact, others), .not]))
    }
    return Condition.all(parts) ?? parts[0]
  }

  /// Editions of several clauses add up, as Windows versions do.
  private mutating func lowerEditions(_ node: NodeIndex, _ editions: inout [Value]) {
    guard let entry = options.facts["os.edition"], case .symbol(let known) = entry.type else { return }
    for child in tree.children(of: node) {
      let name = tree.text(child)
      guard known.contains(name) else {
        reportUnknown(
          name, what: "Windows edition", among: { _ in known }, at: tree.span(child), code: "AP2005")
        continue
      }
      if editionsSpan == nil { editionsSpan = tree.span(node) }
      guard !scope.editions.contains(name) else { continue }
      scope.editions.append(name)
      editions.append(.symbol(name))
    }
  }
}

extension CompiledPolicy.BranchRange {
  /// The branches of Windows Server alone that lie within, ascending.
  fileprivate var servers: [UInt32] { WindowsLines.serverOnly.map(\.branch).filter(contains) }

  /// The branches of some ranges in as few as they fit in, ascending: a report names each test that decides.
  fileprivate static func merged(_ ranges: [Self]) -> [Self] {
    var result: [Self] = []
    for range in ranges.sorted(by: { $0.lower < $1.lower }) {
      guard let last = result.last, last.upper.map({ range.lower <= $0 || range.lower == $0 + 1 }) ?? true
      else {
        result.append(range)
        continue
      }
      let upper = last.upper.flatMap { end in range.upper.map { max(end, $0) } }
      result[result.count - 1] = .init(lower: last.lower, upper: upper)
    }
    return result
  }

  /// The range without them.
  fileprivate var clients: [CompiledPolicy.BranchRange] {
    var ranges: [CompiledPolicy.BranchRange] = []
    var start = lower
    for server in servers {
      if server > start { ranges.append(.init(lower: start, upper: server - 1)) }
      start = server + 1
    }
    ranges.append(.init(lower: start, upper: upper))
    return ranges
  }
}

extension Condition {
  /// The conjunction of conditions; nil of none.
  static func all(_ parts: [Condition]) -> Condition? { joined(parts) { .and($0) } }

  /// The disjunction of conditions; nil of none.
  static func any(_ parts: [Condition]) -> Condition? { joined(parts) { .or($0) } }

  private static func joined(_ parts: [Condition], _ step: (Int32) -> ConditionStep) -> Condition? {
    guard parts.count > 1 else { return parts.first }
    return Condition(steps: parts.flatMap(\.steps) + [step(Int32(truncatingIfNeeded: parts.count))])
  }
}
