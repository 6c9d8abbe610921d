import PolicyModel

/// The builds on which a node exists (`MSFT:OsBuildVersion`), compared branch by branch.
///
/// The list has *bases* (`10.0.22621`: that branch and every later one), *serviced* branches
/// (`10.0.22000.1165`: that branch from that revision on, by a backport) and *future* marks (`99.9.99999`: no
/// released base yet). Branches that share their servicing are one family: 18362–18363, 19041–19045, 22621/22631,
/// 26100/26200.
///
/// For a device on branch B with revision R, the first of these decides:
/// 1. an entry of B itself: a base supports it, a serviced entry from its revision on;
/// 2. the nearest lower entry of B's family, in the same way, because a family gets the same updates and the lists
///    usually name only its first branch. A higher one does not speak for B: what is listed for 23H2 alone came with 23H2;
/// 3. a base at or below B;
/// 4. in a list with neither base nor future mark, whether B is above its highest entry: what was serviced into a
///    branch ships with later ones.
///
/// An empty list says nothing and supports every build.
package struct NodeApplicability: Hashable, Sendable {
  /// The entries as the DDF lists them.
  package var builds: [Version]

  /// An applicability from the entries of a DDF, in their order.
  package init(builds: [Version]) { self.builds = builds }

  /// Reads a list as a DDF writes it: versions separated by commas. Nil when an entry is no version.
  package init?(_ text: some StringProtocol) {
    var builds: [Version] = []
    for part in Array(text.utf8).split(separator: UInt8(ascii: ",")) {
      let trimmed = part.drop { $0 == UInt8(ascii: " ") }
      guard let end = trimmed.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
      guard let version = Version(utf8: trimmed[...end]) else { return nil }
      builds.append(version)
    }
    self.init(builds: builds)
  }

  /// What is known of a node on one branch.
  package enum MinimumBuild: Hashable, Sendable {
    /// The node exists from this build of the branch on.
    case from(OSBuild)
    /// The node exists on no build of the branch.
    case never(Absence)
  }

  /// Why a node exists on no build of a branch.
  package enum Absence: Hashable, Sendable {
    /// The branch is older than the first that has the node.
    case olderThan(OSBuild)
    /// The branch lies between others to which the node was brought, but was left out itself.
    case notListed
    /// The node waits for a Windows that was not released when the catalogue was made.
    case future
  }

  /// What one entry of the list says.
  enum Entry: Hashable {
    case base(branch: UInt32)
    case serviced(OSBuild)
    case future

    init(_ version: Version) {
      switch version.written {
      // `22631.2050`, as one release wrote it.
      case 2 where version.major >= 10_000:
        self = .serviced(OSBuild(branch: version.major, revision: version.minor))
      case 3 where version.major == 10: self = .base(branch: version.patch)
      case 4 where version.major == 10:
        self = .serviced(OSBuild(branch: version.patch, revision: version.build))
      default: self = .future
      }
    }

    var branch: UInt32? {
      switch self {
      case .base(let branch): branch
      case .serviced(let build): build.branch
      case .future: nil
      }
    }

    /// The first build that the entry supports on a branch that it speaks for.
    func minimum(on branch: UInt32) -> OSBuild? {
      switch self {
      case .base: OSBuild(branch: branch)
      case .serviced(let build): OSBuild(branch: branch, revision: build.revision)
      case .future: nil
      }
    }
  }

  var entries: [Entry] { builds.map(Entry.init) }

  /// Whether the node exists on a build.
  package func supports(_ build: OSBuild) -> Bool {
    guard case .from(let minimum) = minimum(onBranch: build.branch) else { return false }
    return build.revision >= minimum.revision
  }

  /// The first build of a branch on which the node exists.
  package func minimum(onBranch branch: UInt32) -> MinimumBuild {
    let entries = entries
    guard !entries.isEmpty else { return .from(OSBuild(branch: branch)) }
    if let own = lowest(entries.filter { $0.branch == branch }, on: branch) { return .from(own) }
    let family = WindowsFamily.containing(branch)
    let relatives = entries.filter { $0.branch.map { family.contains($0) && $0 < branch } ?? false }
    if let nearest = relatives.compactMap(\.branch).max(),
      let minimum = lowest(relatives.filter { $0.branch == nearest }, on: branch)
    {
      return .from(minimum)
    }
    let bases = entries.compactMap { entry -> UInt32? in
      guard case .base(let base) = entry else { return nil }
      return base
    }
    if bases.contains(where: { $0 <= branch }) { return .from(OSBuild(branch: branch)) }
    let isFuture = entries.contains(.future)
    let branches = entries.compactMap(\.branch)
    guard let highest = branches.max(), let oldest = branches.min() else { return .never(.future) }
    if bases.isEmpty, branch > highest {
      return isFuture ? .never(.future) : .from(OSBuild(branch: branch))
    }
    if branch < oldest, let first = lowest(entries.filter { $0.branch == oldest }, on: oldest) {
      return .never(.olderThan(first))
    }
    return .never(.notListed)
  }

  /// The builds at which the answer of ``supports(_:)`` changes, ascending in the plain order of builds: at the
  /// first from no to yes, at the second back, and so on.
  package var thresholds: [OSBuild] {
    let entries = entries
    guard !entries.isEmpty else { return [OSBuild(branch: 0)] }
    var branches: Set<UInt32> = []
    for branch in entries.compactMap(\.branch) {
      let family = WindowsFamily.containing(branch)
      branches.formUnion(family)
      for last in family { branches.insert(last &+ 1) }
    }
    var changes: [OSBuild] = []
    var wasSupported = false
    for branch in branches.sorted() {
      let minimum = minimum(onBranch: branch)
      let starts = OSBuild(branch: branch)
      guard case .from(let first) = minimum else {
        if wasSupported { changes.append(starts) }
        wasSupported = false
        continue
      }
      if wasSupported, first != starts { changes.append(starts) }
      if !wasSupported || first != starts { changes.append(first) }
      wasSupported = true
    }
    return changes
  }

  private func lowest(_ entries: [Entry], on branch: UInt32) -> OSBuild? {
    entries.compactMap { $0.minimum(on: branch) }.min()
  }
}

/// Branches of Windows that are serviced with the same updates.
enum WindowsFamily {
  private static let families: [ClosedRange<UInt32>] = [18362...18363, 19041...19045]
  private static let pairs: [[UInt32]] = [[22621, 22631], [26100, 26200]]

  /// The family of a branch, ascending; a branch that shares with no other is alone.
  static func containing(_ branch: UInt32) -> [UInt32] {
    if let range = families.first(where: { $0.contains(branch) }) { return Array(range) }
    return pairs.first { $0.contains(branch) } ?? [branch]
  }
}
