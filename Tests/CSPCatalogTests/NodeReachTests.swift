import Testing

@testable import CSPCatalog

@Suite struct NodeReachTests {
  private func reach(
    _ builds: String, on targets: String, editions: [UInt16] = [], for named: [String] = []
  ) throws -> NodeReach {
    let node = CSPNode(
      locURI: "./Device/Vendor/MSFT/X", scope: .device, access: .get, format: .int, occurrence: .one,
      applicability: try #require(NodeApplicability(builds)), editions: editions)
    let devices = try TargetDevices(
      parsing: [targets], on: CalendarDate(known: 2025, 2, 1),
      editions: named.map { try TargetDevices.edition(named: $0) })
    return NodeReach(of: node, on: devices)
  }

  @Test func `a node without builds is everywhere`() throws {
    #expect(try reach("", on: "windows 10 1507, windows 11").isEverywhere)
  }

  @Test func `a branch that is too old is a gap, and one at any revision a condition`() throws {
    let reach = try reach(
      "10.0.22621, 10.0.22000.1165", on: "windows 10 22H2, windows 11 21H2, windows 11 23H2")
    #expect(reach.gaps.map(\.target.branch) == [19045])
    #expect(reach.conditions.map(\.revision) == [1165])
    #expect(!reach.isNowhere && !reach.isEverywhere)
  }

  @Test func `a revision decides where it is named`() throws {
    let low = try reach("10.0.22621, 10.0.22000.1165", on: "10.0.22000.1164")
    #expect(low.gaps.map(\.lack) == [.revision(1165)])
    #expect(low.isNowhere && !low.isFuture)
    #expect(try reach("10.0.22621, 10.0.22000.1165", on: "10.0.22000.1165").isEverywhere)
  }

  @Test func `a node that waits for a future Windows is nowhere, unless an update brought it to a target`()
    throws
  {
    #expect(try reach("99.9.99999", on: "windows 11 24H2").isFuture)
    #expect(try !reach("99.9.99999", on: "windows 11 24H2").isEverywhere)
    let backported = try reach("99.9.99999, 10.0.26100.2314", on: "10.0.26100.3000, 10.0.22621.1")
    #expect(backported.gaps.map(\.target.branch) == [22621])
    #expect(!backported.isNowhere && !backported.isFuture)
  }

  @Test func `an edition that the node does not list lacks it, and none does where none is named`() throws {
    let ids: [UInt16] = [0x4, 0x1B]
    let mixed = try reach("", on: "windows 11 23H2", editions: ids, for: ["home", "enterprise"])
    #expect(mixed.lackingEditions.map(\.name) == ["home"])
    #expect(!mixed.isInNoEdition)
    #expect(try reach("", on: "windows 11 23H2", editions: ids, for: ["home"]).isInNoEdition)
    #expect(try reach("", on: "windows 11 23H2", editions: ids).isEverywhere)
    #expect(try reach("", on: "windows 11 23H2", for: ["home"]).isEverywhere)
  }
}
