import Diagnostics

/// A finding in one command of a payload that the author of the policy accepted.
package struct PayloadWaiver: Hashable, Sendable {
  /// The `CmdID` of the command, from 1.
  package let cmdID: Int
  /// The code of the finding.
  package let code: DiagnosticCode
  /// Why it is acceptable.
  package let reason: String

  /// A waiver of what one command has.
  package init(cmdID: Int, _ code: DiagnosticCode, reason: String) {
    self.cmdID = cmdID
    self.code = code
    self.reason = reason
  }

  /// Whether findings of a code can be accepted: what commands ask of nodes, not the form of a payload. Markup where
  /// none belongs (SM1401, SM1501) is of its form.
  package static func isWaivable(_ code: DiagnosticCode) -> Bool {
    guard code.text.utf8.count == 6, DiagnosticCatalog.rule(for: code) != nil, code != "SM1401",
      code != "SM1501"
    else { return false }
    return ["SM13", "SM14", "SM15", "SM16", "SM17", "SM18", "SM19"].contains(code.text.prefix(4))
  }
}

/// The waivers of a payload, and where the commands are that have some.
struct WaivedCommands {
  private struct Span {
    let start: SourcePosition
    /// Where the next command begins; nil while the command is the last.
    var end: SourcePosition?
    let cmdID: Int
  }

  private let reasons: [Int: [DiagnosticCode: String]]
  /// Ascending.
  private var spans: [Span] = []

  init(_ waivers: [PayloadWaiver]) {
    var reasons: [Int: [DiagnosticCode: String]] = [:]
    for waiver in waivers { reasons[waiver.cmdID, default: [:]][waiver.code] = waiver.reason }
    self.reasons = reasons
  }

  var isEmpty: Bool { reasons.isEmpty }

  /// A command is about to be judged. Those of a group come before the group itself.
  mutating func began(_ command: PayloadCommand) {
    guard !command.verb.isGroup else { return }
    if let last = spans.indices.last, spans[last].end == nil { spans[last].end = command.position }
    guard let id = command.cmdID.flatMap({ Int($0.trimmed) }), reasons[id] != nil else { return }
    spans.append(Span(start: command.position, cmdID: id))
  }

  /// Why a finding at a place is accepted; nil when it is not.
  func reason(for code: DiagnosticCode, at position: SourcePosition) -> String? {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = low + (high - low) / 2
      if position < spans[middle].start { high = middle } else { low = middle + 1 }
    }
    guard low > 0 else { return nil }
    let span = spans[low - 1]
    if let end = span.end, position >= end { return nil }
    return reasons[span.cmdID]?[code]
  }
}
