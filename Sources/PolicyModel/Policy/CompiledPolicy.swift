/// A policy as a device is checked against it: names resolved, types checked, params fixed.
///
/// It is the value that the compiler makes, that `NAME.compiled.json` stores and that the evaluator reads.
public struct CompiledPolicy: Hashable, Sendable {
  /// The file name stem, such as `windows-enrollment-attestation`.
  public var name: String
  /// The policy's own version.
  public var version: Version
  /// A title for people, in English, or nil.
  public var title: String?
  /// The title in other languages, ascending by tag.
  public var titles: [Rule.Message]
  /// The doc comment, or nil.
  public var summary: String?
  /// The devices that the policy is sent to.
  public var scope: Scope
  /// What it asks of the evidence by which devices are judged.
  package var evidence = EvidenceClause()
  /// The facts that conditions refer to by index, ascending by name.
  public var facts: [FactDeclaration]
  /// The build lists that `meets` refers to by index, each name once.
  public var buildLists: [BuildList]
  /// The params, ascending by name.
  public var parameters: [Parameter]
  /// `require` and `warn` rules in source order.
  public var rules: [Rule]

  /// A policy of these parts.
  public init(
    name: String, version: Version, title: String? = nil, titles: [Rule.Message] = [],
    summary: String? = nil, scope: Scope = Scope(),
    facts: [FactDeclaration] = [], buildLists: [BuildList] = [], parameters: [Parameter] = [],
    rules: [Rule] = []
  ) {
    self.name = name
    self.version = version
    self.title = title
    self.titles = titles
    self.summary = summary
    self.scope = scope
    self.facts = facts
    self.buildLists = buildLists
    self.parameters = parameters
    self.rules = rules
  }

  /// `applies …`: which devices receive the policy.
  public struct Scope: Hashable, Sendable {
    /// Ranges of branches; empty means every branch.
    public var branches: [BranchRange]
    /// The names as the policy writes them (`Windows 10`, `Windows 11 22H2`), for reports.
    public var names: [String]
    /// Editions by their language names (`pro`, `enterprise`); empty means every edition.
    public var editions: [String]
    /// The branch, edition and `applies when` tests in one condition over facts, or nil when every device is meant.
    public var condition: Condition?

    /// A scope; without arguments it means every device.
    public init(
      branches: [BranchRange] = [], names: [String] = [], editions: [String] = [], condition: Condition? = nil
    ) {
      self.branches = branches
      self.names = names
      self.editions = editions
      self.condition = condition
    }
  }

  /// A closed range of branches; without an upper end it is open to newer ones.
  public struct BranchRange: Hashable, Sendable {
    /// The oldest branch of the range.
    public let lower: UInt32
    /// The newest branch of the range, or nil when it is open.
    public let upper: UInt32?

    /// The branches from `lower` to `upper`, both included.
    public init(lower: UInt32, upper: UInt32?) {
      self.lower = lower
      self.upper = upper
    }

    /// Whether a branch lies in the range.
    public func contains(_ branch: UInt32) -> Bool {
      branch >= lower && (upper.map { branch <= $0 } ?? true)
    }
  }

  /// A param with the value that the build gave it.
  public struct Parameter: Hashable, Sendable {
    /// The name in the policy.
    public let name: String
    /// The value that the build fixed.
    public let value: Value

    /// A param of this name and value.
    public init(name: String, value: Value) {
      self.name = name
      self.value = value
    }
  }
}

extension CompiledPolicy {
  /// Whether a requirement asks for a fact that the TPM attests.
  package var asksForEvidence: Bool {
    rules.contains { rule in
      rule.kind == .require
        && (rule.that.references + (rule.when?.references ?? [])).contains(where: \.attested)
    }
  }
}

/// A `require` or `warn` rule.
public struct Rule: Hashable, Sendable {
  /// What a rule that does not hold does to the verdict.
  public enum Kind: String, Hashable, Sendable {
    /// Fails the policy.
    case require
    /// Is reported and changes nothing.
    case warn
  }

  /// How grave a failure is, for readers of reports; it never changes a verdict.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    case low, medium, high, critical
  }

  /// The name in the policy, each once.
  public var name: String
  /// Whether it can fail the policy.
  public var kind: Kind
  /// The guard; nil means always.
  public var when: Condition?
  /// What must hold where the guard does.
  public var that: Condition
  /// Whether a device complies of which the rule cannot be told: `unknown allowed`. It means nothing for a warning.
  public var allowsUnknown: Bool
  /// How grave a failure is.
  public var severity: Severity
  /// The status detail that a failure stands for, such as `tpm_not_ready`.
  public var status: String?
  /// The runbook that mends a failure, such as `update_windows`.
  public var remedy: String?
  /// Messages by language tag (`en`, `ja`, `pt-BR`), ascending by tag. `{name}` stands for a fact or a param.
  public var messages: [Message]
  /// The doc comment, or nil.
  public var summary: String?
  /// `that` as the source writes it, white space folded to single blanks; for reports.
  public var source: String

  /// A rule of these parts.
  public init(
    name: String, kind: Kind, when: Condition? = nil, that: Condition, allowsUnknown: Bool = false,
    severity: Severity = .medium, status: String? = nil, remedy: String? = nil, messages: [Message] = [],
    summary: String? = nil, source: String = ""
  ) {
    self.name = name
    self.kind = kind
    self.when = when
    self.that = that
    self.allowsUnknown = allowsUnknown
    self.severity = severity
    self.status = status
    self.remedy = remedy
    self.messages = messages
    self.summary = summary
    self.source = source
  }

  /// A text in one language.
  public struct Message: Hashable, Sendable {
    /// A BCP 47 language tag.
    public let language: String
    /// The text, with facts and params in braces; `\{` is a brace that stays one.
    public let text: String

    /// A text in the language of the tag.
    public init(language: String, text: String) {
      self.language = language
      self.text = text
    }
  }
}
