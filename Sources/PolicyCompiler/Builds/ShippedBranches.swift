import CSPCatalog

/// The branches that shipped to clients, as numbers.
enum ShippedBranches {
  /// Ascending.
  static let numbers: [UInt32] = WindowsBranch.all.map(\.build)

  /// The builds of all branches that are newer, as a set.
  static let newer = BuildMap(changingAtBranches: [newest + 1]) { $0 > newest ? .yes : .no }

  private static let newest = numbers.last ?? 0

  static func contains(_ branch: UInt32) -> Bool { numbers.contains(branch) }

  /// What a branch is called: its version, the Windows Server that it is, or its number.
  static func name(of branch: UInt32) -> String {
    WindowsBranch.shipped(build: branch)?.name ?? WindowsBranch.serverName(build: branch)
      ?? "branch \(branch)"
  }
}
