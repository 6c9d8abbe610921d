import PolicyModel

/// A question for Windows' CIM classes, registry, cmdlets and event logs: one row of the script that PowerShell runs.
///
/// Its answer comes as a member of the script's JSON, or in a file of its own that a technician saved: as JSON, as a `Format-List`, or
/// as `reg query` prints a key.
struct WindowsQuestion: Sendable {
  /// What the answer is called in the script's output, and its file in a recording.
  let name: String
  /// The facts that the answer tells.
  let facts: [String]
  /// Whether Windows answers administrators only.
  let needsAdministrator: Bool
  /// What PowerShell evaluates. It has no quotation marks `"`, so that it passes through any command line, changes nothing, and prints
  /// no secret.
  let expression: String
  /// The values of facts that an error means which says that the platform has no such thing.
  let whenUnsupported: [String: Value]
  /// The property that a bare `True` or `False` is the value of, when that is what the cmdlet prints.
  let bareValue: String?
  /// Reads what the cmdlet prints by itself, messages of errors included; nil when any list of properties will do.
  private(set) var parser: (any ToolParser.Type)?
  /// What the objects say.
  let read: @Sendable ([WindowsObject]) -> FactFindings
  /// What the objects say of virtual machines, or nil when they say nothing of them.
  private(set) var recognize: (@Sendable ([WindowsObject], inout MachineSigns) -> Void)?

  init(
    _ name: String, facts: [String], needsAdministrator: Bool = false, expression: String,
    whenUnsupported: [String: Value] = [:], bareValue: String? = nil,
    read: @escaping @Sendable ([WindowsObject]) -> FactFindings = { _ in FactFindings() }
  ) {
    self.name = name
    self.facts = facts
    self.needsAdministrator = needsAdministrator
    self.expression = expression
    self.whenUnsupported = whenUnsupported
    self.bareValue = bareValue
    self.read = read
  }

  /// The question with what its objects say of virtual machines.
  func recognizing(_ recognize: @escaping @Sendable ([WindowsObject], inout MachineSigns) -> Void)
    -> WindowsQuestion
  {
    var question = self
    question.recognize = recognize
    return question
  }

  /// A question whose objects a parser of lists reads, printed for it, as well as what the cmdlet prints by itself.
  init(_ name: String, needsAdministrator: Bool = false, parser: any ToolParser.Type, expression: String) {
    self.init(name, facts: parser.names, needsAdministrator: needsAdministrator, expression: expression) {
      objects in
      objects.first.map { parser.findings(in: ListText.text(of: $0.members)) } ?? FactFindings()
    }
    self.parser = parser
  }

  /// The question with a parser for what the cmdlet prints by itself.
  func printing(_ parser: any ToolParser.Type) -> WindowsQuestion {
    var question = self
    question.parser = parser
    return question
  }

  /// What a file says that has this answer and no other.
  func reading(of text: ToolText) -> WindowsReading {
    if let word = text.firstLine.map({ Words.trimmed($0[...]).lowercased() }),
      ["true", "false"].contains(word),
      let name = bareValue
    {
      return interpret(
        .objects([WindowsObject(question: self.name, members: [JSONMember(name, .bool(word == "true"))])]))
    }
    if let parser, !WindowsAnswer.isJSON(text) { return WindowsReading(findings: parser.findings(in: text)) }
    return interpret(WindowsAnswer(text, question: name))
  }

  /// What an answer says: of an answer that failed or is not understood, why its facts are unknown.
  func interpret(_ answer: WindowsAnswer) -> WindowsReading {
    switch answer {
    case .objects(let objects):
      var signs = MachineSigns()
      recognize?(objects, &signs)
      var findings = read(objects)
      for fact in facts where findings[fact] == nil {
        findings.miss(fact, "Windows answered \(name) with nothing")
      }
      return WindowsReading(findings: findings, signs: signs)
    case .failure(let failure)
    where failure.kind == "PlatformNotSupportedException" && !whenUnsupported.isEmpty:
      var findings = FactFindings()
      for (fact, value) in whenUnsupported { findings.set(fact, value) }
      return WindowsReading(findings: findings)
    case .failure(let failure):
      let hint = needsAdministrator && !failure.isRefusal ? "; it needs administrator rights" : ""
      return .nothing(of: facts, failure.reason(name) + hint)
    case .unreadable(let reason): return .nothing(of: facts, reason)
    }
  }
}

/// What one output says: of facts, and of virtual machines.
struct WindowsReading: Hashable, Sendable {
  /// The question of the script that it answers, or nil when the output answers one thing only.
  var question: String?
  var findings = FactFindings()
  var signs = MachineSigns()

  /// An output that says nothing of the facts that it should.
  static func nothing(of facts: [String], _ reason: String) -> WindowsReading {
    var reading = WindowsReading()
    for fact in facts { reading.findings.miss(fact, reason) }
    return reading
  }
}
