import CSPCatalog
import Diagnostics

extension NodeLookup {
  /// SM1601 to SM1604: what is to be said about a path itself; nil when it is just that of a node.
  func finding(
    _ path: Substring, of command: PayloadCommand, at position: SourcePosition
  ) -> PayloadFinding? {
    switch self {
    case .node, .unjudged: nil
    case .otherCase(_, let spelled, let sense):
      Self.otherCase(path, spelled, sense, of: command, at: position)
    case .otherScope(let node, let swapped): Self.otherScope(path, node, swapped, of: command, at: position)
    case .uncatalogued(let name):
      PayloadFinding(
        "SM1602",
        "\(command.subject): the catalogue does not describe \(clipped(name)); the node is not judged",
        at: position, label: "not judged")
    case .unknown(let deepestKnown, let suggestions):
      Self.unknown(path, deepestKnown, suggestions, of: command, at: position)
    case .retired(let retired): Self.retired(path, retired, of: command, at: position)
    }
  }

  private static func otherCase(
    _ path: Substring, _ spelled: String, _ sense: CaseSense, of command: PayloadCommand,
    at position: SourcePosition
  ) -> PayloadFinding {
    let (severity, consequence): (Severity, String) =
      switch sense {
      case .matters: (.error, ", and its case matters")
      case .ignored: (.note, ", which ignores case")
      case .unstated: (.warning, "")
      }
    return PayloadFinding(
      "SM1604", severity,
      "\(command.subject): the node '\(clipped(path, limit: 200))' is spelled in another case in the catalogue\(consequence)",
      at: position, label: "in another case", help: ["write \(clipped(spelled, limit: 200))"],
      status: sense == .matters ? .notFound : nil)
  }

  private static func otherScope(
    _ path: Substring, _ node: CSPNode, _ swapped: String, of command: PayloadCommand,
    at position: SourcePosition
  ) -> PayloadFinding {
    let scope = node.scope == .user ? "users" : "the device"
    var sentence = "\(command.subject): the node '\(clipped(path, limit: 200))' exists only for \(scope)"
    if path.utf8.starts(with: "./Vendor/".utf8) {
      sentence += "; a path without ./User and ./Device is the device's"
    }
    // DDF v1 often names one of two scopes.
    let isCertain = node.source != .ddf1
    return PayloadFinding(
      "SM1603", isCertain ? .error : .warning, sentence, at: position,
      label: "only in \(node.scope == .user ? "./User" : "./Device")",
      help: ["write \(clipped(swapped, limit: 200))"], status: isCertain ? .notFound : nil)
  }

  private static func unknown(
    _ path: Substring, _ deepestKnown: String, _ suggestions: [String], of command: PayloadCommand,
    at position: SourcePosition
  ) -> PayloadFinding {
    let depth = deepestKnown.split(separator: "/").count
    let segments = NodeLookups.normal(String(path)).split(separator: "/")
    let failing = depth < segments.count ? segments[max(depth, 1)] : segments.last ?? path
    let place = depth > 1 ? " below \(clipped(deepestKnown, limit: 200))" : ""
    return PayloadFinding(
      "SM1601", "\(command.subject): there is no node '\(clipped(failing))'\(place)", at: position,
      label: "no such node", help: suggestions.prefix(3).map { "did you mean \(clipped($0, limit: 200))?" },
      status: .notFound)
  }

  private static func retired(
    _ path: Substring, _ retired: RetiredNode, of command: PayloadCommand, at position: SourcePosition
  ) -> PayloadFinding {
    let (reason, label, help): (String, String, [String]) =
      switch retired.reason {
      case .moved(let place):
        (
          "is now \(clipped(place, limit: 200))", "moved",
          ["write the path below \(clipped(place, limit: 200))"]
        )
      case .phoneOnly: ("was for Windows phones only", "only on phones", [])
      case .removed(let release):
        (
          "is gone; \(clipped(release)) is the last release of the catalogue that has it", "gone",
          ["leave it out"]
        )
      }
    // What newer files no longer describe, older devices have still, and newer ones perhaps.
    let isCertain = if case .removed = retired.reason { false } else { true }
    return PayloadFinding(
      "SM1601", isCertain ? .error : .warning,
      "\(command.subject): there is no node '\(clipped(path, limit: 200))'; \(clipped(retired.path, limit: 200)) \(reason)",
      at: position, label: label, help: help, status: isCertain ? .notFound : nil)
  }
}
