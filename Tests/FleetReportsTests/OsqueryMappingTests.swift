import PolicyModel
import Testing

@testable import FleetReports

/// What rows of osquery's tables tell.
@Suite struct OsqueryMappingTests {
  private static let row =
    "\"system_info.computer_name\":\"HANA-01\",\"system_info.hardware_vendor\":\"Dell Inc.\",\"system_info.hardware_model\":\"Latitude 7440\","
    + "\"os_version.name\":\"Microsoft Windows 11 Pro\",\"os_version.platform\":\"windows\",\"os_version.build\":\"22631\","
    + "\"os_version.revision\":\"4037\",\"tpm_info.manufacturer_name\":\"INTC\",\"tpm_info.spec_version\":\"2.0, 0, 1.59\","
    + "\"tpm_info.enabled\":\"1\",\"tpm_info.owned\":\"0\",\"bitlocker_info.drive_letter\":\"\",\"bitlocker_info.protection_status\":\"\","
    + "\"chassis_info.smbios_tag\":\"\""

  @Test func `a row gives what its tables give`() throws {
    let fleet = readFleet("[{\(Self.row)}]", as: .ndjson, by: "osquery")
    #expect(fleet.notes.isEmpty)
    let device = try #require(fleet.devices.first)
    #expect(device.isWindows == true)
    #expect(device.texts[.deviceName] == "HANA-01")
    #expect(device.texts[.tpmVersion] == "2.0, 0, 1.59")
    #expect(device.value("os.build") == .build(OSBuild(branch: 22631, revision: 4037)))
    #expect(device.value("tpm.version") == .version(Version(2, 0)))
    #expect(device.value("tpm.enabled") == .bool(true))
    #expect(device.value("device.platform") == .symbol("physical"))
    #expect(device.facts["os.build"]?.source == "osquery:1")
  }

  @Test func `a no that may be a failure stays unknown`() throws {
    let device = try #require(readFleet("{\(Self.row)}", as: .ndjson, by: "osquery").devices.first)
    #expect(device.reason("tpm.owned")?.contains("a no or a question that failed") == true)
  }

  @Test func `a table of which a row has nothing is empty`() throws {
    let device = try #require(readFleet("{\(Self.row)}", as: .ndjson, by: "osquery").devices.first)
    #expect(device.reason("bitlocker.os_volume") == "the table 'bitlocker_info' is empty")
  }

  @Test func `a log has its rows in columns, and one that is removed gives no facts`() throws {
    let fleet = readFleet(
      "{\"name\":\"fleet\",\"hostIdentifier\":\"x\",\"columns\":{\(Self.row)},\"action\":\"added\"}\n"
        + "{\"name\":\"fleet\",\"hostIdentifier\":\"x\",\"columns\":{\(Self.row)},\"action\":\"removed\"}\n",
      as: .ndjson, by: "osquery")
    #expect(fleet.devices.count == 2)
    #expect(fleet.devices.first?.value("os.build") != nil)
    #expect(fleet.devices.last?.facts.observations.isEmpty == true)
  }

  @Test func `rows come as CSV too`() throws {
    let fleet = readFleet(
      "hostname,os_version.platform,os_version.build,os_version.revision\nA,windows,22631,4037\n",
      by: "osquery")
    #expect(fleet.devices.first?.texts[.deviceName] == "A")
    #expect(fleet.devices.first?.value("os.build") == .build(OSBuild(branch: 22631, revision: 4037)))
  }
}
