/// Which branches are Windows 10, which Windows 11, and which Windows Server alone.
///
/// What a scope means by `windows 10` and what `os.product` derives from a build both follow from here. Branch 26100
/// is Windows 11 24H2 and Windows Server 2025 alike, so it counts as a client.
package enum WindowsLines {
  /// The first branch of Windows 10. Windows never shipped a lower one with a build number that begins with 10.0.
  package static let firstOf10: UInt32 = 10240
  /// The first branch of Windows 11.
  package static let firstOf11: UInt32 = 22000

  /// The branches that shipped as Windows Server alone, ascending, and what they were sold as.
  package static let serverOnly: [(branch: UInt32, name: String)] = [
    (20348, "Windows Server 2022"), (25398, "Windows Server 23H2"),
  ]

  /// Whether a branch is one of Windows Server alone.
  package static func isServerOnly(_ branch: UInt32) -> Bool {
    serverOnly.contains { $0.branch == branch }
  }

  /// The symbol of `os.product` for a branch; nil for one that is no client Windows 10 or 11.
  package static func product(of branch: UInt32) -> String? {
    guard branch >= firstOf10, !isServerOnly(branch) else { return nil }
    return branch >= firstOf11 ? "windows_11" : "windows_10"
  }

  /// The branches at which ``product(of:)`` changes, ascending.
  package static let productChanges: [UInt32] =
    ([firstOf10, firstOf11] + serverOnly.flatMap { [$0.branch, $0.branch + 1] }).sorted()
}
