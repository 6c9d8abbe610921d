import CSPCatalog
import Diagnostics

/// SM1610, SM1611: what a change of the node brings with it, told once for each node: the node is deprecated
/// (`MSFT:Deprecated`), or the device restarts (`MSFT:RebootBehavior`).
struct LifecycleRule: NodeRule {
  let targets: TargetDevices?
  private var told = OncePerNode()

  init(targets: TargetDevices?) { self.targets = targets }

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.known.deprecation != nil || use.node.reboot != nil, use.command.verb != .get,
      told.isFirst(use.known)
    else { return }
    if let deprecation = use.known.deprecation { judge(deprecation, use, &report) }
    guard let reboot = use.node.reboot else { return }
    let (what, label) =
      switch reboot {
      case .automatic: ("the device restarts by itself when the node changes", "restarts the device")
      case .serverInitiated: ("a change takes effect once the server restarts the device", "needs a restart")
      }
    report.report(PayloadFinding("SM1611", "\(use.subject): \(what)", at: use.target.position, label: label))
  }

  private func judge(_ deprecation: Deprecation, _ use: NodeUse, _ report: inout FindingSink) {
    var sentence = "\(use.subject): the node is deprecated"
    if let name = deprecation.sinceName { sentence += " since \(name)" }
    if let targets {
      let affected = deprecation.affected(of: targets)
      if affected.isEmpty { return }
      if affected.count < targets.targets.count {
        sentence += ", which concerns \(affected.map(\.name).joined(separator: ", "))"
      }
    }
    report.report(
      PayloadFinding(
        "SM1610", sentence, at: use.target.position, label: "deprecated",
        help: ["look for what replaces it in the documentation of its CSP"]))
  }
}
