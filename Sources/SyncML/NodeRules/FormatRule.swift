import CSPCatalog

/// SM1606, SM1607: the `Format` of a written value is the node's (`DFFormat`).
struct FormatRule: NodeRule {
  func judge(_ use: NodeUse, _ report: inout FindingSink) {
    guard use.writes || use.command.verb == .exec else { return }
    let expected = use.node.format
    guard let format = use.format else {
      guard use.writes, expected != .chr, expected != .null, use.item.data != nil || expected == .node else {
        return
      }
      report.report(
        PayloadFinding(
          "SM1607",
          "\(use.subject) states no Format; the node's is \(expected.rawValue), and a device assumes chr",
          at: use.item.position, label: "no Format",
          help: [
            "add <Meta><Format xmlns=\"\(SyncMLMessage.metaNamespace)\">\(expected.rawValue)</Format></Meta>"
          ]))
      return
    }
    if format.trimmed == expected.rawValue { return }
    guard let found = NodeFormat(rawValue: String(format.trimmed)), !Self.same(found, expected) else {
      return
    }
    report.report(
      PayloadFinding(
        "SM1606", "\(use.subject) has the Format \(found.rawValue); the node's is \(expected.rawValue)",
        at: format.position, label: "expected \(expected.rawValue)",
        help: ["write <Format xmlns=\"\(SyncMLMessage.metaNamespace)\">\(expected.rawValue)</Format>"],
        status: .unsupportedFormat))
  }

  /// A device stores b64 as bin, so that either may be sent.
  private static func same(_ left: NodeFormat, _ right: NodeFormat) -> Bool {
    left == right || (left == .b64 && right == .bin) || (left == .bin && right == .b64)
  }
}
