import PolicyModel

/// A runbook for one device: what is known of the device decides which parts are shown, and where it stops.
///
/// A step that destroys is withheld when a probe was asked and no fact says that what it needs is done. Without any facts the whole
/// runbook is shown, what must be done before included: then whoever reads it is the one who can tell.
public struct RunbookPlan: Hashable, Sendable {
  /// What a fact says of a precondition.
  public enum Standing: Hashable, Sendable {
    /// A fact says that it is done.
    case done(fact: String, value: String)
    /// Nobody can tell but whoever reads it.
    case open
    /// Facts could tell and do not say so: the fact that is known, or nil when none is.
    case missing(fact: String?, value: String?)
  }

  /// The runbook.
  public let runbook: Runbook
  /// What is known of each precondition, in their order.
  public let standings: [Standing]
  /// The parts that fit the device.
  public let parts: [Runbook.Part]
  /// Whether the runbook has parts for some devices, and none of them fits this one.
  public let fitsNoPart: Bool

  /// A plan for a device of which nothing is known.
  public init(_ runbook: Runbook) { self.init(runbook, isChecked: false) { _ in nil } }

  /// A plan for a device whose facts were asked for.
  ///
  /// - Parameter value: the value of a fact, or nil when it is not known.
  public init(_ runbook: Runbook, value: (String) -> Value?) { self.init(runbook, isChecked: true, value) }

  private init(_ runbook: Runbook, isChecked: Bool, _ value: (String) -> Value?) {
    self.runbook = runbook
    standings = runbook.before.map { Self.standing(of: $0, isChecked: isChecked, value) }
    parts = runbook.parts.filter { part in part.when.flatMap { $0.holds(for: value($0.fact)) } ?? true }
    let choices = runbook.parts.filter { $0.when != nil }
    fitsNoPart = !choices.isEmpty && !parts.contains { $0.when != nil }
  }

  private static func standing(
    of precondition: Runbook.Precondition, isChecked: Bool, _ value: (String) -> Value?
  ) -> Standing {
    var known: (fact: String, value: String)?
    for choice in precondition.satisfiedBy {
      guard let found = value(choice.fact) else { continue }
      if choice.values.contains(found.description) {
        return .done(fact: choice.fact, value: found.description)
      }
      if known == nil { known = (choice.fact, found.description) }
    }
    guard isChecked, !precondition.satisfiedBy.isEmpty else { return .open }
    return .missing(fact: known?.fact, value: known?.value)
  }

  /// The preconditions that stop a step, in their order; empty when it may be shown.
  public func obstacles(to step: Runbook.Step) -> [Runbook.Precondition] {
    guard step.destroys else { return [] }
    return zip(runbook.before, standings).compactMap { precondition, standing in
      guard step.needs.contains(precondition.id), case .missing = standing else { return nil }
      return precondition
    }
  }

  /// The steps of a part before the first that is withheld, and what withholds it.
  public func shown(of part: Runbook.Part) -> (
    steps: ArraySlice<Runbook.Step>, obstacles: [Runbook.Precondition]
  ) {
    for (index, step) in part.steps.enumerated() {
      let found = obstacles(to: step)
      if !found.isEmpty { return (part.steps[..<index], found) }
    }
    return (part.steps[...], [])
  }

  /// Whether a step is withheld.
  public var isStopped: Bool { parts.contains { !shown(of: $0).obstacles.isEmpty } }
}
