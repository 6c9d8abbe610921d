import Foundation
import Testing

@testable import CSPCatalog

@Suite("WindowsBranch") struct WindowsBranchTests {
  @Test("branches ascend and each has a name of its own")
  func table() {
    #expect(WindowsBranch.all.map(\.build) == WindowsBranch.all.map(\.build).sorted())
    #expect(Set(WindowsBranch.all.map(\.name)).count == 20)
    #expect(WindowsBranch.branches(of: .windows10).count == 14)
    for branch in WindowsBranch.all {
      #expect(WindowsBranch.shipped(build: branch.build) == branch)
      #expect(WindowsBranch.shipped(branch.product, version: branch.version.lowercased()) == branch)
      #expect(branch.released < branch.endOfHomePro && branch.endOfHomePro <= branch.endOfEnterprise)
    }
  }

  @Test(
    "a branch is in service from its release to its last day, for Enterprise longer than for Home and Pro")
  func service() throws {
    let branch = try #require(WindowsBranch.shipped(.windows11, version: "22H2"))
    func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
    #expect(try !branch.isInService(on: day("2022-09-19")))
    #expect(try branch.isInService(on: day("2022-09-20"), for: .homePro))
    #expect(try branch.isInService(on: day("2024-10-08"), for: .homePro))
    #expect(try !branch.isInService(on: day("2024-10-09"), for: .homePro))
    #expect(try branch.isInService(on: day("2025-10-14"), for: .enterprise))
    #expect(try !branch.isInService(on: day("2025-10-15"), for: .enterprise))
  }

  @Test("a build that no client has is a server's or never shipped")
  func strangers() {
    #expect(WindowsBranch.stranger(build: 22621) == nil)
    #expect(WindowsBranch.stranger(build: 20348) == .server("Windows Server 2022"))
    #expect(WindowsBranch.stranger(build: 25398) == .server("Windows Server 23H2"))
    func near(_ build: UInt32) -> [String] {
      guard case .neverShipped(let near) = WindowsBranch.stranger(build: build) else { return [] }
      return near.map(\.name)
    }
    #expect(near(22361) == ["Windows 11 23H2"])
    #expect(near(23456) == ["Windows 11 23H2", "Windows 11 24H2"])
    #expect(near(22612) == ["Windows 11 22H2"])
    #expect(near(1) == ["Windows 10 1507"])
    #expect(near(.max) == ["Windows 11 26H1"])
  }

  @Test("a version of the other Windows, or one nearly spelt so, is suggested")
  func suggestions() {
    #expect(
      WindowsBranch.suggestions(for: .windows10, version: "23H2").map(\.name).first == "Windows 11 23H2")
    #expect(
      WindowsBranch.suggestions(for: .windows11, version: "24H3").map(\.name).contains("Windows 11 24H2"))
    #expect(WindowsBranch.suggestions(for: .windows11, version: "banana").isEmpty)
  }

  @Test(
    "dates are those of endoflife.date",
    .enabled(if: SharedData.hasBranches, "no shared/data beside the checkout"))
  func dates() throws {
    var rows: [String: [String]] = [:]
    for line in try String(contentsOf: SharedData.branches, encoding: .utf8).split(separator: "\n")
      .dropFirst()
    {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      rows[fields[0]] = fields
    }
    for branch in WindowsBranch.all {
      let cycle = "\(branch.product == .windows10 ? "10" : "11")-\(branch.version.lowercased())"
      let home = try #require(rows["\(cycle)-w"] ?? rows[cycle])
      let enterprise = try #require(rows["\(cycle)-e"] ?? rows[cycle])
      #expect(home[7] == "10.0.\(branch.build)")
      #expect(home[2] == branch.released.description)
      #expect(home[4] == branch.endOfHomePro.description)
      #expect(enterprise[4] == branch.endOfEnterprise.description)
    }
  }
}

@Suite("CalendarDate") struct CalendarDateTests {
  @Test("days are read and written", arguments: ["2025-02-28", "2024-02-29", "0001-01-01", "9999-12-31"])
  func roundTrip(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test("a month is its first day")
  func month() {
    #expect(CalendarDate("2025-02")?.description == "2025-02-01")
  }

  @Test(
    "what is no day is none",
    arguments: [
      "2025-02-29", "2025-13-01", "2025-00-01", "2025-1-1", "25-01-01", "2025", "", "2025-02-28x",
      "+025-01-01",
      "2025-01-01-01", "2025-01-0１",
    ])
  func noDay(text: String) {
    #expect(CalendarDate(text) == nil)
  }
}

@Suite("WindowsEdition") struct WindowsEditionTests {
  @Test("names and ids are distinct")
  func distinct() {
    #expect(Set(WindowsEdition.all.map(\.name)).count == WindowsEdition.all.count)
    let ids = WindowsEdition.all.flatMap(\.ids)
    #expect(Set(ids).count == ids.count)
    #expect(WindowsEdition.named("pro")?.ids == [0x30])
    #expect(WindowsEdition.of(id: 0x65)?.name == "home")
    #expect(WindowsEdition.of(id: 0xBC) == nil)
  }
}

@Suite("NodeNeed") struct NodeNeedTests {
  @Test("every claim is about a node of the catalogue and has a source")
  func exists() {
    for claim in NodeNeed.all {
      #expect(CSPCatalog.embedded.node(at: claim.path)?.locURI == claim.path, "\(claim.path)")
      #expect(!claim.source.isEmpty)
    }
    #expect(Set(NodeNeed.all.map(\.path)).count == NodeNeed.all.count)
  }

  @Test("the longest path above a node decides, and names are compared whole")
  func longest() throws {
    let catalog = CSPCatalog.embedded
    func need(_ path: String) throws -> HardwareNeed? {
      catalog.needs(of: try #require(catalog.node(at: "./Device/Vendor/MSFT/\(path)")))
    }
    #expect(try need("Policy/Config/ADMX_TPM/OSManagedAuth_Name") == .tpm)
    #expect(try need("Policy/Config/ADMX_TPM/UseLegacyDAP_Name") == .tpm20)
    #expect(try need("Policy/Config/DeviceGuard/LsaCfgFlags") == .vbsHardware)
    #expect(try need("DMClient/Provider/x/Recovery/InitiateRecovery") == .tpmReady)
    #expect(try need("DMClient/Provider/x/Recovery/RecoveryStatus") == nil)
    #expect(try need("DeviceStatus/TPM/ManufacturerIdTxt") == .tpm)
    #expect(try need("DeviceStatus/TPM/SpecificationVersion") == nil)
    #expect(try need("HealthAttestation/TriggerAttestation") == .tpm20)
    #expect(try need("DeviceStatus/SecureBootState") == nil)
  }
}
