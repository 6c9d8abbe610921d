import CSPCatalog
import Diagnostics

/// SM18xx: what the commands of a payload mean together. Nodes that are written more than once are told at the second
/// command; what depends on what is judged at the end, since the order may be any.
struct MeaningRule: NodeRule {
  private let catalog: CSPCatalog
  /// How many nodes are remembered.
  private let capacity: Int
  private var keys = PathMemo<Int?>()
  private var settings: [Int: WrittenSetting] = [:]
  private var dependants: [Int: Dependant] = [:]
  private var deletions = 0
  /// The first command whose node is not remembered.
  private var firstForgotten: SourcePosition?

  init(catalog: CSPCatalog, capacity: Int) {
    self.catalog = catalog
    self.capacity = capacity
  }

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    switch use.command.verb {
    case .add, .replace: guard use.node.format != .node, use.node.format != .null else { return }
    case .delete: if use.node.format == .node { deletions += 1 }
    default: return
    }
    guard let key = keys.value(of: use.target, make: { SettingPath(use.target)?.key }) else { return }
    let setting = WrittenSetting(use, deletions: deletions)
    if let before = settings[key] {
      settings[key] = following(before, setting, use, &report)
    } else if settings.count < capacity {
      settings[key] = setting
    } else {
      if firstForgotten == nil { firstForgotten = use.target.position }
      return
    }
    guard use.writes, !use.node.dependencies.isEmpty, dependants[key] == nil,
      let path = SettingPath(use.target)
    else { return }
    dependants[key] = Dependant(use, path)
  }

  mutating func finish(_ report: inout FindingSink) {
    if !dependants.isEmpty {
      var check = DependencyCheck(settings: settings, catalog: catalog)
      check.judge(dependants, &report)
    }
    guard let firstForgotten else { return }
    report.report(
      PayloadFinding(
        "SM1807",
        "the payload writes more than \(capacity) nodes; from line \(firstForgotten.line) on, those that are new are not compared with others",
        unwritten:
          "the payload writes more than \(capacity) nodes; from here on, those that are new are not compared with others",
        at: firstForgotten, label: "not compared from here on", help: ["split the payload"]))
  }

  /// What is remembered of a node that is written again.
  private func following(
    _ before: WrittenSetting, _ setting: WrittenSetting, _ use: NodeUse, _ report: inout FindingSink
  ) -> WrittenSetting {
    var setting = setting
    setting.isTold = before.isTold
    guard !before.isTold, before.deletions == setting.deletions, !Self.isJudgedElsewhere(before, use),
      case .value(_, _, let old) = before.content
    else { return setting }
    switch setting.content {
    case .unknown: return setting
    case .deleted:
      report.report(
        PayloadFinding(
          "SM1801",
          "\(use.subject) deletes the node, which this payload sets to \(before.shown) on line \(before.position.line)",
          unwritten: "\(use.subject) deletes the node, which this payload sets to \(before.shown)",
          at: use.target.position, label: "deleted here",
          related: .init(position: before.position, text: "set to \(before.shown) here"),
          help: ["remove one of the two"]))
    case .value(_, _, let new) where new != old:
      report.report(
        PayloadFinding(
          "SM1801",
          "\(use.subject) sets the node to \(setting.shown), and line \(before.position.line) to \(before.shown); the last one counts",
          unwritten:
            "\(use.subject) sets the node to \(setting.shown), and before to \(before.shown); the last one counts",
          at: use.target.position, label: "\(setting.shown) here",
          related: .init(position: before.position, text: "\(before.shown) here"),
          help: ["remove one of the two"]))
    case .value:
      report.report(
        PayloadFinding(
          "SM1802",
          "\(use.subject) sets the node to \(setting.shown), as line \(before.position.line) does already",
          unwritten: "\(use.subject) sets the node to \(setting.shown), as the payload does already",
          at: use.target.position, label: "the same again",
          related: .init(position: before.position, text: "set here"), help: ["remove one of the two"]))
    }
    setting.isTold = true
    return setting
  }

  /// Whether another rule (SM1310, SM1311) speaks about the two.
  private static func isJudgedElsewhere(_ before: WrittenSetting, _ use: NodeUse) -> Bool {
    guard before.verb == .add else { return false }
    return use.command.verb == .add || (use.command.verb == .replace && use.command.isInAtomic)
  }
}
