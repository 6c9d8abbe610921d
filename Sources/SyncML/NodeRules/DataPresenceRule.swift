import CSPCatalog

/// SM1505, SM1705: a value is there when the node holds one, and only then.
struct DataPresenceRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.writes else { return }
    let value = use.item.data
    switch use.node.format {
    case .node, .null:
      guard let value, value.hasElements || !value.trimmed.isEmpty else { return }
      let what = use.node.format == .node ? "an interior node" : "a node without a value"
      report.report(
        PayloadFinding(
          "SM1705", "\(use.subject) has Data, but the node is \(what)", at: value.position,
          label: "no value here",
          help: ["remove Data"], status: .unsupportedFormat))
    case .bool, .int, .float, .date, .time:
      guard value == nil else { return }
      report.report(
        PayloadFinding(
          "SM1505",
          "\(use.subject) has no Data; the node takes a value of format \(use.node.format.rawValue)",
          at: use.item.position, label: "no Data", help: ["add <Data>"], status: .badRequest))
    case .chr, .xml, .b64, .bin:
      guard value == nil, use.known.values.needsText else { return }
      report.report(
        PayloadFinding(
          "SM1505", "\(use.subject) has no Data; the node takes \(use.node.allowedValues)",
          at: use.item.position, label: "no Data", help: ["add <Data>"], status: .badRequest))
    }
  }
}
