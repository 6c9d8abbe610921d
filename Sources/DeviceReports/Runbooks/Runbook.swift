import PolicyModel

/// How to carry a remedy out: steps in their order, what must be done before, and what is lost.
public struct Runbook: Hashable, Sendable {
  /// The worst that a step does, ascending.
  public enum Impact: String, Hashable, Comparable, Sendable, CaseIterable {
    case none
    /// The device restarts.
    case restart
    /// Something can be lost for good.
    case losesData = "loses_data"

    /// By how much is lost.
    public static func < (left: Impact, right: Impact) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What it carries out.
  public var remedy: KnownRemedy
  /// A few words, as an order.
  public var title: LocalizedText
  /// The worst that a step does.
  public var impact: Impact
  /// Whether somebody with administrator rights is needed.
  public var needsAdministrator: Bool
  /// How long it takes.
  public var duration: LocalizedText
  /// What is lost, or can be.
  public var destroys: [LocalizedText]
  /// The same in a few words without a full stop; nil when nothing is lost.
  public var losses: LocalizedText?
  /// What must be done before.
  public var before: [Precondition]
  /// The steps.
  public var parts: [Part]
  /// What is to be set up again.
  public var after: [LocalizedText]
  /// How to see that it worked.
  public var verification: [LocalizedText]
  /// What to do next.
  public var next: [KnownRemedy]

  /// What must be done before a step that destroys.
  public struct Precondition: Hashable, Sendable {
    /// The name that steps refer to.
    public var id: String
    /// What to do.
    public var text: LocalizedText
    /// What happens otherwise.
    public var reason: LocalizedText
    /// Facts of which one says that it is done; empty when no fact can tell.
    public var satisfiedBy: [FactChoice]
    /// Why a step that destroys is withheld while no fact says that it is done: the first whose facts are so. Empty when it is left to
    /// whoever reads the runbook to see to it.
    public var stops: [Stop]
  }

  /// Why a runbook stops.
  public struct Stop: Hashable, Sendable {
    /// What is so of the device, or nil for all others.
    public var when: FactChoice?
    /// The reason, as a sentence.
    public var text: LocalizedText
  }

  /// Steps for all devices, or for those of which a fact is so.
  public struct Part: Hashable, Sendable {
    /// For which devices, or nil for all.
    public var when: FactChoice?
    /// Where a policy has judged the build: for which judgement. It takes the place of the parts for known branches.
    public var build: BuildPart?
    /// What those devices are called.
    public var title: LocalizedText?
    /// The steps.
    public var steps: [Step]
  }

  /// A part for devices whose build a policy has judged; `{builds}` in its texts are those that it takes.
  public enum BuildPart: String, Hashable, Sendable, CaseIterable {
    case met
    case sameBranch = "same_branch"
    case otherBranch = "other_branch"
  }

  /// The names of all facts that decide what is shown.
  public var facts: Set<String> {
    let choices =
      parts.compactMap(\.when) + before.flatMap(\.satisfiedBy)
      + before.flatMap { $0.stops.compactMap(\.when) }
    return Set(choices.map(\.fact))
  }

  /// One thing to do.
  public struct Step: Hashable, Sendable {
    /// What to do.
    public var text: LocalizedText
    /// Whether something is lost for good by it.
    public var destroys: Bool
    /// The preconditions of ``Runbook/before`` that it needs.
    public var needs: [String]
  }
}

/// A fact that has one of some values.
public struct FactChoice: Hashable, Sendable {
  /// The fact's name.
  public var fact: String
  /// The values as the language writes them.
  public var values: [String]

  /// Whether it holds, or nil when the fact is not known.
  func holds(for value: Value?) -> Bool? { value.map { values.contains($0.description) } }
}
