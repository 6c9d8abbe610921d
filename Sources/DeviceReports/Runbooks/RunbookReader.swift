import PolicyModel
import YAMLInput

/// Reads runbooks.yaml, and refuses what nobody should be told to do.
enum RunbookReader {
  static func read(_ root: YAMLNode) throws(YAMLError) -> [Runbook] {
    let file = try YAMLMapping(
      root, subject: "the file of runbooks", known: ["version", "preconditions", "runbooks"])
    _ = try file.requiredText("version")
    var known: [String: Runbook.Precondition] = [:]
    for entry in try file.required("preconditions").entries("preconditions") {
      known[entry.key] = try precondition(entry)
    }
    let list = try file.required("runbooks")
    var runbooks: [Runbook] = []
    for entry in try list.entries("runbooks") { runbooks.append(try runbook(entry, known)) }
    for remedy in KnownRemedy.allCases where !runbooks.contains(where: { $0.remedy == remedy }) {
      throw YAMLError(.content, "the remedy '\(remedy.rawValue)' has no runbook", at: list.span.start)
    }
    return runbooks
  }

  private static func precondition(_ entry: YAMLEntry) throws(YAMLError) -> Runbook.Precondition {
    let map = try YAMLMapping(
      entry.value, subject: "the precondition '\(entry.key)'", known: ["text", "why", "satisfied_by", "stop"])
    let precondition = Runbook.Precondition(
      id: entry.key, text: try LocalizedText(map.required("text"), "text"),
      reason: try LocalizedText(map.required("why"), "why"), satisfiedBy: try choices(map["satisfied_by"]),
      stops: try stops(map["stop"]))
    let stops = precondition.stops
    if stops.dropLast().contains(where: { $0.when == nil }) || stops.last?.when != nil
      || !stops.isEmpty && precondition.satisfiedBy.isEmpty
    {
      throw YAMLError(
        .content, "\(map.subject) has no stop for all other devices at its end, or no fact that satisfies it",
        at: entry.keySpan.start)
    }
    return precondition
  }

  private static func stops(_ node: YAMLNode?) throws(YAMLError) -> [Runbook.Stop] {
    var stops: [Runbook.Stop] = []
    for node in try items(node, "stop") {
      let map = try YAMLMapping(node, subject: "a stop", known: ["when", "en", "ja"])
      let when = try choices(map["when"])
      guard when.count <= 1 else {
        throw YAMLError(.content, "a stop is for one fact", at: node.span.start)
      }
      stops.append(Runbook.Stop(when: when.first, text: try LocalizedText(map)))
    }
    return stops
  }

  private static func runbook(
    _ entry: YAMLEntry, _ known: [String: Runbook.Precondition]
  ) throws(YAMLError) -> Runbook {
    let subject = "the runbook '\(YAMLScalar.shortened(entry.key))'"
    guard let remedy = KnownRemedy(rawValue: entry.key) else {
      throw YAMLError(.content, "\(subject) is of no remedy", at: entry.keySpan.start)
    }
    let map = try YAMLMapping(
      entry.value, subject: subject,
      known: [
        "title", "impact", "needs_administrator", "duration", "destroys", "loses", "before", "parts",
        "after", "verify", "then",
      ])
    guard let impact = Runbook.Impact(rawValue: try map.requiredText("impact")) else {
      throw YAMLError(.content, "impact of \(subject) is none, restart or loses_data", at: map.span.start)
    }
    guard let needsAdministrator = try map.required("needs_administrator").scalar?.boolean else {
      throw YAMLError(.content, "needs_administrator of \(subject) is true or false", at: map.span.start)
    }
    var before: [Runbook.Precondition] = []
    for node in try items(map["before"], "before") {
      let id = try node.text("a precondition")
      guard let precondition = known[id] else {
        throw YAMLError(
          .content, "there is no precondition '\(YAMLScalar.shortened(id))'", at: node.span.start)
      }
      before.append(precondition)
    }
    var parts: [Runbook.Part] = []
    for node in try items(map.required("parts"), "parts") { parts.append(try part(node)) }
    var next: [KnownRemedy] = []
    for node in try items(map["then"], "then") {
      guard let remedy = KnownRemedy(rawValue: try node.text("a remedy")) else {
        throw YAMLError(.content, "then of \(subject) names no remedy", at: node.span.start)
      }
      next.append(remedy)
    }
    let runbook = Runbook(
      remedy: remedy, title: try LocalizedText(map.required("title"), "title"), impact: impact,
      needsAdministrator: needsAdministrator,
      duration: try LocalizedText(map.required("duration"), "duration"),
      destroys: try texts(map["destroys"], "destroys"),
      losses: try map["loses"].map { (node) throws(YAMLError) in try LocalizedText(node, "loses") },
      before: before, parts: parts,
      after: try texts(map["after"], "after"), verification: try texts(map.required("verify"), "verify"),
      next: next)
    if let fault = fault(in: runbook) {
      throw YAMLError(.content, "\(subject) \(fault)", at: entry.keySpan.start)
    }
    return runbook
  }

  /// Why a runbook must not be shown to anybody, or nil.
  private static func fault(in runbook: Runbook) -> String? {
    let ids = Set(runbook.before.map(\.id))
    let steps = runbook.parts.flatMap(\.steps)
    for step in steps {
      if step.destroys, step.needs.isEmpty { return "has a step that destroys and needs nothing" }
      if let unknown = step.needs.first(where: { !ids.contains($0) }) {
        return "has a step that needs '\(unknown)', which is not among what is done before"
      }
    }
    let needed = Set(steps.flatMap(\.needs))
    if let idle = runbook.before.first(where: { !needed.contains($0.id) }) {
      return "asks for '\(idle.id)', which no step needs"
    }
    if (runbook.impact == .losesData) != steps.contains(where: \.destroys) {
      return "loses data, or has a step that destroys, but not both"
    }
    if steps.contains(where: \.destroys) != !runbook.destroys.isEmpty
      || runbook.destroys.isEmpty != (runbook.losses == nil)
    {
      return "has steps that destroy, or says what is lost, but not both"
    }
    return nil
  }

  private static func part(_ node: YAMLNode) throws(YAMLError) -> Runbook.Part {
    let map = try YAMLMapping(node, subject: "a part", known: ["when", "build", "title", "steps"])
    var steps: [Runbook.Step] = []
    for node in try items(map.required("steps"), "steps") {
      let step = try YAMLMapping(node, subject: "a step", known: ["en", "ja", "destroys", "needs"])
      var needs: [String] = []
      for need in try items(step["needs"], "needs") { needs.append(try need.text("a precondition")) }
      steps.append(
        Runbook.Step(
          text: try LocalizedText(step), destroys: step["destroys"]?.scalar?.boolean ?? false, needs: needs))
    }
    let when = try choices(map["when"])
    let build = try map.text("build").flatMap { Runbook.BuildPart(rawValue: $0) }
    let conditions = when.count + (map["build"] == nil ? 0 : 1)
    guard conditions <= 1, (build == nil) == (map["build"] == nil), (conditions == 0) == (map["title"] == nil)
    else {
      throw YAMLError(
        .content,
        "a part has a title and when, with one fact, or build, which is met, same_branch or other_branch; or none of them",
        at: map.span.start)
    }
    var title: LocalizedText?
    if let node = map["title"] { title = try LocalizedText(node, "title") }
    return Runbook.Part(when: when.first, build: build, title: title, steps: steps)
  }

  private static func choices(_ node: YAMLNode?) throws(YAMLError) -> [FactChoice] {
    guard let node else { return [] }
    var found: [FactChoice] = []
    for entry in try node.entries("facts") {
      var values: [String] = []
      for value in try items(entry.value, "the values of \(entry.key)") {
        values.append(try value.text("a value"))
      }
      found.append(FactChoice(fact: entry.key, values: values))
    }
    return found
  }

  private static func texts(_ node: YAMLNode?, _ subject: String) throws(YAMLError) -> [LocalizedText] {
    var found: [LocalizedText] = []
    for item in try items(node, subject) { found.append(try LocalizedText(item, subject)) }
    return found
  }

  private static func items(_ node: YAMLNode?, _ subject: String) throws(YAMLError) -> [YAMLNode] {
    guard let node else { return [] }
    guard case .sequence(let items) = node.content else {
      throw YAMLError(.content, "\(subject) is \(node.kindName); it is a list", at: node.span.start)
    }
    return items
  }
}
