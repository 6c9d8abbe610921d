import Diagnostics
import PolicyModel

/// A branch of Windows that shipped to clients.
package struct WindowsBranch: Hashable, Sendable {
  /// What the branch was sold as.
  package enum Product: String, Hashable, Sendable, CaseIterable {
    /// Windows 10, branches 10240 to 19045.
    case windows10 = "Windows 10"
    /// Windows 11, branches from 22000 on.
    case windows11 = "Windows 11"
  }

  /// Whose end of service counts.
  package enum Servicing: String, Hashable, Sendable, CaseIterable {
    /// Home, Pro, Pro Education and Pro for Workstations.
    case homePro = "Home and Pro"
    /// Enterprise, Education and IoT Enterprise, without long-term servicing.
    case enterprise = "Enterprise and Education"
  }

  /// The branch, such as 22621.
  package let build: UInt32
  /// What it was sold as.
  package let product: Product
  /// The version, such as `22H2`.
  package let version: String
  /// The day it became available.
  package let released: CalendarDate
  /// The last day of updates for Home and Pro.
  package let endOfHomePro: CalendarDate
  /// The last day of updates for Enterprise and Education, without paid extensions and long-term servicing.
  package let endOfEnterprise: CalendarDate

  /// `Windows 11 22H2`
  package var name: String { "\(product.rawValue) \(version)" }

  /// Whether Microsoft updates the branch on a day.
  package func isInService(on day: CalendarDate, for servicing: Servicing = .enterprise) -> Bool {
    released <= day && day <= (servicing == .homePro ? endOfHomePro : endOfEnterprise)
  }

  /// The branch of a build number, or nil when no client Windows shipped with it.
  package static func shipped(build: UInt32) -> WindowsBranch? { all.first { $0.build == build } }

  /// The branch of a version, such as `22H2`, of a product; the version's letters may be of either case.
  package static func shipped(_ product: Product, version: String) -> WindowsBranch? {
    let wanted = version.uppercased()
    return all.first { $0.product == product && $0.version == wanted }
  }

  /// The branches of a product, oldest first.
  package static func branches(of product: Product) -> [WindowsBranch] {
    all.filter { $0.product == product }
  }

  /// What a Windows Server of a build that no client has is called.
  package static func serverName(build: UInt32) -> String? {
    WindowsLines.serverOnly.first { $0.branch == build }?.name
  }

  /// What a build is that is no client branch.
  package enum Stranger: Hashable, Sendable {
    /// A branch of Windows Server alone, with its name.
    case server(String)
    /// A number that no Windows shipped with; the shipped ones next to it, the likelier first.
    case neverShipped(near: [WindowsBranch])
  }

  /// What to say of a build that ``shipped(build:)`` does not know; nil when it does.
  package static func stranger(build: UInt32) -> Stranger? {
    if shipped(build: build) != nil { return nil }
    if let name = serverName(build: build) { return .server(name) }
    let written = String(build)
    if let likely = closest(to: written, in: all.map { String($0.build) }, limit: 1),
      let branch = all.first(where: { String($0.build) == likely })
    {
      return .neverShipped(near: [branch])
    }
    let below = all.last { $0.build < build }
    let above = all.first { $0.build > build }
    return .neverShipped(near: [below, above].compactMap { $0 })
  }

  /// What was likely meant by a product and version that never shipped together, likeliest first.
  ///
  /// A version of the other product (`windows 10 23H2` means Windows 11 23H2) comes before one nearly spelt so.
  package static func suggestions(for product: Product, version: String) -> [WindowsBranch] {
    let wanted = version.uppercased()
    let others = all.filter { $0.product != product && $0.version == wanted }
    let versions = branches(of: product)
    let near = closest(to: wanted, in: versions.map(\.version), limit: 2)
    return others + versions.filter { $0.version == near }
  }
}
