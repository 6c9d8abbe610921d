import CSPCatalog

/// SM1608: a node that must be written in an Atomic (`MSFT:AtomicRequired`, which holds for all below it) is.
struct AtomicRequiredRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.lacksAtomic else { return }
    report.report(
      PayloadFinding(
        "SM1608", "\(use.subject) stands outside of an Atomic; its CSP wants these settings written in one",
        at: use.target.position, label: "needs an Atomic",
        help: ["put it and the node's other settings into one <Atomic>"]))
  }
}
