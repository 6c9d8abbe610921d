/// How grave a finding is. Only an error makes a command end with 1.
public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
  case note
  case warning
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A stable code such as `AP2104`. Codes are never given a new meaning.
public struct DiagnosticCode: Hashable, Comparable, Sendable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  public let text: String

  public init(_ text: String) { self.text = text }
  public init(stringLiteral value: String) { text = value }

  public var description: String { text }
  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.text < right.text }
}

/// A span with the few words that belong at it.
public struct Label: Hashable, Sendable {
  public let span: Span
  public let text: String

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
  public let replacement: String

  public init(title: String, span: Span, replacement: String) {
    self.title = title
    self.span = span
    self.replacement = replacement
  }
}

/// One finding, with everything that a terminal, an editor or a CI job shows.
public struct Diagnostic: Hashable, Sendable {
  public let code: DiagnosticCode
  public let severity: Severity
  /// One plain sentence that names its subject and stands alone.
  public let message: String
  /// Where it is, or nil for a finding about a whole run.
  public let primary: Label?
  /// Where its cause lies, if elsewhere; other files too.
  public let secondary: [Label]
  /// What to do about it, one sentence each.
  public let help: [String]
  public let fixIts: [FixIt]

  public init(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at primary: Label?,
    secondary: [Label] = [], help: [String] = [], fixIts: [FixIt] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.help = help
    self.fixIts = fixIts
  }
}
