/// A list of minimum builds, one for each Windows branch, and what it says of branches it does not name.
public struct BuildList: Hashable, Sendable {
  /// The name in the policy, for reports.
  public let name: String
  /// The minimum build of each branch, ascending by branch, each branch once.
  public let minimums: [OSBuild]
  /// Whether a branch newer than the newest listed one is accepted (`newer branches allowed`).
  public let allowsNewerBranches: Bool

  /// A list; `minimums` may come in any order, and the last of two entries for one branch wins.
  public init(name: String, minimums: [OSBuild], allowsNewerBranches: Bool) {
    var byBranch: [UInt32: OSBuild] = [:]
    for minimum in minimums { byBranch[minimum.branch] = minimum }
    self.name = name
    self.minimums = byBranch.values.sorted()
    self.allowsNewerBranches = allowsNewerBranches
  }

  /// Why a build meets the list or does not.
  public enum Judgement: Hashable, Sendable {
    /// The branch is listed and the revision is high enough.
    case meets(minimum: OSBuild)
    /// The branch is listed; `minimum` is what it needs.
    case below(minimum: OSBuild)
    /// The branch is not listed, newer than all listed ones, and newer branches are allowed.
    case newerBranch
    /// The branch is not listed and not allowed as a newer one.
    case unlistedBranch

    /// Whether the build is accepted.
    public var isMet: Bool {
      switch self {
      case .meets, .newerBranch: true
      case .below, .unlistedBranch: false
      }
    }
  }

  /// Judges a build branch by branch: 22621.2000 is below a minimum of 22621.2792 though it is above 19045.3996.
  public func judge(_ build: OSBuild) -> Judgement {
    var low = 0
    var high = minimums.count
    while low < high {
      let middle = low + (high - low) / 2
      let minimum = minimums[middle]
      if minimum.branch == build.branch {
        return build.revision >= minimum.revision ? .meets(minimum: minimum) : .below(minimum: minimum)
      }
      if minimum.branch < build.branch { low = middle + 1 } else { high = middle }
    }
    if allowsNewerBranches, let newest = minimums.last, build.branch > newest.branch { return .newerBranch }
    return .unlistedBranch
  }
}
