import PolicyModel

/// Which of the devices that a payload is meant for have a node.
package struct NodeReach: Hashable, Sendable {
  /// Why a target does not have the node.
  package enum Lack: Hashable, Sendable {
    /// No build of its branch has it.
    case branch(NodeApplicability.Absence)
    /// Its revision is below the first that has it.
    case revision(UInt32)
  }

  /// A target without the node.
  package struct Gap: Hashable, Sendable {
    /// The target.
    package let target: TargetDevices.Target
    /// Why.
    package let lack: Lack
  }

  /// A target that has the node from a revision on, where it is not said which revision the devices have.
  package struct Condition: Hashable, Sendable {
    /// The target.
    package let target: TargetDevices.Target
    /// The first revision of its branch that has the node.
    package let revision: UInt32
  }

  /// The targets that lack the node, ascending.
  package let gaps: [Gap]
  /// The targets of which only later revisions have the node, ascending.
  package let conditions: [Condition]
  /// The editions that were named and do not have the node.
  package let lackingEditions: [WindowsEdition]
  /// Whether no target has the node.
  package let isNowhere: Bool
  /// Whether no edition that was named has the node.
  package let isInNoEdition: Bool

  /// Whether all devices have the node.
  package var isEverywhere: Bool { gaps.isEmpty && conditions.isEmpty && lackingEditions.isEmpty }
  /// Whether the node waits for a Windows that was not released when the catalogue was made.
  package var isFuture: Bool { isNowhere && gaps.allSatisfy { $0.lack == .branch(.future) } }

  /// Compares a node with the devices.
  package init(of node: CSPNode, on devices: TargetDevices) {
    var gaps: [Gap] = []
    var conditions: [Condition] = []
    for target in devices.targets {
      switch node.applicability.minimum(onBranch: target.branch) {
      case .never(let absence): gaps.append(Gap(target: target, lack: .branch(absence)))
      case .from(let build):
        guard let revision = target.revision else {
          if build.revision > 0 { conditions.append(Condition(target: target, revision: build.revision)) }
          continue
        }
        if revision < build.revision {
          gaps.append(Gap(target: target, lack: .revision(build.revision)))
        }
      }
    }
    self.gaps = gaps
    self.conditions = conditions
    isNowhere = gaps.count == devices.targets.count
    let allowed = Set(node.editions)
    lackingEditions = allowed.isEmpty ? [] : devices.editions.filter { allowed.isDisjoint(with: $0.ids) }
    isInNoEdition = !lackingEditions.isEmpty && lackingEditions.count == devices.editions.count
  }
}
