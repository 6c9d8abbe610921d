import Diagnostics

/// One finding in a payload, by line and column: a payload may be too large to be kept in memory.
package struct PayloadFinding: Hashable, Sendable {
  /// Another place that a finding points to.
  package struct Related: Hashable, Sendable {
    /// Where it is.
    package let position: SourcePosition
    /// The few words that belong there.
    package let text: String
  }

  /// The row of the table of diagnostics.
  package let code: DiagnosticCode
  /// How grave it is.
  package let severity: Severity
  /// One plain sentence that names its subject and stands alone.
  package let message: String
  /// Where it is.
  package let position: SourcePosition
  /// The few words that belong at the place.
  package let label: String
  /// Another place that explains it, if any.
  package let related: Related?
  /// What to do about it, one sentence each.
  package let help: [String]
  /// What a device will answer, where that is known.
  package let status: DeviceStatus?
  /// A change that mends it, where one is plain.
  package let fix: PayloadFix?
  /// The message where there is no payload yet whose lines it could name; nil for the same.
  package let unwritten: String?
  /// Why the author of the payload accepts it; nil when he does not.
  package private(set) var waiver: String?

  /// A finding; nil for the severity that its code has.
  package init(
    _ code: DiagnosticCode, _ severity: Severity?, _ message: String, unwritten: String? = nil,
    at position: SourcePosition,
    label: String = "", related: Related? = nil, help: [String] = [], status: DeviceStatus? = nil,
    fix: PayloadFix? = nil
  ) {
    self.unwritten = unwritten
    self.code = code
    self.severity = severity ?? DiagnosticCatalog.rule(for: code)?.severity ?? .error
    self.message = message
    self.position = position
    self.label = label
    self.related = related
    self.help = help
    self.status = status
    self.fix = fix
  }

  /// A finding with the severity of its code.
  package init(
    _ code: DiagnosticCode, _ message: String, unwritten: String? = nil, at position: SourcePosition,
    label: String = "",
    related: Related? = nil, help: [String] = [], status: DeviceStatus? = nil, fix: PayloadFix? = nil
  ) {
    self.init(
      code, nil, message, unwritten: unwritten, at: position, label: label, related: related, help: help,
      status: status, fix: fix)
  }

  /// The finding as one that is accepted: worth knowing, no more.
  func waived(because reason: String) -> PayloadFinding {
    var finding = PayloadFinding(
      code, .note, message, at: position, label: label, related: related, help: help, status: status, fix: fix
    )
    finding.waiver = reason
    return finding
  }

  /// The help with the answer of the device.
  package var advice: [String] {
    guard let status else { return help }
    return help + ["a device answers \(status.rawValue): \(status.meaning)"]
  }
}

/// Collects findings, and counts those that it no longer keeps.
struct FindingSink {
  private(set) var findings: [PayloadFinding] = []
  private(set) var counts = FindingCounts()
  let limit: Int
  private var waived: WaivedCommands
  /// What is being judged, as it is written.
  var source = PayloadSource()

  /// Whether some findings are accepted, by command.
  var hasWaivers: Bool { !waived.isEmpty }

  var errors: Int { counts.errors }
  var warnings: Int { counts.warnings }
  var notes: Int { counts.notes }
  /// Whether further findings are counted only.
  var isFull: Bool { findings.count >= limit }

  init(limit: Int, waivers: [PayloadWaiver] = []) {
    self.limit = limit
    waived = WaivedCommands(waivers)
  }

  /// A command is about to be judged.
  mutating func began(_ command: PayloadCommand) { waived.began(command) }

  /// Where a byte of a text is in the payload; the place of the text once findings are no longer kept.
  func place(of text: PayloadText, byte offset: Int) -> SourcePosition {
    isFull ? text.position : source.place(of: text, byte: offset)
  }

  mutating func report(_ finding: PayloadFinding) {
    guard hasWaivers, let reason = waived.reason(for: finding.code, at: finding.position) else {
      return add(finding)
    }
    counts.waived += 1
    add(finding.waived(because: reason))
  }

  private mutating func add(_ finding: PayloadFinding) {
    switch finding.severity {
    case .error: counts.errors += 1
    case .warning: counts.warnings += 1
    case .note: counts.notes += 1
    }
    if findings.count < limit { findings.append(finding) }
  }

  /// Whether a finding of this code would not be kept. It is counted then, and need not be made.
  mutating func passes(_ code: DiagnosticCode) -> Bool {
    // Whether a finding is accepted shows once it is made.
    guard isFull, !hasWaivers else { return false }
    switch DiagnosticCatalog.rule(for: code)?.severity ?? .error {
    case .error: counts.errors += 1
    case .warning: counts.warnings += 1
    case .note: counts.notes += 1
    }
    return true
  }

  /// Counts findings that are known and would not be kept.
  mutating func count(_ more: FindingCounts) { counts.add(more) }

  /// The findings in the order of their places.
  func sorted() -> [PayloadFinding] {
    findings.enumerated().sorted {
      ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
    }.map(\.element)
  }
}
