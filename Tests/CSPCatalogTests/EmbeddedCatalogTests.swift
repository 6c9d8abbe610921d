import Testing

@testable import CSPCatalog

/// The numbers are counts of the DDF v2 files themselves, made with another program.
@Suite("The embedded CSP catalogue") struct EmbeddedCatalogTests {
  static let catalog = CSPCatalog.embedded
  static let nodes = CSPCatalog.embedded.nodes.filter { $0.source == .ddf2 }

  private func counts<Key: Hashable>(_ key: (CSPNode) -> Key) -> [Key: Int] {
    Dictionary(Self.nodes.map { (key($0), 1) }, uniquingKeysWith: +)
  }

  @Test("it has all nodes of the release, and says which it is")
  func size() {
    #expect(Self.nodes.count == 5815)
    #expect(Self.catalog.nodeCount == 5815 + 344)
    #expect(Self.catalog.nodes.count { $0.source == .ddf1 } == 344)
    #expect(Self.catalog.version == "2025-02")
    #expect(Self.catalog.date.description == "2025-02-01")
    #expect(Set(Self.nodes.map(\.origin)).count == 309)
  }

  @Test("it passes the check that a user's catalogue must pass")
  func check() throws {
    _ = try CSPCatalog(bytes: CatalogWriter.write(Self.ownNodes(), source: "x", date: Self.catalog.date))
  }

  static func ownNodes() -> [CSPNode] {
    catalog.places(from: Array("./".utf8)).compactMap { catalog.layers[$0.layer].own(atLine: $0.start) }
  }

  @Test("every node is found under its own path")
  func lookUp() {
    for node in Self.catalog.nodes { #expect(Self.catalog.node(at: node.locURI) == node) }
  }

  @Test("every node with a dynamic name is found under a name of a device's choice")
  func instances() {
    var dynamic = 0
    for node in Self.catalog.nodes where node.locURI.contains("{") {
      let segments = node.locURI.split(separator: "/").map { $0.hasPrefix("{") ? "x~1" : String($0) }
      dynamic += 1
      #expect(Self.catalog.node(at: segments.joined(separator: "/")) == node, "\(node.locURI)")
    }
    #expect(dynamic > 700)
  }

  @Test("verbs are as in the files")
  func verbs() {
    #expect(
      counts { $0.access.names.joined(separator: "/") } == [
        "Add/Delete/Get/Replace": 4278, "Get": 1058, "Get/Replace": 187, "Add/Delete/Get": 98,
        "Add/Get/Replace": 67,
        "Exec": 33, "Add/Get": 29, "Exec/Get": 21, "Delete/Get": 17, "Replace": 11, "Delete/Get/Replace": 6,
        "Add/Delete/Exec/Get": 4, "Add/Replace": 3, "Add/Delete/Exec/Get/Replace": 2, "Exec/Get/Replace": 1,
      ])
  }

  @Test("formats are as in the files")
  func formats() {
    #expect(
      counts(\.format) == [
        .chr: 3436, .int: 1300, .node: 790, .bool: 207, .b64: 28, .null: 28, .xml: 21, .bin: 3, .time: 2,
      ])
  }

  @Test("occurrence, scope, case, names, merging, restarts and deprecation are as in the files")
  func otherFacts() {
    #expect(
      counts(\.occurrence) == [
        .zeroOrOne: 4084, .one: 1617, .zeroOrMore: 97, .oneOrMore: 15, .oneOrN(nil): 1, .zeroOrN(nil): 1,
      ])
    #expect(counts(\.isPermanent) == [false: 5043, true: 772])
    #expect(counts(\.isCaseSensitive) == [nil: 5670, false: 142, true: 3])
    #expect(Self.nodes.count { $0.isDynamic } == 129)
    #expect(
      counts(\.naming) == [nil: 5815 - 124, .uniqueName: 63, .clientInventory: 33, .serverGenerated: 28])
    #expect(
      counts(\.conflictResolution) == [
        nil: 5815 - 3629, .lastWrite: 3107, .lowestValueMostSecure: 332, .highestValueMostSecure: 179,
        .lowestValueMostSecureZeroHasNoLimits: 9, .highestValueMostSecureZeroHasNoLimits: 2,
      ])
    #expect(counts(\.reboot) == [nil: 5815 - 18, .automatic: 14, .serverInitiated: 4])
    #expect(Self.nodes.count { $0.deprecation != nil } == 30)
    #expect(Self.nodes.count { $0.deprecation?.since != nil } == 23)
    #expect(Self.nodes.count { $0.deprecation?.since == .init(branch: 22000) } == 20)
    #expect(Self.nodes.count { $0.atomicRequired } == 20)
    #expect(Self.nodes.count { $0.defaultValue != nil } == 1266)
  }

  @Test("allowed values are as in the files")
  func allowedValues() {
    let kinds = counts { node in
      switch node.allowedValues {
      case .unstated: "unstated"
      case .any: "None/\(node.format.rawValue)"
      case .enumeration: "ENUM"
      case .ranges: "Range"
      case .flags: "Flag"
      case .pattern: "RegEx"
      case .admx: "ADMX/\(node.format.rawValue)"
      case .xsd: "XSD/\(node.format.rawValue)"
      case .json: "JSON"
      case .sddl: "SDDL"
      }
    }
    #expect(
      kinds["ADMX/chr"] == 2501 && kinds["ENUM"] == 1138 && kinds["Range"] == 201 && kinds["RegEx"] == 32)
    #expect(
      kinds["None/chr"] == 404 && kinds["None/int"] == 31 && kinds["XSD/chr"] == 18 && kinds["Flag"] == 11)
    #expect(kinds["JSON"] == 1 && kinds["SDDL"] == 1 && kinds["unstated"] == 5815 - 4384)
    let values = Self.nodes.reduce(0) { count, node in
      switch node.allowedValues {
      case .enumeration(let values): count + values.count
      case .flags(let bits): count + bits.count
      default: count
      }
    }
    #expect(values == 2946)
    #expect(
      counts(\.listDelimiter) == [nil: 5815 - 194, ";": 92, "\u{F000}": 62, ",": 26, "|": 14])
    #expect(
      Self.nodes.contains { $0.allowedValues == .ranges([-1...4_294_967_295]) }
        && Self.nodes.contains {
          if case .flags(let bits) = $0.allowedValues { bits.contains(0x8000_0000) } else { false }
        })
  }

  @Test("dependencies are as in the files, and all but two name a node")
  func dependencies() {
    let groups = Self.nodes.flatMap(\.dependencies)
    let dependencies = groups.flatMap(\.dependencies)
    #expect(Self.nodes.count { !$0.dependencies.isEmpty } == 116)
    #expect(groups.count == 117 && groups.count { $0.name == "Enable Firewall" } == 58)
    #expect(groups.count { $0.changedValues != nil } == 6)
    #expect(dependencies.count == 118 && dependencies.count { $0.isNegated } == 1)
    let lost = dependencies.filter { Self.catalog.node(at: $0.locURI) == nil }
    #expect(lost.map(\.locURI).allSatisfy { $0.contains("/Bitlocker/") } && lost.count == 2)
  }

  @Test("builds, own or inherited, fall into the classes of the files")
  func builds() {
    let classes = counts { node in
      let entries = node.applicability.entries
      let bases = entries.count { if case .base = $0 { true } else { false } }
      let hasFuture = entries.contains(.future)
      let hasServiced = entries.contains { if case .serviced = $0 { true } else { false } }
      switch (bases, hasFuture, hasServiced) {
      case (0, false, false): return "none"
      case (0, true, false): return "future"
      case (0, true, true): return "future and serviced"
      case (0, false, true): return "serviced"
      case (1, false, false): return "base"
      case (1, false, true): return "base and serviced"
      default: return "two bases"
      }
    }
    #expect(
      classes == [
        "base": 3362, "base and serviced": 1950, "none": 367, "future": 106, "serviced": 17,
        "future and serviced": 12, "two bases": 1,
      ])
  }

  @Test("every id of an edition list is kept; 38 occur, one of them with a star")
  func editions() {
    #expect(Set(Self.nodes.flatMap(\.editions)).count == 37)
    for edition in WindowsEdition.all where edition.name != "home_n" {
      #expect(Self.nodes.contains { !Set($0.editions).isDisjoint(with: edition.ids) }, "\(edition.name)")
    }
  }

  @Test("nodes that attestation uses have the facts of the documentation")
  func attestation() throws {
    let recovery = try #require(
      Self.catalog.node(at: "./Device/Vendor/MSFT/DMClient/Provider/MS DM Server/Recovery/InitiateRecovery"))
    #expect(recovery.access == .exec && recovery.allowedValues == .enumeration(["0", "1"]))
    #expect(recovery.applicability.description == "Windows 11 21H2 with revision 1165, 22H2 and later")
    #expect(!recovery.applicability.supports(.init(branch: 19045, revision: 3996)))
    let guardFlags = try #require(
      Self.catalog.node(at: "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags"))
    #expect(guardFlags.allowedValues == .enumeration(["0", "1", "2"]) && guardFlags.format == .int)
    #expect(Self.catalog.node(at: "./DevDetail/SwV")?.access == .get)
    #expect(Self.catalog.node(at: "./SyncML/DMAcc/{AccountUID}/AppID")?.format == .chr)
  }

  @Test("CSPs that have no DDF v2 are known from DDF v1, without builds, editions and values")
  func version1() throws {
    for path in [
      "./Vendor/MSFT/TPMPolicy/IsActiveZeroExhaust", "./Vendor/MSFT/Update/ApprovedUpdates/any",
      "./Device/Vendor/MSFT/EnrollmentStatusTracking/Setup/Apps/Tracking/a/b/InstallationState",
      "./User/Vendor/MSFT/EnrollmentStatusTracking/Setup/HasProvisioningCompleted",
    ] {
      let node = try #require(Self.catalog.node(at: path), "\(path)")
      #expect(node.source == .ddf1)
      #expect(node.applicability.builds.isEmpty && node.editions.isEmpty && node.allowedValues == .unstated)
      #expect(Self.catalog.provenance(of: node).release == "2019")
    }
    let zeroExhaust = Self.catalog.node(at: "./Vendor/MSFT/TPMPolicy/IsActiveZeroExhaust")
    #expect(zeroExhaust?.access == [.get, .replace] && zeroExhaust?.format == .bool)
  }

  static let gone: [(String, RetiredNode.Reason)] = [
    ("./Vendor/MSFT/FileSystem/x", .phoneOnly), ("./Vendor/MSFT/HotSpot/Enabled", .phoneOnly),
    (
      "./Vendor/MSFT/ActiveSync/Accounts/x/Policies",
      .moved(to: "./User/Vendor/MSFT/ActiveSync/Accounts/{Account GUID}/Policies")
    ),
    ("./Device/Vendor/MSFT/VPNv2/corp/LockDown", .removed(lastSeen: "2019")),
    ("./Device/Vendor/MSFT/Policy/Config/CloudPC/CloudPCConfiguration", .removed(lastSeen: "2022-12")),
    ("./Vendor/MSFT/Firewall/MdmStore/HyperVFirewallRules/r/Action/Type", .removed(lastSeen: "2022-12")),
  ]

  @Test("what older releases had and this one has not is gone, with the reason", arguments: gone)
  func retired(path: String, reason: RetiredNode.Reason) {
    #expect(Self.catalog.retired(path)?.reason == reason)
    #expect(Self.catalog.node(at: path) == nil)
  }

  @Test("a CSP that devices still have is not gone where the newest files are silent about it")
  func stillThere() {
    #expect(Self.catalog.retired("./Device/Vendor/MSFT/SurfaceHub/DeviceAccount/Email") == nil)
  }

  @Test("nothing that is there is gone, and what moved is where it moved")
  func retiredAreNotNodes() throws {
    for node in Self.catalog.nodes { #expect(Self.catalog.retired(node.locURI) == nil, "\(node.locURI)") }
    for line in Self.catalog.layers[0].retired {
      #expect(Self.catalog.node(at: line.path) == nil)
      guard case .moved(let path) = line.reason else { continue }
      #expect(Self.catalog.node(at: path) != nil, "\(path)")
    }
    #expect(Self.catalog.layers[0].retired.count == Self.catalog.retiredCount)
  }
}
