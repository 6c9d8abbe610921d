import CSPCatalog
import PolicyModel

/// The devices that get the payloads of a policy, as far as the policy says which Windows they have.
extension PolicyChecker {
  /// The devices that meet a guard; nil where too much would have to be told, or none of the branches is known.
  mutating func targets(ofGuard index: Int?, _ picture: inout BuildPicture, _ branches: [UInt32])
    -> TargetDevices?
  {
    var builds = picture.scope
    if let index {
      let meant = picture.conditions.truth(of: guardConditions[index]).builds(where: .yes)
      builds = picture.conditions.intersection([builds, meant])
    }
    guard !picture.conditions.isExceeded else { return nil }
    return TargetDevices(
      branches.compactMap { branch in
        builds.firstRevision(ofBranch: branch).map {
          TargetDevices.Target(branch: branch, revision: $0 == 0 ? nil : $0)
        }
      }, editions: scope.editions.compactMap { WindowsEdition.named($0) })
  }
}

extension BuildMap {
  /// The lowest revision of a branch that is in the set; nil when none is.
  func firstRevision(ofBranch branch: UInt32) -> UInt32? {
    line(of: branch).first { $0.truth == .yes }?.start
  }
}
