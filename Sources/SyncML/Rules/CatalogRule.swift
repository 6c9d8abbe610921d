import CSPCatalog
import XMLInput

/// SM16xx and SM17xx: finds the node of every item and passes it to the rules about nodes; ``NodeLookup`` has what is said about
/// the finding itself.
struct CatalogRule: PayloadRule {
  let keepsAccount: Bool

  private let lookups: NodeLookups
  /// What the catalogue says about the last paths; nil for one of another form, which has its finding already.
  private var known = PathMemo<NodeLookup?>()
  /// Hashes of the nodes whose missing Atomic has been told.
  private var told: Set<Int> = []
  private var rules: [any NodeRule]

  /// The rules that judge each use of a node by itself, and what is said about paths.
  init(_ lookups: NodeLookups, _ options: PayloadOptions) {
    keepsAccount = false
    self.lookups = lookups
    rules = [
      NodeNameRule(), VerbRule(), FormatRule(), DataPresenceRule(), ValueRule(), AtomicRequiredRule(),
      LifecycleRule(targets: options.targets),
    ]
    if let targets = options.targets { rules.append(TargetRule(targets: targets)) }
  }

  /// The rules that remember what was done to nodes before, and must see every use.
  init(keepingAccount lookups: NodeLookups, of catalog: CSPCatalog, _ options: PayloadOptions) {
    keepsAccount = true
    self.lookups = lookups
    rules = [InstanceRule(), MeaningRule(catalog: catalog, capacity: options.comparedNodes)]
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
      guard let lookup = remembered(target) else { continue }
      if !keepsAccount,
        let finding = lookup.finding(LocURIRule.path(of: target), of: command, at: target.position)
      {
        report.report(finding)
      }
      switch lookup {
      case .node(let known), .otherCase(let known, _, _): judge(command, item, target, known, &report)
      case .otherScope, .uncatalogued, .unjudged, .unknown, .retired: break
      }
    }
  }

  private mutating func remembered(_ target: PayloadText) -> NodeLookup? {
    if let known = known.value(of: target) { return known }
    let found = lookup(target)
    known.keep(found, of: target)
    return found
  }

  private mutating func lookup(_ target: PayloadText) -> NodeLookup? {
    let path = LocURIRule.path(of: target)
    guard path.utf8.starts(with: "./".utf8), LocURIRule.badSegment(of: path) == nil,
      !LocURIRule.hasHiddenOrSpace(path)
    else { return nil }
    return lookups.lookup(String(LocURIRule.withoutQuery(path)))
  }

  private mutating func judge(
    _ command: PayloadCommand, _ item: PayloadItem, _ target: PayloadText, _ known: KnownNode,
    _ report: inout FindingSink
  ) {
    let use = NodeUse(
      command: command, item: item, target: target, known: known,
      lacksAtomic: !keepsAccount && lacksAtomic(command, target, known))
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
