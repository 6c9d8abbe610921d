import CSPCatalog
import Diagnostics

/// SM1610, SM1611: what a change of the node brings with it, told once for each node: the node is deprecated, itself or with one
/// above it (`MSFT:Deprecated`), or the device restarts (`MSFT:RebootBehavior`). A CSP of which only an old description
/// is known is told of once (SM1602).
struct LifecycleRule: NodeRule {
  let targets: TargetDevices?
  private var told = OncePerNode()
  private var toldDeprecated = OncePerNode()
  private var toldOrigins: Set<String> = []

  init(targets: TargetDevices?) { self.targets = targets }

  mutating func judge(_ use: NodeUse, _ report: inout FindingSink) {
    if use.node.source == .ddf1, toldOrigins.insert(use.node.origin).inserted {
      report.report(
        PayloadFinding(
          "SM1602", .note,
          "\(use.subject): the catalogue has an old description of the node (DDF v1); what that does not say is not judged",
          at: use.target.position, label: "judged by an old description"))
    }
    guard use.known.deprecation != nil || use.node.reboot != nil, use.command.verb != .get,
      told.isFirst(use.known)
    else { return }
    if let deprecation = use.known.deprecation, toldDeprecated.isFirst(use.known.deprecatedIndex) {
      judge(deprecation, use, &report)
    }
    guard let reboot = use.node.reboot else { return }
    let (what, label) =
      switch reboot {
      case .automatic: ("the device restarts by itself when the node changes", "restarts the device")
      case .serverInitiated: ("a change takes effect once the server restarts the device", "needs a restart")
      }
    report.report(PayloadFinding("SM1611", "\(use.subject): \(what)", at: use.target.position, label: label))
  }

  private func judge(_ deprecation: Deprecation, _ use: NodeUse, _ report: inout FindingSink) {
    let what = use.node.deprecation == nil ? "a node above it is" : "the node is"
    var sentence = "\(use.subject): \(what) deprecated"
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
