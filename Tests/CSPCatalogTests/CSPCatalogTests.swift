import TestSupport
import Testing

@testable import CSPCatalog

@Suite("CSPCatalog") struct CSPCatalogTests {
  static let catalog = CSPCatalog.embedded

  @Test(
    "a path is found in every spelling that a device accepts",
    arguments: [
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState",
      "./Vendor/MSFT/DeviceStatus/SecureBootState",
      "./Vendor/MSFT/DeviceStatus/Secure%42ootState",
      "./Vendor/MSFT/DeviceStatus/SecureBootState?prop=Format",
    ])
  func spellings(path: String) {
    #expect(Self.catalog.node(at: path)?.locURI == "./Device/Vendor/MSFT/DeviceStatus/SecureBootState")
  }

  @Test(
    "a dynamic name stands for any name",
    arguments: [
      "./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}/EntDMID",
      "./Device/Vendor/MSFT/DMClient/Provider/{AnyName}/EntDMID",
      "./Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/EntDMID",
      "./Vendor/MSFT/DMClient/Provider/a%2Fb/EntDMID?list=StructData",
    ])
  func dynamicNames(path: String) {
    #expect(
      Self.catalog.node(at: path)?.locURI == "./Device/Vendor/MSFT/DMClient/Provider/{ProviderID}/EntDMID")
  }

  @Test("a node of just that name comes before a dynamic one")
  func literalFirst() {
    let root = "./Device/Vendor/MSFT/PassportForWork"
    #expect(Self.catalog.node(at: "\(root)/Biometrics")?.locURI == "\(root)/Biometrics")
    #expect(Self.catalog.node(at: "\(root)/3b1c7d40/Policies")?.locURI == "\(root)/{TenantId}/Policies")
    #expect(Self.catalog.node(at: "\(root)/Biometrics/Policies") == nil)
  }

  @Test("an area of policies is one that Windows has, or one of an ingested ADMX file")
  func areas() {
    let config = "./Device/Vendor/MSFT/Policy/Config"
    #expect(Self.catalog.node(at: "\(config)/NoSuchArea/Setting") == nil)
    #expect(
      Self.catalog.node(at: "\(config)/Contoso~Policy~Main/Setting")?.locURI
        == "\(config)/{AreaName}/{PolicyName}")
    #expect(Self.catalog.node(at: "\(config)/{AreaName}/{PolicyName}")?.isDynamic == true)
  }

  @Test(
    "what is no path names no node",
    arguments: [
      "", ".", "./", "/", "./Device", "./Device/Vendor/MSFT", "./Device//Vendor",
      "./Device/Vendor/MSFT/DeviceStatus/",
      "./Device/Vendor/MSFT/DeviceStatus/../DeviceStatus", "./Device/Vendor/MSFT/./DeviceStatus",
      "./Device/\u{0}",
      "./Device/Vendor/MSFT/DeviceStatus\t", "./%", "./%zz/%2",
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState\tG",
    ])
  func noPath(path: String) {
    #expect(Self.catalog.node(at: path) == nil)
  }

  @Test("a path of any length or depth is answered at once")
  func longPaths() {
    let long = "./" + String(repeating: "a", count: 1_000_000)
    let deep = "./Device" + String(repeating: "/x", count: 100_000)
    let clock = ContinuousClock()
    var found: [CSPNode?] = []
    let time = clock.measure { found = [long, deep].map { Self.catalog.node(at: $0) } }
    #expect(found == [nil, nil])
    #expect(time < .seconds(10))
  }

  static let misspelt: [(String, String, String)] = [
    (
      "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlag",
      "./Device/Vendor/MSFT/Policy/Config/DeviceGuard",
      "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags"
    ),
    (
      "./Vendor/MSFT/HealthAttestation/CorrelationId", "./Device/Vendor/MSFT/HealthAttestation",
      "./Device/Vendor/MSFT/HealthAttestation/CorrelationID"
    ),
    (
      "./Device/Vendor/MSFT/Policy/Config/DevicGuard/lsacfgflags", "./Device/Vendor/MSFT/Policy/Config",
      "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags"
    ),
    (
      "./device/vendor/msft/devicestatus/securebootstate", "",
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState"
    ),
    (
      "./User/Vendor/MSFT/DeviceStatus/SecureBootState", "./User/Vendor/MSFT",
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState"
    ),
    (
      "./Device/Vendor/MSFT/DeviceGuard/LsaCfgFlags", "./Device/Vendor/MSFT",
      "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags"
    ),
    (
      "Device/Vendor/MSFT/DeviceStatus/SecureBootState", "",
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState"
    ),
    (
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState\n", "./Device/Vendor/MSFT/DeviceStatus",
      "./Device/Vendor/MSFT/DeviceStatus/SecureBootState"
    ),
  ]

  @Test(
    "an unknown path says how far it is known and what may be meant",
    arguments: Self.misspelt)
  func suggestions(path: String, known: String, suggestion: String) {
    guard case .unknown(let deepest, let suggestions) = Self.catalog.resolve(path) else {
      Issue.record("\(path) was found")
      return
    }
    #expect(deepest == known)
    #expect(suggestions.first == suggestion, "\(suggestions)")
  }

  @Test("far off names are not suggested")
  func nothingNear() {
    guard
      case .unknown(_, let suggestions) = Self.catalog.resolve("./Device/Vendor/MSFT/Zzzzzzzzzzz/Qqqqqqqqq")
    else {
      Issue.record("found")
      return
    }
    #expect(suggestions.isEmpty)
  }

  @Test("the children of a node are the nodes directly below it")
  func children() {
    let names = Self.catalog.children(of: "./Device/Vendor/MSFT/DeviceStatus/TPM").map(\.locURI)
    #expect(
      names
        == ["ManufacturerId", "ManufacturerIdTxt", "ManufacturerVersion", "SpecificationVersion"].map {
          "./Device/Vendor/MSFT/DeviceStatus/TPM/\($0)"
        })
  }

  private static let head = "policyc-csp-catalog 1\nsource s\ndate 2025-02\nnodes 1\neditions e 4 30\n\n"

  @Test("a catalogue of a user is opened")
  func ownCatalog() throws {
    let catalog = try CSPCatalog(
      bytes: Array((Self.head + "./Device/Vendor/A\tG\tint\t?\tO\te=e\tv=range:-1..5,9\n").utf8))
    #expect(catalog.version == "s")
    #expect(Array(catalog.nodes).map(\.allowedValues) == [.ranges([-1...5, 9...9])])
  }

  static let damages: [(String, String)] = [
    ("", "1: the header does not end"),
    ("{}\n", "1: not a CSP catalogue of this version: expected 'policyc-csp-catalog 1'"),
    ("policyc-csp-catalog 1\nsource s\n", "3: the header does not end"),
    ("policyc-csp-catalog 1\nsource s\nnodes 1\n\n", "4: the header has no date"),
    ("policyc-csp-catalog 1\nsorce s\n\n", "2: 'sorce': expected 'source'"),
    (head, "6: the catalogue has 0 nodes and 0 that are gone: expected 1 and 0"),
    (head + "./A\tG\tint\t?\n", "7: expected path, verbs, format, occurrence and origin"),
    (head + "A\tG\tint\t?\tO\n", "7: path A: expected './'"),
    (
      head + "./Vendor/A\tG\tint\t?\tO\n",
      "7: the path names no node: expected one such as ./Device/Vendor/MSFT/Name"
    ),
    (head + "./Device/./A\tG\tint\t?\tO\n", "7: the path names no node"),
    (head + "./Device/%41\tG\tint\t?\tO\n", "7: the path names no node"),
    (head + "./A\tX\tint\t?\tO\n", "7: verbs X: expected some of ACDEGR"),
    (head + "./A\tG\tstring\t?\tO\n", "7: format string: expected one of OMA's"),
    (head + "./A\tG\tint\t5\tO\n", "7: occurrence 5: expected 1, ?"),
    (head + "./A\tG\tint\t?\tO\te=f\n", "7: set of editions f: expected one"),
    (head + "./A\tG\tint\t?\tO\tz=1\n", "7: field z=1: expected a known key"),
    (head + "./A\tG\tint\t?\tO\tv=range:5..1\n", "7: field v=range:5..1"),
    (head + "./A\tG\tint\t?\tO\ngone ./B\tphone\n", "8: the catalogue has 1 nodes and 1 that are gone"),
    (head + "./A\tG\tint\t?\tO\ngone ./B\tmoved=B\n", "8: reason moved=B: expected phone, moved=PATH"),
    (head + "gone ./A\tphone\n./A\tG\tint\t?\tO\n", "8: the node stands out of order"),
    (head + "./B\tG\tint\t?\tO\n./A\tG\tint\t?\tO\n", "8: the node stands out of order"),
    (head + "./A\tG\tint\t?\tO\n./A\tG\tint\t?\tO\n", "8: the node stands out of order"),
  ]

  @Test(
    "a damaged catalogue is refused with the line that is wrong",
    arguments: Self.damages)
  func damaged(text: String, message: String) {
    do throws(CatalogError) {
      _ = try CSPCatalog(bytes: Array(text.utf8))
      Issue.record("accepted")
    } catch {
      #expect(error.description.hasPrefix(message), "\(error)")
    }
  }

  @Test("every line of the catalogue is written as it was read")
  func roundTrip() throws {
    var sets: [String: [UInt16]] = [:]
    for node in EmbeddedCatalogTests.ownNodes() {
      let line = CatalogLine.encode(node) { ids in
        let name = ids.map { String($0) }.joined(separator: "-")
        sets[name] = ids
        return name
      }
      #expect(try CatalogLine.decode(line) { sets[$0] } == node)
    }
  }

  @Test("no damage to a catalogue traps")
  func fuzz() {
    let nodes = EmbeddedCatalogTests.ownNodes().filter { !$0.dependencies.isEmpty || $0.isDynamic }.prefix(40)
    let original = CatalogWriter.write(Array(nodes), source: "s", date: CalendarDate(known: 2025, 1, 1))
    var generator = SeededGenerator(seed: 7)
    func random(_ bound: Int) -> Int { generator.below(bound) }
    var refused = 0
    for _ in 0..<600 {
      var bytes = original
      for _ in 0...random(3) { bytes[random(bytes.count)] = UInt8(random(256)) }
      do throws(CatalogError) {
        let catalog = try CSPCatalog(bytes: bytes)
        for node in catalog.nodes { _ = catalog.resolve(node.locURI) }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 150)
  }
}
