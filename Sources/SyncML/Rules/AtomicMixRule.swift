import Diagnostics

/// SM1309, SM1310: what is legal in an Atomic and still does not work there.
struct AtomicMixRule: PayloadRule {
  /// The CSP that the first command of the open Atomic is about.
  private var first: (csp: String, position: SourcePosition)?
  private var isReported = false
  /// Hashes of the paths that the open Atomic adds.
  private var added: Set<Int> = []
  private var paths = PathMemo<(hash: Int, csp: String?)>()

  mutating func groupBegan(
    _ verb: SyncMLVerb, at position: SourcePosition, in groups: [SyncMLVerb], _ report: inout FindingSink
  ) {
    guard verb == .atomic, !groups.contains(.atomic) else { return }
    first = nil
    isReported = false
    added = []
  }

  mutating func judge(
    _ command: PayloadCommand, commands: Int, shape: PayloadShape, _ report: inout FindingSink
  ) {
    guard command.verb.access != nil, command.isInAtomic else { return }
    for item in command.items {
      guard let target = item.target else { continue }
      let path = paths.value(of: target) {
        (LocURIRule.key(of: target), Self.csp(of: target.value).map(String.init))
      }
      judgeOrder(path.hash, target, command, &report)
      if !isReported, let csp = path.csp { judgeMix(csp, target, &report) }
    }
  }

  private mutating func judgeOrder(
    _ key: Int, _ target: PayloadText, _ command: PayloadCommand, _ report: inout FindingSink
  ) {
    if command.verb == .add { added.insert(key) }
    guard command.verb == .replace, !added.isEmpty, added.contains(key), !report.passes("SM1310") else {
      return
    }
    report.report(
      PayloadFinding(
        "SM1310",
        "\(command.subject) replaces a node that the same Atomic adds; Windows does not support that",
        at: target.position, label: "added before, in this Atomic",
        help: ["keep the Replace alone, or move it behind the Atomic"], status: .commandFailed))
  }

  private mutating func judgeMix(_ csp: String, _ target: PayloadText, _ report: inout FindingSink) {
    guard let first else {
      self.first = (csp, target.position)
      return
    }
    guard csp != first.csp else { return }
    isReported = true
    guard !report.passes("SM1309") else { return }
    report.report(
      PayloadFinding(
        "SM1309",
        "an Atomic mixes nodes of \(clipped(first.csp)) and \(clipped(csp)); one that fails undoes all",
        at: target.position, label: clipped(csp),
        related: PayloadFinding.Related(position: first.position, text: clipped(first.csp)),
        help: ["use one Atomic for settings that must change together, and none for the others"]))
  }

  /// The name behind `Vendor/MSFT`, among the first names of a path.
  private static func csp(of path: String) -> Substring? {
    var bytes = path.utf8[...]
    var isBehindVendor = false
    for _ in 0..<8 {
      let end = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
      let segment = bytes[..<end]
      if isBehindVendor { return Substring(segment) }
      guard end < bytes.endIndex else { return nil }
      isBehindVendor = segment.elementsEqual("MSFT".utf8)
      bytes = bytes[bytes.index(after: end)...]
    }
    return nil
  }
}
