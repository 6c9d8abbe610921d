import CSPCatalog
import XMLInput

/// SM16xx and SM17xx: finds the node of every item and passes it to the rules about nodes; SM1601 to SM1604 are about
/// the finding itself.
struct CatalogRule: PayloadRule {
  private var lookups: NodeLookups
  /// Hashes of the nodes whose missing Atomic has been told.
  private var told: Set<Int> = []
  private var rules: [any NodeRule] = [
    NodeNameRule(), VerbRule(), FormatRule(), DataPresenceRule(), ValueRule(), AtomicRequiredRule(),
  ]

  init(catalog: CSPCatalog, targets: TargetDevices?) {
    lookups = NodeLookups(catalog: catalog)
    rules.append(LifecycleRule(targets: targets))
    if let targets { rules.append(TargetRule(targets: targets)) }
  }

  mutating func finish(_ report: inout FindingSink) {
    for index in rules.indices { rules[index].finish(&report) }
  }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb.access != nil else { return }
    for item in command.items {
      guard let target = item.target, !target.hasElements else { continue }
      let path = LocURIRule.path(of: target)
      // A path of another form has its finding already.
      guard path.utf8.starts(with: "./".utf8), LocURIRule.badSegment(of: path) == nil,
        !LocURIRule.hasHiddenOrSpace(path)
      else { continue }
      switch lookups.lookup(String(LocURIRule.withoutQuery(path))) {
      case .node(let known): judge(command, item, target, known, &report)
      case .otherCase(let known, let spelled):
        report.report(
          PayloadFinding(
            "SM1604",
            "\(command.subject): the node '\(clipped(path, limit: 200))' is spelled in another case in the catalogue",
            at: target.position, label: "in another case", help: ["write \(clipped(spelled, limit: 200))"]
          ))
        judge(command, item, target, known, &report)
      case .otherScope(let node, let swapped):
        let scope = node.scope == .user ? "users" : "the device"
        report.report(
          PayloadFinding(
            "SM1603", "\(command.subject): the node '\(clipped(path, limit: 200))' exists only for \(scope)",
            at: target.position, label: "only in \(node.scope == .user ? "./User" : "./Device")",
            help: ["write \(clipped(swapped, limit: 200))"], status: .notFound))
      case .uncatalogued(let name):
        report.report(
          PayloadFinding(
            "SM1602",
            "\(command.subject): the catalogue does not describe \(clipped(name)); the node is not judged",
            at: target.position, label: "not judged"))
      case .unjudged: break
      case .unknown(let deepestKnown, let suggestions):
        report.report(
          Self.unknown(path, deepestKnown, suggestions, of: command, at: target.position))
      }
    }
  }

  private mutating func judge(
    _ command: PayloadCommand, _ item: PayloadItem, _ target: PayloadText, _ known: KnownNode,
    _ report: inout FindingSink
  ) {
    let use = NodeUse(
      command: command, item: item, target: target, known: known,
      lacksAtomic: lacksAtomic(command, target, known))
    for index in rules.indices { rules[index].judge(use, &report) }
  }

  /// Whether the item must stand in an Atomic and does not; told once for the node that asks for it.
  private mutating func lacksAtomic(_ command: PayloadCommand, _ target: PayloadText, _ known: KnownNode)
    -> Bool
  {
    guard !command.isInAtomic, command.verb == .add || command.verb == .replace else { return false }
    let depth = known.atomicDepth
    guard depth > 0 else { return false }
    let path = NodeLookups.normal(String(LocURIRule.path(of: target)))
    return told.insert(path.split(separator: "/").prefix(depth).joined(separator: "/").hashValue).inserted
  }

  private static func unknown(
    _ path: Substring, _ deepestKnown: String, _ suggestions: [String], of command: PayloadCommand,
    at position: XMLPosition
  ) -> PayloadFinding {
    let depth = deepestKnown.split(separator: "/").count
    let segments = NodeLookups.normal(String(path)).split(separator: "/")
    let failing = depth < segments.count ? segments[max(depth, 1)] : segments.last ?? path
    let place = depth > 1 ? " below \(clipped(deepestKnown, limit: 200))" : ""
    return PayloadFinding(
      "SM1601", "\(command.subject): there is no node '\(clipped(failing))'\(place)", at: position,
      label: "no such node", help: suggestions.prefix(3).map { "did you mean \(clipped($0, limit: 200))?" },
      status: .notFound)
  }
}
