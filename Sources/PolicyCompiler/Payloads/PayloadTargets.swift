import CSPCatalog
import PolicyModel

/// The devices that get the payloads of a policy, as far as the policy says which Windows they have.
struct PayloadTargets {
  private var conditions: BuildConditions
  private let scope: BuildMap
  private let branches: [UInt32]
  private let guards: [Condition]
  private let editions: [WindowsEdition]

  init(_ picture: BuildPicture, guards: [Condition], editions: [String]) {
    conditions = picture.conditions
    scope = picture.scope
    branches = picture.branches
    self.guards = guards
    self.editions = editions.compactMap { WindowsEdition.named($0) }
  }

  /// The devices that meet a guard, or all without one; nil where too much would have to be told, or none of the branches is
  /// known.
  mutating func devices(ofGuard index: Int?) -> TargetDevices? {
    var builds = scope
    if let index {
      let meant = conditions.truth(of: guards[index]).builds(where: .yes)
      builds = conditions.intersection([builds, meant])
    }
    guard !conditions.isExceeded else { return nil }
    let targets = branches.compactMap { branch in
      builds.firstRevision(ofBranch: branch).map {
        TargetDevices.Target(branch: branch, revision: $0 == 0 ? nil : $0)
      }
    }
    return TargetDevices(targets, editions: editions)
  }
}

extension BuildMap {
  /// The lowest revision of a branch that is in the set; nil when none is.
  func firstRevision(ofBranch branch: UInt32) -> UInt32? {
    line(of: branch).first { $0.truth == .yes }?.start
  }
}
