import CSPCatalog
import Diagnostics
import PolicyModel
import PolicySyntax
import SyncML

/// A command with where it stands and the node it addresses.
struct LoweredCommand {
  var command: PolicyCommand
  let file: FileID
  let node: NodeIndex
  /// Enclosing clauses whose waivers count too.
  let owners: [ClauseID]
  let keywordSpan: Span
  let pathSpan: Span
  let valueSpan: Span?
  /// Nil for a node that the catalogue does not know and a waiver accepted.
  let target: CSPNode?
  let guardCondition: Condition?
  /// The guard next to the command: its own, or that of the group around it.
  let guardSpan: Span?
}

/// `set`, `add`, `delete`, `exec`, `collect` and `atomic`.
extension PolicyChecker {
  mutating func lowerAtomic(_ node: NodeIndex, _ context: GroupContext) {
    let tree = context.tree
    noteWaivers(of: node, in: tree)
    var inner = context
    inner.atomic = atomicGroups
    inner.owners.insert(ClauseID(file: tree.file, node: node), at: 0)
    atomicGroups += 1
    let first = commands.count
    for child in tree.children(of: node) {
      switch tree.kind(child) {
      case .set, .add, .delete, .exec: lowerCommand(child, inner)
      case .collect:
        sink.report(
          "AP3012", .error,
          "an atomic group cannot collect: Windows answers a Get inside Atomic with status 500",
          at: tree.span(child), "not inside 'atomic'", help: ["move the collect out of the group"])
      default: break
      }
    }
    reportMixedAtomic(commands[first...], node, tree)
  }

  /// An Atomic rolls everything back for one refused setting, so unrelated settings should not share one.
  private mutating func reportMixedAtomic(
    _ members: ArraySlice<LoweredCommand>, _ node: NodeIndex, _ tree: SyntaxTree
  ) {
    let known = members.filter { $0.target != nil }
    guard let first = known.first,
      let other = known.first(where: { $0.target?.origin != first.target?.origin })
    else {
      return
    }
    for member in members { told[CommandID(member), default: [:]]["AP3009"] = .warning }
    report(
      Diagnostic(
        "AP3009", .warning, "the atomic group mixes unrelated nodes",
        at: Label(other.pathSpan, "of \(other.target?.origin ?? "")"),
        secondary: [Label(first.pathSpan, "of \(first.target?.origin ?? "")")],
        help: ["one refused setting rolls all of them back; use one group for each CSP"]), on: node, in: tree)
  }

  mutating func lowerCommand(_ node: NodeIndex, _ context: GroupContext) {
    let tree = context.tree
    noteWaivers(of: node, in: tree)
    guard let pathNode = tree.child(.path, of: node) else { return }
    let span = tree.span(pathNode)
    let written =
      tree.tokenKind(pathNode) == .string
      ? StringValue.unescaped(tree.stringValue(pathNode)) : tree.text(pathNode)
    let before = commands.count
    defer { if commands.count == before { hasRefusedCommands = true } }
    guard let path = path(written, at: span) else { return }
    let target = resolve(path, at: span, node, context)
    if case .unusable = target { return }
    var known: CSPNode?
    if case .node(let found) = target { known = found }
    let verb = verb(of: tree.kind(node), on: known)
    var conditions = context.conditions
    var sources = context.sources
    var guardSpan = context.guardSpan
    if let when = tree.child(.when, of: node) {
      guard let condition = condition(below: when, in: tree, clause: node) else { return }
      conditions.append(condition)
      if let root = tree.firstChild(of: when) {
        sources.append(tree.foldedText(root))
        guardSpan = tree.span(root)
      }
    }
    var data: SettingData?
    var valueSpan: Span?
    if let value = valueNode(of: node, in: tree) {
      valueSpan = tree.span(value)
      // Of what an ADMX file brings in, the catalogue says nothing.
      let described = known?.isOfIngestedTemplate == true ? nil : known
      guard let lowered = setting(value, for: described, path: path.instance, clause: node, context: context)
      else { return }
      data = lowered
      reportForbidden(lowered.text, at: tree.span(value))
    }
    let command = PolicyCommand(
      verb: verb, locURI: path.instance, format: data?.format ?? (verb == .add ? known?.format : nil),
      data: data?.text, isXML: data?.isXML ?? false, atomic: context.atomic,
      guardIndex: guardIndex(Condition.all(conditions), sources), span: tree.span(node))
    let lowered = LoweredCommand(
      command: command, file: tree.file, node: node, owners: context.owners,
      keywordSpan: tree.keywordSpan(node), pathSpan: span, valueSpan: valueSpan, target: known,
      guardCondition: Condition.all(conditions), guardSpan: guardSpan)
    reportRepeated(lowered)
    commands.append(lowered)
  }

  private func valueNode(of node: NodeIndex, in tree: SyntaxTree) -> NodeIndex? {
    tree.children(of: node).first {
      switch tree.kind($0) {
      case .literal, .list, .admxEnabled, .admxDisabled: true
      default: false
      }
    }
  }

  /// The command to send: `set` adds where a node can only be added.
  private func verb(of kind: SyntaxKind, on target: CSPNode?) -> PolicyCommand.Verb {
    switch kind {
    case .add: return .add
    case .delete: return .delete
    case .exec: return .exec
    case .collect: return .get
    default:
      let isAddedOnly = target.map { $0.access.contains(.add) && !$0.access.contains(.replace) } ?? false
      return isAddedOnly ? .add : .replace
    }
  }

  private mutating func guardIndex(_ condition: Condition?, _ sources: [String]) -> Int? {
    guard let condition else { return nil }
    if let index = guardIndices[condition] { return index }
    guardIndices[condition] = guards.count
    let text = sources.count == 1 ? sources[0] : sources.map { "(\($0))" }.joined(separator: " and ")
    guards.append(CommandGuard(source: text, condition: condition))
    return guards.count - 1
  }

  private mutating func reportRepeated(_ lowered: LoweredCommand) {
    let command = lowered.command
    let key = CommandKey(
      locURI: ExactText(command.locURI), verb: command.verb == .add ? .replace : command.verb)
    defer { commandPlaces[key] = commands.count }
    guard let index = commandPlaces[key], index < commands.count else { return }
    let earlier = commands[index]
    guard
      earlier.command.guardIndex == command.guardIndex || earlier.command.guardIndex == nil
        || command.guardIndex == nil
    else { return }
    let isSame = earlier.command.data.map(ExactText.init) == command.data.map(ExactText.init)
    report(
      Diagnostic(
        "AP3010", isSame ? .warning : .error,
        isSame
          ? "\(command.locURI) is addressed twice in the same way" : "\(command.locURI) is given two values",
        at: Label(lowered.pathSpan, isSame ? "again here" : "another value here"),
        secondary: [Label(earlier.pathSpan, "first here")], help: ["keep one of the two"]), on: lowered)
  }
}

/// What makes two commands write or read one thing.
struct CommandKey: Hashable {
  let locURI: ExactText
  let verb: PolicyCommand.Verb
}
