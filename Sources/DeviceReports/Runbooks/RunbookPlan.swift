import Diagnostics
import PolicyModel

/// A runbook for one device: what is known of the device decides which parts are shown, and where it stops.
///
/// A step that destroys is withheld when a probe was asked and no fact says that what it needs is done. Without any facts the whole
/// runbook is shown, what must be done before included: then whoever reads it is the one who can tell.
package struct RunbookPlan: Hashable, Sendable {
  /// A fact that a decision hangs on, as it was seen.
  package struct SeenFact: Hashable, Sendable, CustomStringConvertible {
    /// The fact's name.
    package let fact: String
    /// Its value as the language writes it, or nil when it is not known.
    package let value: String?

    /// `bitlocker.os_volume = on`, with a question mark for what is not known.
    package var description: String { "\(fact) = \(value ?? "?")" }
  }

  /// Why a runbook goes no further.
  package struct Stop: Hashable, Sendable {
    /// What must be done before.
    package let precondition: Runbook.Precondition
    /// The reason, as a sentence.
    package let reason: LocalizedText
    /// The facts that could tell that it is done.
    package let seen: [SeenFact]

    /// The reason with the facts behind it.
    package func sentence(in language: ReportLanguage) -> String {
      let end = language.choose(".", "。")
      let text = reason[language]
      let facts = seen.map(\.description).joined(separator: ", ")
      return "\(text.hasSuffix(end) ? String(text.dropLast()) : text) (\(facts))\(end)"
    }
  }

  /// What a fact says of a precondition.
  package enum Standing: Hashable, Sendable {
    /// A fact says that it is done.
    case done(SeenFact)
    /// Nobody can tell but whoever reads it.
    case open
    /// Facts could tell and do not say so.
    case missing(Stop)
  }

  /// A precondition and what is known of it.
  package struct Requirement: Hashable, Sendable {
    /// What must be done before.
    package let precondition: Runbook.Precondition
    /// What is known of it.
    package let standing: Standing
  }

  /// The runbook.
  package let runbook: Runbook
  /// What must be done before the steps that fit the device.
  package let before: [Requirement]
  /// The parts that fit the device.
  package let parts: [Runbook.Part]
  /// The facts by which no part for some devices fits this one; empty when one does, or when every part is for all.
  package let unfit: [SeenFact]

  /// A plan for a device of which nothing is known.
  package init(_ runbook: Runbook) { self.init(runbook, isChecked: false, need: nil) { _ in nil } }

  /// A plan for a device whose facts were asked for.
  package init(_ runbook: Runbook, for facts: RemedyFacts) {
    self.init(runbook, isChecked: true, need: facts.buildNeed, facts.value)
  }

  private init(_ runbook: Runbook, isChecked: Bool, need: BuildNeed?, _ value: (String) -> Value?) {
    let hasBuildParts = need != nil && runbook.parts.contains { $0.build != nil }
    func fits(_ part: Runbook.Part) -> Bool {
      if let build = part.build { return need?.part == build }
      guard let when = part.when else { return true }
      return hasBuildParts ? false : when.holds(for: value(when.fact)) ?? true
    }
    self.runbook = runbook
    parts = runbook.parts.filter(fits).map { part in need.map { part.filled(for: $0) } ?? part }
    let needed = Set(parts.flatMap(\.steps).flatMap(\.needs))
    before = runbook.before.filter { needed.contains($0.id) }.map {
      Requirement(precondition: $0, standing: Self.standing(of: $0, isChecked: isChecked, value))
    }
    let choices = runbook.parts.compactMap(\.when)
    let isUnfit = !choices.isEmpty && !parts.contains { $0.when != nil || $0.build != nil }
    unfit = isUnfit ? Self.seen(choices, value) : []
  }

  private static func seen(_ choices: [FactChoice], _ value: (String) -> Value?) -> [SeenFact] {
    var found: [SeenFact] = []
    for choice in choices where !found.contains(where: { $0.fact == choice.fact }) {
      found.append(SeenFact(fact: choice.fact, value: value(choice.fact)?.description))
    }
    return found
  }

  private static func standing(
    of precondition: Runbook.Precondition, isChecked: Bool, _ value: (String) -> Value?
  ) -> Standing {
    if let choice = precondition.satisfiedBy.first(where: { $0.holds(for: value($0.fact)) == true }) {
      return .done(SeenFact(fact: choice.fact, value: value(choice.fact)?.description))
    }
    let stop = precondition.stops.first { $0.when.map { $0.holds(for: value($0.fact)) == true } ?? true }
    guard isChecked, let stop else { return .open }
    return .missing(
      Stop(precondition: precondition, reason: stop.text, seen: seen(precondition.satisfiedBy, value)))
  }

  /// The runbook's title, and the device's part of it where there is one.
  package func headline(in language: ReportLanguage) -> String {
    let titles = parts.compactMap(\.title)
    let title = runbook.title[language]
    guard titles.count == 1 else { return title }
    return "\(title): \(titles[0][language])"
  }

  /// What to do, as one sentence; where steps are withheld, what has to come before.
  package func sentence(in language: ReportLanguage) -> String {
    guard let stop else { return runbook.remedy.text(in: language) }
    let first = stop.precondition.text[language]
    let title = runbook.title[language]
    return language.choose("\(first) Only then: \(title).", "\(first)その後に「\(title)」を行う。")
  }

  /// What withholds a step, or nil when it may be shown.
  package func stop(before step: Runbook.Step) -> Stop? {
    guard step.destroys else { return nil }
    for requirement in before where step.needs.contains(requirement.precondition.id) {
      if case .missing(let stop) = requirement.standing { return stop }
    }
    return nil
  }

  /// The steps of a part before the first that is withheld, and what withholds it.
  package func shown(of part: Runbook.Part) -> (steps: ArraySlice<Runbook.Step>, stop: Stop?) {
    for (index, step) in part.steps.enumerated() {
      if let stop = stop(before: step) { return (part.steps[..<index], stop) }
    }
    return (part.steps[...], nil)
  }

  /// What withholds the first step that is withheld, or nil when all are shown.
  package var stop: Stop? { parts.lazy.compactMap { shown(of: $0).stop }.first }
}

extension BuildNeed {
  /// The part of a runbook that says how to meet it.
  fileprivate var part: Runbook.BuildPart {
    switch self {
    case .met: .met
    case .sameBranch: .sameBranch
    case .otherBranch: .otherBranch
    }
  }

  /// The builds as Windows shows them in winver, `22631.2792`.
  fileprivate var builds: LocalizedText {
    switch self {
    case .met: return LocalizedText("", "")
    case .sameBranch(let minimum):
      let build = "\(minimum.branch).\(minimum.revision)"
      return LocalizedText(build, build)
    case .otherBranch(let minimums, let newer):
      let list = minimums.map { "\($0.branch).\($0.revision)" }
      let english = list.joined(separator: ", ") + (newer ? ", or a branch after them" : "")
      let japanese = list.joined(separator: "、") + (newer ? "、またはそれらより新しいブランチ" : "")
      return LocalizedText(english, japanese)
    }
  }
}

extension Runbook.Part {
  /// The part with the builds that a policy takes in its texts.
  fileprivate func filled(for need: BuildNeed) -> Runbook.Part {
    guard build != nil else { return self }
    var part = self
    func fill(_ text: LocalizedText) -> LocalizedText { text.replacing("{builds}", with: need.builds) }
    part.title = part.title.map(fill)
    for index in part.steps.indices { part.steps[index].text = fill(part.steps[index].text) }
    return part
  }
}
