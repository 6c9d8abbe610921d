import PolicyModel

/// The builds on which a node exists (`MSFT:OsBuildVersion`), compared branch by branch.
///
/// The list has *bases* (`10.0.22621`: that branch and every later one), *serviced* branches
/// (`10.0.22000.1165`: that branch from that revision on, by a backport) and *future* marks (`99.9.99999`: no
/// released base yet). Branches that share their servicing are one family: 18362–18363, 19041–19045, 22621/22631,
/// 26100/26200.
public struct NodeApplicability: Hashable, Sendable {
  /// The entries as the DDF lists them.
  public var builds: [Version]

  public init(builds: [Version]) { self.builds = builds }
}
