import PolicyModel

/// The devices that a payload is meant for: branches of Windows, and editions where somebody names them.
package struct TargetDevices: Hashable, Sendable {
  /// A branch, with the revision where that is known.
  package struct Target: Hashable, Sendable {
    /// The branch, such as 22621.
    package let branch: UInt32
    /// The revision that the devices have; nil when they may have any.
    package let revision: UInt32?

    /// A branch at a revision, or at any.
    package init(branch: UInt32, revision: UInt32? = nil) {
      self.branch = branch
      self.revision = revision
    }

    /// `Windows 11 22H2`; with its revision `Windows 11 22H2 revision 3000`.
    package var name: String {
      let name =
        WindowsBranch.shipped(build: branch)?.name ?? WindowsBranch.serverName(build: branch)
        ?? "build 10.0.\(branch)"
      return revision.map { "\(name) revision \($0)" } ?? name
    }
  }

  /// The branches, ascending, each once; never empty.
  package let targets: [Target]
  /// The editions that were named; empty when the devices may have any.
  package let editions: [WindowsEdition]
  /// Whether nobody named the branches, so that they are those in service.
  package let isDefault: Bool

  /// Every branch that Microsoft updates on a day; an error when there is none.
  ///
  /// Home and Pro lose their updates earlier than other editions: their dates count when only those are named.
  package static func inService(
    on day: CalendarDate, editions: [WindowsEdition] = []
  ) throws(TargetError) -> TargetDevices {
    let branches = TargetParser(day: day, editions: editions).inService(of: WindowsBranch.all)
    guard !branches.isEmpty else { throw .noneInService(nil, day) }
    return TargetDevices(branches.map { Target(branch: $0.build) }, editions: editions, isDefault: true)
  }

  /// The devices that texts name, each a list separated by commas.
  ///
  /// - Parameters:
  ///   - texts: An entry is a product (`windows 11`: its branches in service), a product and a version (`windows 10 22H2`),
  ///     either with `or newer` after it, or a build (`10.0.22621.3000`, or `10.0.22621` for any revision). Letters may be of either
  ///     case. Without texts the devices are those of ``inService(on:editions:)``.
  ///   - day: The day on which a branch must be in service where only its product is named.
  ///   - editions: The editions of the devices; empty for any.
  package init(
    parsing texts: [String], on day: CalendarDate, editions: [WindowsEdition] = []
  ) throws(TargetError) {
    guard !texts.isEmpty else {
      self = try Self.inService(on: day, editions: editions)
      return
    }
    let parser = TargetParser(day: day, editions: editions)
    var targets: [Target] = []
    for text in texts {
      for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
        targets += try parser.targets(of: String(entry))
      }
    }
    self.init(targets, editions: editions, isDefault: false)
  }

  /// Branches that are known already; nil without any.
  package init?(_ targets: [Target], editions: [WindowsEdition]) {
    guard !targets.isEmpty else { return nil }
    self.init(targets, editions: editions, isDefault: false)
  }

  private init(_ targets: [Target], editions: [WindowsEdition], isDefault: Bool) {
    // A branch at any revision says more than one of its revisions.
    let whole = Set(targets.filter { $0.revision == nil }.map(\.branch))
    self.targets = Set(targets.filter { $0.revision == nil || !whole.contains($0.branch) })
      .sorted { ($0.branch, $0.revision ?? 0) < ($1.branch, $1.revision ?? 0) }
    self.editions = editions
    self.isDefault = isDefault
  }

  /// The edition that a name means, such as `pro`; letters may be of either case, and `-` or a blank stands for `_`.
  package static func edition(named text: String) throws(TargetError) -> WindowsEdition {
    let name = String(text.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
    guard let edition = WindowsEdition.named(name) else { throw .unknownEdition(text) }
    return edition
  }
}
