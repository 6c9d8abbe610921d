/// How grave a finding is. Only an error makes a command end with 1.
public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
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
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A stable code such as `AP2104`. Codes are never given a new meaning.
public struct DiagnosticCode: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The code as it is printed.
  public let text: String

  /// The code of this text.
  public init(_ text: String) { self.text = text }
  /// The code of this text.
  public init(stringLiteral value: String) { text = value }

  /// The code as it is printed.
  public var description: String { text }
  /// The order of the table.
  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.text < right.text }
}

/// A span with the few words that belong at it.
public struct Label: Hashable, Sendable {
  /// What it points at.
  public let span: Span
  /// What is the matter there, in a few words; may be empty.
  public let text: String

  /// Words at a span.
  public init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// A change to the source that mends a finding.
public struct FixIt: Hashable, Sendable {
  /// What it does, as an instruction: `require TPM 2.0`.
  public let title: String
  /// The bytes to replace; empty for an insertion.
  public let span: Span
  /// What to write in their place.
  public let replacement: String

  /// A change.
  public init(title: String, span: Span, replacement: String) {
    self.title = title
    self.span = span
    self.replacement = replacement
  }
}

/// One finding, with everything that a terminal, an editor or a CI job shows.
public struct Diagnostic: Hashable, Sendable {
  /// What kind of finding it is.
  public let code: DiagnosticCode
  /// How grave it is.
  public let severity: Severity
  /// One plain sentence that names its subject and stands alone.
  public let message: String
  /// Where it is, or nil for a finding about a whole run.
  public let primary: Label?
  /// Where its cause lies, if elsewhere; other files too.
  public let secondary: [Label]
  /// What to do about it, one sentence each.
  public let help: [String]
  /// Changes that mend it, each by itself.
  public let fixIts: [FixIt]
  /// The SyncML status that a device is expected to answer with, for a finding about a payload.
  public let deviceStatus: Int?
  /// Why the author of what was judged accepts the finding; nil when nobody does.
  public let waiver: String?

  /// A finding.
  public init(
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
