import CSPCatalog

/// SM1605: the node accepts the command (`AccessType`).
struct VerbRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    // No node takes a Copy, which has its finding already.
    guard let access = use.command.verb.access, access != .copy, !use.node.access.contains(access) else {
      return
    }
    let names = use.node.access.names
    let allowed = names.isEmpty ? "no command at all" : names.joined(separator: ", ")
    var help: [String] = []
    if use.writes, use.node.access.contains(.replace) { help = ["write Replace"] }
    if use.writes, !use.node.access.contains(.replace), use.node.access.contains(.add) {
      help = ["write Add"]
    }
    if use.writes, use.node.access == .get { help = ["the node can only be read"] }
    if use.node.access == .exec { help = ["write Exec"] }
    report.report(
      PayloadFinding(
        "SM1605",
        "\(use.subject): the node does not accept \(use.command.verb.rawValue); it accepts \(allowed)",
        at: use.target.position, label: "accepts \(allowed)", help: help, status: .notAllowed))
  }
}
