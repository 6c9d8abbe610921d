import CSPCatalog
import Diagnostics
import PolicyModel

/// A policy that was checked: what a device is judged by, what an MDM sends, and how its author tests it.
package struct CheckedPolicy: Sendable {
  /// What a device is judged by.
  package var compiled: CompiledPolicy
  /// Commands in source order.
  package var commands: [PolicyCommand] = []
  /// Guards of commands, in the order in which they first appear; a command's `guardIndex` points here.
  package var guards: [CommandGuard] = []
  /// A `Get` for each fact that a rule reads and a CSP node answers, ascending by fact.
  package var factQueries: [FactQuery] = []
  /// What is sent: one payload for all devices of the policy, and one for each guard.
  package var payloads: [PayloadPlan] = []
  /// The `test` cases in source order.
  package var tests: [PolicyTest] = []
  /// Findings that the author accepted, with the reason.
  package var waived: [WaivedFinding] = []
  /// Where the policy's name stands.
  package var nameSpan: Span
}

/// The condition on the devices that a group of commands is meant for.
package struct CommandGuard: Hashable, Sendable {
  /// The condition as the source writes it.
  package let source: String
  /// The same, typed: its facts and builds lists are those of the compiled policy. It is no part of the compiled policy's file, which says how
  /// devices are judged and not who is sent what.
  package internal(set) var condition: Condition
}

/// A command that a payload carries.
package struct PolicyCommand: Hashable, Sendable {
  /// The commands that a policy can ask for, by their names in SyncML.
  package enum Verb: String, Hashable, Sendable {
    case replace = "Replace"
    case add = "Add"
    case delete = "Delete"
    case exec = "Exec"
    case get = "Get"
  }

  /// What to do with the node.
  package let verb: Verb
  /// The path in normal form, placeholders filled, dynamic segments percent-escaped.
  package let locURI: String
  /// The format of the data, as the catalogue has it; nil when the command carries none.
  package let format: NodeFormat?
  /// The value as text, before any escaping for XML; nil when the command carries none.
  package let data: String?
  /// Whether the data is an XML document of its own (ADMX payloads and nodes of format `xml`).
  package let isXML: Bool
  /// Commands of one `atomic` group share a number.
  package let atomic: Int?
  /// Index into the policy's guards; nil for every device that the policy applies to.
  package let guardIndex: Int?
  /// The place of the clause.
  package let span: Span
}

/// A `Get` that answers a fact over MDM.
package struct FactQuery: Hashable, Sendable {
  /// The name of the fact.
  package let fact: String
  /// The node that answers it, in normal form.
  package let locURI: String
}

/// A finding that a waiver accepted.
package struct WaivedFinding: Hashable, Sendable {
  /// The code of the finding.
  package let code: DiagnosticCode
  /// What the finding says.
  package let message: String
  /// Why the author accepts it.
  package let reason: String
  /// The place of the waiver.
  package let span: Span
}

/// A `test` case of the language.
package struct PolicyTest: Sendable {
  /// What the author calls the case.
  package let name: String
  /// Params that the test sets.
  package let settings: [ParameterSetting]
  /// The device of the case; what it does not give is unknown.
  package let facts: FactSnapshot
  /// What must come out, in source order.
  package let expectations: [Expectation]
  /// The place of the case.
  package let span: Span

  /// What a test says must come out.
  package struct Expectation: Hashable, Sendable {
    /// The outcomes that can be expected, by their names in the language.
    package enum Outcome: String, Hashable, Sendable {
      case pass, fail, indeterminate, warn
      case notApplicable = "not_applicable"
      /// No `warn` rule is known not to hold.
      case noWarnings = "no_warnings"
    }

    /// The outcome that must come out.
    package let outcome: Outcome
    /// The rules that the expectation names, exactly; empty when it names none.
    package let rules: [String]
    /// The place of the expectation.
    package let span: Span
  }
}

/// A value for a param, as `--set NAME=VALUE` or a test gives it.
package struct ParameterSetting: Hashable, Sendable {
  /// The name of the param.
  package let name: String
  /// The value as written; the type of the param says how it is read.
  package let text: String

  /// A value, which is read when the param is known.
  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// Whether name and value are the same, byte for byte.
  package static func == (left: ParameterSetting, right: ParameterSetting) -> Bool {
    left.name == right.name && ExactText(left.text) == ExactText(right.text)
  }

  /// Hashes the bytes of both.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(ExactText(text))
  }
}
