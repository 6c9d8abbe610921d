import CSPCatalog
import Diagnostics
import PolicyModel

/// A policy that was checked: what a device is judged by, what an MDM sends, and how its author tests it.
public struct CheckedPolicy: Sendable {
  public var compiled: CompiledPolicy
  /// Commands in source order.
  public var commands: [PolicyCommand] = []
  /// Guards of commands, in the order in which they first appear; a command's `guardIndex` points here.
  public var guards: [CommandGuard] = []
  /// A `Get` for each fact that a rule reads and a CSP node answers, ascending by fact.
  public var factQueries: [FactQuery] = []
  public var tests: [PolicyTest] = []
  /// Findings that the author accepted, with the reason.
  public var waived: [WaivedFinding] = []
  /// Where the policy's name stands.
  public var nameSpan: Span
}

/// The condition on the devices that a group of commands is meant for.
public struct CommandGuard: Hashable, Sendable {
  /// The condition as the source writes it.
  public let source: String
}

/// A command that a payload carries.
public struct PolicyCommand: Hashable, Sendable {
  public enum Verb: String, Hashable, Sendable {
    case replace = "Replace"
    case add = "Add"
    case delete = "Delete"
    case exec = "Exec"
    case get = "Get"
  }

  public let verb: Verb
  /// The path in normal form, placeholders filled, dynamic segments percent-escaped.
  public let locURI: String
  public let format: NodeFormat?
  /// The value as text, before any escaping for XML; nil when the command carries none.
  public let data: String?
  /// Whether the data is an XML document of its own (ADMX payloads and nodes of format `xml`).
  public let isXML: Bool
  /// Commands of one `atomic` group share a number.
  public let atomic: Int?
  /// Index into the policy's guards; nil for every device that the policy applies to.
  public let guardIndex: Int?
  public let span: Span
}

/// A `Get` that answers a fact over MDM.
public struct FactQuery: Hashable, Sendable {
  public let fact: String
  public let locURI: String
}

/// A finding that a waiver accepted.
public struct WaivedFinding: Hashable, Sendable {
  public let code: DiagnosticCode
  public let message: String
  public let reason: String
  public let span: Span
}

/// A `test` case of the language.
public struct PolicyTest: Sendable {
  public let name: String
  /// Params that the test sets.
  public let settings: [ParameterSetting]
  public let facts: FactSnapshot
  public let expectations: [Expectation]
  public let span: Span

  /// What a test says must come out.
  public struct Expectation: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable {
      case pass, fail, indeterminate, warn
      case notApplicable = "not_applicable"
      /// No `warn` rule is known not to hold.
      case noWarnings = "no_warnings"
    }

    public let outcome: Outcome
    /// The rules that the expectation names, exactly; empty when it names none.
    public let rules: [String]
    public let span: Span
  }
}

/// A value for a param, as `--set NAME=VALUE` or a test gives it.
public struct ParameterSetting: Hashable, Sendable {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}
