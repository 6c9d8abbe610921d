/// How grave a finding is. Only an error makes a command end with 1.
package enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  /// Worth knowing.
  case note
  /// Likely not what was meant.
  case warning
  /// Must be mended.
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// Graver is greater.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A stable code such as `AP2104`. Codes are never given a new meaning.
package struct DiagnosticCode: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The code as it is printed.
  package let text: String

  /// The code of this text.
  package init(_ text: String) { self.text = text }
  /// The code of this text.
  package init(stringLiteral value: String) { text = value }

  /// The code as it is printed.
  package var description: String { text }
  /// The order of the table.
  package static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.text < right.text }
}

/// A span with the few words that belong at it.
package struct Label: Hashable, Sendable {
  /// What it points at.
  package let span: Span
  /// What is the matter there, in a few words; may be empty.
  package let text: String

  /// Words at a span.
  package init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// A change to the source that mends a finding.
package struct FixIt: Hashable, Sendable {
  /// What it does, as an instruction: `require TPM 2.0`.
  package let title: String
  /// The bytes to replace; empty for an insertion.
  package let span: Span
  /// What to write in their place.
  package let replacement: String

  /// A change.
  package init(title: String, span: Span, replacement: String) {
    self.title = title
    self.span = span
    self.replacement = replacement
  }
}

/// One finding, with everything that a terminal, an editor or a CI job shows.
package struct Diagnostic: Hashable, Sendable {
  /// What kind of finding it is.
  package let code: DiagnosticCode
  /// How grave it is.
  package let severity: Severity
  /// One plain sentence that names its subject and stands alone.
  package let message: String
  /// Where it is, or nil for a finding about a whole run.
  package let primary: Label?
  /// Where its cause lies, if elsewhere; other files too.
  package let secondary: [Label]
  /// What to do about it, one sentence each.
  package let help: [String]
  /// Changes that mend it, each by itself.
  package let fixIts: [FixIt]
  /// The SyncML status that a device is expected to answer with, for a finding about a payload.
  package let deviceStatus: Int?
  /// Why the author of what was judged accepts the finding; nil when nobody does.
  package let waiver: String?

  /// A finding.
  package init(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at primary: Label?,
    secondary: [Label] = [], help: [String] = [], fixIts: [FixIt] = [], deviceStatus: Int? = nil,
    waiver: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.help = help
    self.fixIts = fixIts
    self.deviceStatus = deviceStatus
    self.waiver = waiver
  }

  /// What formats without a place for waivers say beneath the message: why the finding is accepted, and the help.
  var remarks: [String] { (waiver.map { ["waived: \($0)"] } ?? []) + help }
}
