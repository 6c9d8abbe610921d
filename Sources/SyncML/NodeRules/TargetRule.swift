import CSPCatalog
import Diagnostics

/// SM19xx: the devices that the payload is meant for have the node. Told once for each node, at its first use.
struct TargetRule: NodeRule {
  let targets: TargetDevices
  private var told = OncePerNode()

  init(targets: TargetDevices) { self.targets = targets }

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard told.isFirst(use.known) else { return }
    let reach = NodeReach(of: use.node, on: targets)
    guard !reach.isEverywhere else { return }
    judgeBuilds(reach, use, &report)
    judgeEditions(reach, use, &report)
  }

  private func judgeBuilds(_ reach: NodeReach, _ use: NodeUse, _ report: inout FindingSink) {
    let exists = "it exists on \(use.node.applicability)"
    if reach.isFuture {
      report.report(
        PayloadFinding(
          "SM1904", "\(use.subject): no released Windows has the node; it waits for a future one",
          at: use.target.position, label: "not in any released Windows",
          help: ["a newer catalogue may know more; import one with policyc catalog import"], status: .notFound
        ))
    } else if reach.isNowhere {
      let whose = targets.isDefault ? "no Windows in service" : "none of the targets"
      report.report(
        PayloadFinding(
          "SM1901", "\(use.subject): \(whose) has the node; \(exists)", at: use.target.position,
          label: "on \(use.node.applicability)", help: reach.gaps.compactMap(Self.hint),
          status: .notFound))
    } else if !reach.gaps.isEmpty {
      let names = Self.listing(reach.gaps.map(\.target.name))
      let verb = reach.gaps.count == 1 ? "lacks" : "lack"
      var help = reach.gaps.compactMap(Self.hint)
      if targets.isDefault { help.append("name the devices that the payload is for with --targets") }
      report.report(
        PayloadFinding(
          "SM1902", "\(use.subject): \(names) \(verb) the node; \(exists)", at: use.target.position,
          label: "not on \(names)", help: help, status: .notFound))
    }
    guard !reach.conditions.isEmpty else { return }
    let needs = Self.listing(reach.conditions.map { "\($0.target.name) needs revision \($0.revision)" })
    report.report(
      PayloadFinding(
        "SM1903", "\(use.subject): \(needs) for the node", at: use.target.position,
        label: "from a revision on",
        help: ["name the revision that the devices have, such as --build 10.0.\(Self.example(of: reach))"]))
  }

  private func judgeEditions(_ reach: NodeReach, _ use: NodeUse, _ report: inout FindingSink) {
    guard !reach.lackingEditions.isEmpty else { return }
    let names = Self.listing(reach.lackingEditions.map(\.title))
    let verb = reach.lackingEditions.count == 1 ? "lacks" : "lack"
    let having = WindowsEdition.all.filter { !Set($0.ids).isDisjoint(with: use.node.editions) }.map(\.name)
    let help = having.isEmpty ? [] : ["editions that have it: \(having.joined(separator: ", "))"]
    report.report(
      PayloadFinding(
        "SM1905", reach.isInNoEdition ? .error : .warning,
        "\(use.subject): Windows \(names) \(verb) the node",
        at: use.target.position, label: "not in \(names)", help: help))
  }

  /// What would give the target the node.
  private static func hint(_ gap: NodeReach.Gap) -> String? {
    guard case .revision(let revision) = gap.lack else { return nil }
    return "\(gap.target.name): revision \(revision) has it"
  }

  private static func example(of reach: NodeReach) -> String {
    reach.conditions.first.map { "\($0.target.branch).\($0.revision)" } ?? ""
  }

  private static func listing(_ names: [String]) -> String { names.joined(separator: ", ") }
}
