/// A Windows build: branch and update build revision (UBR), written `10.0.22631.2792`.
///
/// The leading `10.0` is the same for every Windows 10 and 11, so only the last two numbers are kept. The order is
/// the plain one, branch first; whether a build meets a minimum *on its branch* is a question for ``BuildList``.
public struct OSBuild: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The branch, such as 22631 (`CurrentBuildNumber`).
  public let branch: UInt32
  /// The update build revision, such as 2792 (`UBR`).
  public let revision: UInt32

  /// The build of a branch at a revision.
  public init(branch: UInt32, revision: UInt32 = 0) {
    self.branch = branch
    self.revision = revision
  }

  /// Reads `10.0.BRANCH` or `10.0.BRANCH.REVISION`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    guard let version = Version(text) else { return nil }
    self.init(version)
  }

  /// A build from a version of three or four components that begins with `10.0`; nil for any other.
  public init?(_ version: Version) {
    guard version.major == 10, version.minor == 0, version.written >= 3 else { return nil }
    self.init(branch: version.patch, revision: version.build)
  }

  /// Branch first, then revision.
  public static func < (left: OSBuild, right: OSBuild) -> Bool {
    (left.branch, left.revision) < (right.branch, right.revision)
  }

  /// The build with all four numbers, such as `10.0.22631.2792`.
  public var description: String { "10.0.\(branch).\(revision)" }
}
