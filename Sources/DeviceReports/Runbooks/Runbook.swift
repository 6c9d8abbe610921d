import Diagnostics
import PolicyModel

/// How to carry a remedy out: steps in their order, what must be done before, and what is lost.
///
/// ``KnownRemedy/runbook`` gives each. A test holds all to what nobody may be told: a step that destroys and needs nothing done before.
package struct Runbook: Hashable, Sendable {
  /// The worst that a step does, ascending.
  package enum Impact: String, Hashable, Comparable, Sendable, CaseIterable {
    case none
    /// The device restarts.
    case restart
    /// Something can be lost for good.
    case losesData = "loses_data"

    /// By how much is lost.
    package static func < (left: Impact, right: Impact) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What it carries out.
  package var remedy: KnownRemedy
  /// A few words, as an order.
  package var title: LocalizedText
  /// The worst that a step does.
  package var impact: Impact
  /// Whether somebody with administrator rights is needed.
  package var needsAdministrator: Bool
  /// How long it takes.
  package var duration: LocalizedText
  /// What is lost, or can be.
  package var destroys: [LocalizedText] = []
  /// The same in a few words without a full stop; nil when nothing is lost.
  package var losses: LocalizedText?
  /// What must be done before.
  package var before: [Precondition] = []
  /// The steps.
  package var parts: [Part]
  /// What is to be set up again.
  package var after: [LocalizedText] = []
  /// How to see that it worked.
  package var verification: [LocalizedText]
  /// What to do next.
  package var next: [KnownRemedy] = []

  /// What must be done before a step that destroys.
  package struct Precondition: Hashable, Sendable {
    /// The name that steps refer to.
    package var id: String
    /// What to do.
    package var text: LocalizedText
    /// What happens otherwise.
    package var reason: LocalizedText
    /// Facts of which one says that it is done; empty when no fact can tell.
    package var satisfiedBy: [FactChoice] = []
    /// Why a step that destroys is withheld while no fact says that it is done: the first whose facts are so. Empty when it is left to
    /// whoever reads the runbook to see to it.
    package var stops: [Stop] = []
  }

  /// Why a runbook stops.
  package struct Stop: Hashable, Sendable {
    /// What is so of the device, or nil for all others.
    package var when: FactChoice?
    /// The reason, as a sentence.
    package var text: LocalizedText
  }

  /// Steps for all devices, or for those of which a fact is so.
  package struct Part: Hashable, Sendable {
    /// For which devices, or nil for all.
    package var when: FactChoice?
    /// Where a policy has judged the build: for which judgement. It takes the place of the parts for known branches.
    package var build: BuildPart?
    /// What those devices are called.
    package var title: LocalizedText?
    /// The steps.
    package var steps: [Step]
  }

  /// A part for devices whose build a policy has judged; `{builds}` in its texts are those that it takes.
  package enum BuildPart: String, Hashable, Sendable, CaseIterable {
    case met
    case sameBranch = "same_branch"
    case otherBranch = "other_branch"
  }

  /// The names of all facts that decide what is shown.
  package var facts: Set<String> {
    let choices =
      parts.compactMap(\.when) + before.flatMap(\.satisfiedBy)
      + before.flatMap { $0.stops.compactMap(\.when) }
    return Set(choices.map(\.fact))
  }

  /// One thing to do.
  package struct Step: Hashable, Sendable {
    /// What to do.
    package var text: LocalizedText
    /// Whether something is lost for good by it.
    package var destroys: Bool
    /// The preconditions of ``Runbook/before`` that it needs, by ``Precondition/id``.
    package var needs: [String]

    init(_ english: String, _ japanese: String, destroys: Bool = false, needs: [Precondition] = []) {
      text = LocalizedText(english, japanese)
      self.destroys = destroys
      self.needs = needs.map(\.id)
    }
  }
}

/// A fact that has one of some values.
package struct FactChoice: Hashable, Sendable {
  /// The fact's name.
  package var fact: String
  /// The values as the language writes them.
  package var values: [String]

  /// Whether it holds, or nil when the fact is not known.
  func holds(for value: Value?) -> Bool? { value.map { values.contains($0.description) } }
}
