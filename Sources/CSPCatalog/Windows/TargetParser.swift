import PolicyModel

/// Reads one entry of a list of targets.
struct TargetParser {
  let day: CalendarDate
  let editions: [WindowsEdition]

  func targets(of entry: String) throws(TargetError) -> [TargetDevices.Target] {
    let words = entry.lowercased().split { $0 == " " || $0 == "\t" }.map(String.init)
    guard let first = words.first else { throw .empty }
    if words.count == 1, first.utf8.first.map(Self.isDigit) ?? false { return [try build(first)] }
    guard first == "windows" else { throw .unknownProduct(entry) }
    guard words.count > 1, let product = Self.product(words[1]) else { throw .unknownProduct(entry) }
    var rest = words.dropFirst(2)
    let isOpen = rest.suffix(2) == ["or", "newer"]
    if isOpen { rest = rest.dropLast(2) }
    guard rest.count <= 1 else { throw .unknownVersion(product, rest.joined(separator: " ")) }
    guard let version = rest.first else {
      let branches = inService(of: isOpen ? Self.newer(than: product) : WindowsBranch.branches(of: product))
      guard !branches.isEmpty else { throw .noneInService(product, day) }
      return branches.map { TargetDevices.Target(branch: $0.build) }
    }
    guard let branch = WindowsBranch.shipped(product, version: version) else {
      throw .unknownVersion(product, version)
    }
    guard isOpen else { return [TargetDevices.Target(branch: branch.build)] }
    let newer = inService(of: WindowsBranch.all.filter { $0.build > branch.build })
    return ([branch] + newer).map { TargetDevices.Target(branch: $0.build) }
  }

  /// Those of some branches that are in service for the editions.
  func inService(of branches: [WindowsBranch]) -> [WindowsBranch] {
    let isHomePro = !editions.isEmpty && editions.allSatisfy(\.isHomeOrPro)
    return branches.filter { $0.isInService(on: day, for: isHomePro ? .homePro : .enterprise) }
  }

  private static func newer(than product: WindowsBranch.Product) -> [WindowsBranch] {
    product == .windows10 ? WindowsBranch.all : WindowsBranch.branches(of: product)
  }

  /// `10.0.22621.3000`; a build without a revision is any of its branch.
  private func build(_ text: String) throws(TargetError) -> TargetDevices.Target {
    guard let version = Version(text), let build = OSBuild(version) else { throw .malformedBuild(text) }
    // A branch above all that are known may be newer than this program.
    if case .neverShipped(let near) = WindowsBranch.stranger(build: build.branch),
      build.branch < WindowsBranch.all.last?.build ?? 0
    {
      throw .unknownBranch(build.branch, near)
    }
    return TargetDevices.Target(branch: build.branch, revision: version.written == 4 ? build.revision : nil)
  }

  private static func product(_ word: String) -> WindowsBranch.Product? {
    switch word {
    case "10": .windows10
    case "11": .windows11
    default: nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension WindowsEdition {
  /// Whether the dates of Home and Pro hold for the edition.
  fileprivate var isHomeOrPro: Bool { name.hasPrefix("home") || name.hasPrefix("pro") }
}
