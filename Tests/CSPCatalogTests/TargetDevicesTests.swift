import Testing

@testable import CSPCatalog

@Suite struct TargetDevicesTests {
  private let day = CalendarDate(known: 2025, 2, 1)

  private func branches(_ texts: String..., on day: CalendarDate? = nil) throws -> [UInt32] {
    try TargetDevices(parsing: texts, on: day ?? self.day).targets.map(\.branch)
  }

  private func error(_ text: String, on day: CalendarDate? = nil) -> TargetError? {
    do throws(TargetError) {
      _ = try TargetDevices(parsing: [text], on: day ?? self.day)
      return nil
    } catch {
      return error
    }
  }

  @Test func `without a text the targets are the branches in service`() throws {
    let targets = try TargetDevices(parsing: [], on: day)
    #expect(targets.isDefault)
    #expect(targets.targets.map(\.branch) == [19045, 22621, 22631, 26100])
    #expect(targets.targets.allSatisfy { $0.revision == nil })
    #expect(try TargetDevices.inService(on: day) == targets)
  }

  @Test func `a product without a version is its branches in service`() throws {
    #expect(try branches("windows 11") == [22621, 22631, 26100])
    #expect(try branches("Windows 10, WINDOWS 11") == [19045, 22621, 22631, 26100])
    #expect(try branches("windows 10 or newer") == [19045, 22621, 22631, 26100])
    #expect(try branches("windows 11", on: CalendarDate(known: 2026, 3, 1)) == [22631, 26100, 26200, 28000])
  }

  @Test func `a version is its branch, in service or not`() throws {
    #expect(try branches("windows 10 1809,windows 11 22h2") == [17763, 22621])
    #expect(try branches("windows 11 21H2 or newer") == [22000, 22621, 22631, 26100])
    #expect(try branches("windows 11 22H2", "windows 10 22H2") == [19045, 22621])
  }

  @Test func `a build has its revision where it is written`() throws {
    let targets = try TargetDevices(parsing: ["10.0.22621.3000", "10.0.20348, 10.0.30000.1"], on: day)
    #expect(!targets.isDefault)
    #expect(targets.targets.map(\.branch) == [20348, 22621, 30000])
    #expect(targets.targets.map(\.revision) == [nil, 3000, 1])
    #expect(
      targets.targets.map(\.name) == [
        "Windows Server 2022", "Windows 11 22H2 revision 3000", "build 10.0.30000 revision 1",
      ])
  }

  @Test func `a branch at any revision takes in its revisions, and nothing stands twice`() throws {
    #expect(try branches("10.0.22621.5, windows 11 22H2, 10.0.22621.7") == [22621])
    #expect(try branches("10.0.22621.7, 10.0.22621.5, 10.0.22621.7") == [22621, 22621])
  }

  @Test func `for Home and Pro alone their earlier end of service counts`() throws {
    let pro = try TargetDevices.edition(named: "Pro")
    let enterprise = try TargetDevices.edition(named: "enterprise")
    #expect(
      try TargetDevices.inService(on: day, editions: [pro]).targets.map(\.branch) == [19045, 22631, 26100])
    #expect(try TargetDevices.inService(on: day, editions: [pro, enterprise]).targets.count == 4)
    #expect(try TargetDevices.edition(named: "Home Single-Language").ids == [0x64])
  }

  @Test func `an error names what was wrong and what may be meant`() {
    #expect(error("") == .empty)
    #expect(error("windows 11,") == .empty)
    #expect(error("ubuntu 24.04") == .unknownProduct("ubuntu 24.04"))
    #expect(error("windows") == .unknownProduct("windows"))
    #expect(error("windows 12") == .unknownProduct("windows 12"))
    #expect(error("22621") == .malformedBuild("22621"))
    #expect(error("10.1.22621") == .malformedBuild("10.1.22621"))
    #expect(error("windows 10 22H2 3000") == .unknownVersion(.windows10, "22h2 3000"))
    let version = error("windows 10 23H2")
    #expect(version?.description == "there is no Windows 10 23H2")
    #expect(
      version?.help == ["did you mean windows 11 23H2?", "did you mean windows 10 20H2?"])
    #expect(error("10.0.22612.1")?.help == ["Windows 11 22H2 is 10.0.22621"])
    #expect(error("10.0.22612.1")?.description == "no Windows shipped with build 22612")
    let late = CalendarDate(known: 2026, 1, 1)
    #expect(
      error("windows 10", on: late)?.help == ["name the version, such as windows 10 22H2, or another day"])
    #expect(
      error("windows 10", on: late)?.description
        == "no branch of Windows 10 that is known is in service on 2026-01-01")
    #expect(throws: TargetError.noneInService(nil, CalendarDate(known: 2040, 1, 1))) {
      try TargetDevices.inService(on: CalendarDate(known: 2040, 1, 1))
    }
    #expect(throws: TargetError.unknownEdition("entreprise")) {
      try TargetDevices.edition(named: "entreprise")
    }
    #expect(TargetError.unknownEdition("entreprise").help == ["did you mean enterprise?"])
  }
}
