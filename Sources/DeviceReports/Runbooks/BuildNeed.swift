import PolicyModel

/// What a policy asks of the build of Windows beyond what the device has.
package enum BuildNeed: Hashable, Sendable {
  /// Nothing: the build is new enough.
  case met
  /// A later revision of the device's branch will do: this one.
  case sameBranch(minimum: OSBuild)
  /// No revision of the device's branch will do; these do, each on its branch, and `newer` whether branches beyond them do too.
  case otherBranch(minimums: [OSBuild], newer: Bool)

  /// Both together: another branch is needed where one of the two says so, and else the later build.
  fileprivate func joined(with other: BuildNeed) -> BuildNeed {
    switch (self, other) {
    case (.sameBranch(let left), .sameBranch(let right)): .sameBranch(minimum: max(left, right))
    case (.otherBranch, _), (_, .met): self
    case (_, .otherBranch), (.met, _): other
    }
  }
}

extension PolicyReport {
  /// What the rules ask of the build, or nil when none of them could judge it.
  package var buildNeed: BuildNeed? {
    var need: BuildNeed?
    for result in rules {
      for finding in result.that.decisive where !finding.isNegated {
        guard let found = buildNeed(of: finding, of: result.outcome) else { continue }
        need = need?.joined(with: found) ?? found
      }
    }
    return need
  }

  private func buildNeed(of finding: Finding, of outcome: RuleOutcome) -> BuildNeed? {
    switch (outcome, finding.truth) {
    case (.pass, .true): if case .meets = finding.test { .met } else { nil }
    case (.fail, .false): buildNeed(of: finding)
    default: nil
    }
  }

  private func buildNeed(of finding: Finding) -> BuildNeed? {
    switch (finding.test, finding.judgement) {
    case (.meets, .below(let minimum)): return .sameBranch(minimum: minimum)
    case (.meets(_, let list), .unlistedBranch):
      let list = policy.buildLists[Int(list)]
      return .otherBranch(minimums: list.minimums, newer: list.allowsNewerBranches)
    case (.compare(let fact, .greaterOrEqual, .build(let minimum)), _):
      guard case .build(let build)? = facts[Int(fact.index)].value else { return nil }
      return build.branch == minimum.branch
        ? .sameBranch(minimum: minimum) : .otherBranch(minimums: [minimum], newer: true)
    default: return nil
    }
  }
}
