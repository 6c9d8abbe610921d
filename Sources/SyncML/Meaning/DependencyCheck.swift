import CSPCatalog
import Diagnostics

/// A setting that depends on others, as the payload writes it first.
struct Dependant: Sendable {
  let known: KnownNode
  let path: SettingPath
  let position: SourcePosition
  let subject: String

  init(_ use: NodeUse, _ path: SettingPath) {
    known = use.known
    self.path = path
    position = use.target.position
    subject = use.subject
  }
}

/// SM1803 to SM1806: the settings of a payload against what they depend on (`MSFT:DependencyBehavior`).
///
/// All groups of a node hold together, and all nodes of a group. A group with values of its own
/// (`DependencyChangedAllowedValues`) asks for nothing: it says which values the setting takes while the group holds.
struct DependencyCheck {
  /// How a node stands that a setting depends on.
  private enum State {
    case holds, unknown
    case fails(WrittenSetting)
    /// The payload does not write it, or deletes it. `isDefault`: the value that it then has is one that is wanted.
    case absent(isDefault: Bool)
  }

  /// What the settings of a payload ask of one node that it does not have as they need it.
  private struct Demand {
    var path: String
    var wanted: String
    /// Of the first dependant, for messages.
    var subject: String
    var position: SourcePosition
    var count = 1
  }

  let settings: [Int: WrittenSetting]
  let catalog: CSPCatalog
  private var nodes: [String: CSPNode?] = [:]
  private var missing: [Int: (demand: Demand, isDefault: Bool)] = [:]
  private var failed: [Int: (demand: Demand, setting: WrittenSetting, node: CSPNode?)] = [:]

  init(settings: [Int: WrittenSetting], catalog: CSPCatalog) {
    self.settings = settings
    self.catalog = catalog
  }

  mutating func judge(_ dependants: [Int: Dependant], _ report: inout FindingSink) {
    let ordered = dependants.sorted {
      ($0.value.position, $0.value.path.text) < ($1.value.position, $1.value.path.text)
    }
    for (key, dependant) in ordered {
      guard let own = settings[key], own.content != .deleted else { continue }
      for group in dependant.known.node.dependencies { judge(group, of: dependant, own, &report) }
    }
    for (_, found) in missing.sorted(by: { Self.isBefore($0.value.demand, $1.value.demand) }) {
      reportMissing(found.demand, isDefault: found.isDefault, &report)
    }
    for (_, found) in failed.sorted(by: { Self.isBefore($0.value.demand, $1.value.demand) }) {
      reportOff(found.demand, found.setting, found.node, &report)
    }
  }

  /// By place; what one setting demands of several, by their paths, because a dictionary has no order.
  private static func isBefore(_ left: Demand, _ right: Demand) -> Bool {
    (left.position, left.path) < (right.position, right.path)
  }

  private mutating func judge(
    _ group: DependencyGroup, of dependant: Dependant, _ own: WrittenSetting, _ report: inout FindingSink
  ) {
    var holdsByPayload = true
    for dependency in group.dependencies {
      guard let path = dependant.path.sibling(dependency.locURI, of: dependant.known.node) else { return }
      let node = node(at: path.text)
      let state = state(of: dependency, path, node)
      if case .holds = state { continue }
      holdsByPayload = false
      guard group.changedValues == nil else { continue }
      let demand = Demand(
        path: path.text, wanted: SettingText.wanted(dependency.values, isNegated: dependency.isNegated),
        subject: dependant.subject, position: dependant.position)
      switch state {
      case .holds, .unknown: break
      case .fails(let setting):
        reportFailed(demand, setting, &report)
        failed[path.key, default: (demand, setting, node)].demand.count += failed[path.key] == nil ? 0 : 1
      case .absent(let isDefault):
        missing[path.key, default: (demand, isDefault)].demand.count += missing[path.key] == nil ? 0 : 1
      }
    }
    if holdsByPayload, let changed = group.changedValues { judge(changed, group, dependant, own, &report) }
  }

  private func state(of dependency: DependencyGroup.Dependency, _ path: SettingPath, _ node: CSPNode?)
    -> State
  {
    let setting = settings[path.key]
    switch setting?.content {
    case .unknown: return .unknown
    case .value(let text, let isWhole, _):
      let format = node?.format ?? .chr
      guard let setting,
        let isAmong = SettingText.isAmong(dependency.values, text, isWhole: isWhole, format)
      else { return .unknown }
      return isAmong != dependency.isNegated ? .holds : .fails(setting)
    case .deleted, nil:
      if dependency.isNegated { return .holds }
      let isDefault = node?.defaultValue.flatMap {
        SettingText.isAmong(dependency.values, $0, isWhole: true, node?.format ?? .chr)
      }
      return .absent(isDefault: isDefault ?? false)
    }
  }

  private mutating func node(at path: String) -> CSPNode? {
    if let known = nodes[path] { return known }
    let node = catalog.node(at: path)
    nodes[path] = .some(node)
    return node
  }

  // MARK: Findings

  private func reportFailed(_ demand: Demand, _ setting: WrittenSetting, _ report: inout FindingSink) {
    func sentence(_ setter: String) -> String {
      "\(demand.subject) depends on \(clipped(demand.path, limit: 200)) being \(demand.wanted), and \(setter) sets that to \(setting.shown)"
    }
    report.report(
      PayloadFinding(
        "SM1803", sentence("line \(setting.position.line)"), unwritten: sentence("the payload"),
        at: demand.position, label: "depends on \(demand.wanted)",
        related: .init(position: setting.position, text: "\(setting.shown) here"),
        help: ["set \(clipped(demand.path, limit: 200)) to \(demand.wanted), or leave this setting out"]))
  }

  private func reportMissing(_ demand: Demand, isDefault: Bool, _ report: inout FindingSink) {
    var sentence =
      "\(demand.subject) depends on \(clipped(demand.path, limit: 200)) being \(demand.wanted), which the payload does not set"
    if isDefault { sentence += "; it is so by default" }
    if demand.count > 1 { sentence += "; \(demand.count) settings here depend on it" }
    report.report(
      PayloadFinding(
        "SM1804", isDefault ? .note : .warning, sentence, at: demand.position,
        label: "depends on a setting that is not here",
        help: ["set \(clipped(demand.path, limit: 200)) to \(demand.wanted) as well"]))
  }

  /// What the value of the node that others depend on means for them.
  private func reportOff(
    _ demand: Demand, _ setting: WrittenSetting, _ node: CSPNode?, _ report: inout FindingSink
  ) {
    guard case .value(let text, let isWhole, _) = setting.content else { return }
    let off = AllowedValues.enumeration(node?.offValues ?? [])
    let isOff = SettingText.isAmong(off, text, isWhole: isWhole, node?.format ?? .chr) == true
    let settings = demand.count == 1 ? "1 setting here depends" : "\(demand.count) settings here depend"
    let effect = demand.count == 1 ? "has no effect" : "have no effect"
    let meaning =
      isOff
      ? ", which switches it off; \(settings) on it and \(effect)"
      : "; \(settings) on its being \(demand.wanted) and \(effect)"
    report.report(
      PayloadFinding(
        "SM1805", "\(clipped(demand.path, limit: 200)) is set to \(setting.shown)\(meaning)",
        at: setting.position, label: isOff ? "switched off" : "others depend on \(demand.wanted)",
        related: .init(position: demand.position, text: "depends on it")))
  }

  private func judge(
    _ changed: AllowedValues, _ group: DependencyGroup, _ dependant: Dependant, _ own: WrittenSetting,
    _ report: inout FindingSink
  ) {
    guard case .value(let text, let isWhole, _) = own.content,
      SettingText.isAmong(changed, text, isWhole: isWhole, dependant.known.node.format) == false
    else { return }
    let related = group.dependencies.first.flatMap { dependency in
      dependant.path.sibling(dependency.locURI, of: dependant.known.node).flatMap { settings[$0.key] }
    }
    func cause(_ setter: (WrittenSetting) -> String) -> String {
      clipped(
        related.map { "\(setter($0)) sets what it depends on to \($0.shown)" } ?? group.name, limit: 120)
    }
    func sentence(_ cause: String) -> String {
      "\(dependant.subject): the value \(own.shown) is not allowed as \(cause); the node then takes \(takes)"
    }
    let takes = SettingText.wanted(changed, isNegated: false)
    report.report(
      PayloadFinding(
        "SM1806", sentence(cause { "line \($0.position.line)" }),
        unwritten: sentence(cause { _ in "the payload" }), at: own.position, label: "then: \(takes)",
        related: related.map { .init(position: $0.position, text: "\($0.shown) here") },
        status: .commandFailed))
  }
}
