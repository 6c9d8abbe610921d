import XMLInput

/// SM1309, SM1310: what is legal in an Atomic and still does not work there.
struct AtomicMixRule: PayloadRule {
  /// The CSP that the first command of the open Atomic is about.
  private var first: (csp: String, position: XMLPosition)?
  private var isReported = false
  /// Hashes of the paths that the open Atomic adds.
  private var added: Set<Int> = []

  mutating func groupBegan(
    _ verb: SyncMLVerb, at position: XMLPosition, in groups: [SyncMLVerb], _ report: inout FindingSink
  ) {
    guard verb == .atomic, !groups.contains(.atomic) else { return }
    first = nil
    isReported = false
    added = []
  }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.isInAtomic, command.verb.access != nil else { return }
    for item in command.items {
      guard let target = item.target else { continue }
      let path = String(target.trimmed)
      judgeOrder(path, target, command, &report)
      judgeMix(path, target, command, &report)
    }
  }

  private mutating func judgeOrder(
    _ path: String, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    if command.verb == .add { added.insert(path.hashValue) }
    guard command.verb == .replace, added.contains(path.hashValue) else { return }
    report.report(
      PayloadFinding(
        "SM1310",
        "\(command.subject) replaces a node that the same Atomic adds; Windows does not support that",
        at: target.position, label: "added before, in this Atomic",
        help: ["keep the Replace alone, or move it behind the Atomic"], status: .commandFailed))
  }

  private mutating func judgeMix(
    _ path: String, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    guard let csp = Self.csp(of: path) else { return }
    guard let first else {
      self.first = (csp, target.position)
      return
    }
    guard csp != first.csp, !isReported else { return }
    isReported = true
    report.report(
      PayloadFinding(
        "SM1309",
        "an Atomic mixes nodes of \(clipped(first.csp)) and \(clipped(csp)); one that fails undoes all",
        at: target.position, label: clipped(csp),
        related: PayloadFinding.Related(position: first.position, text: clipped(first.csp)),
        help: ["use one Atomic for settings that must change together, and none for the others"]))
  }

  /// The name behind `Vendor/MSFT`.
  private static func csp(of path: String) -> String? {
    let segments = path.split(separator: "/")
    guard let vendor = segments.firstIndex(of: "MSFT"), vendor + 1 < segments.count else { return nil }
    return String(segments[vendor + 1])
  }
}
