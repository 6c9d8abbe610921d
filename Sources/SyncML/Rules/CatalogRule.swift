import CSPCatalog
import XMLInput

/// SM16xx and SM17xx: finds the node of every item and passes it to the rules about nodes; ``NodeLookup`` has what is said about
/// the finding itself.
struct CatalogRule: PayloadRule {
  private var lookups: NodeLookups
  /// Hashes of the nodes whose missing Atomic has been told.
  private var told: Set<Int> = []
  private var rules: [any NodeRule] = [
    NodeNameRule(), VerbRule(), FormatRule(), DataPresenceRule(), ValueRule(), AtomicRequiredRule(),
  ]

  init(catalog: CSPCatalog, _ options: PayloadOptions) {
    lookups = NodeLookups(catalog: catalog)
    rules.append(LifecycleRule(targets: options.targets))
    if let targets = options.targets { rules.append(TargetRule(targets: targets)) }
    rules.append(InstanceRule())
    rules.append(MeaningRule(catalog: catalog, capacity: options.comparedNodes))
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
      let lookup = lookups.lookup(String(LocURIRule.withoutQuery(path)))
      if let finding = lookup.finding(path, of: command, at: target.position) { report.report(finding) }
      switch lookup {
      case .node(let known), .otherCase(let known, _, _): judge(command, item, target, known, &report)
      case .otherScope, .uncatalogued, .unjudged, .unknown, .retired: break
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
}
