import FleetReports
import PolicyModel
import Testing

@Suite struct FleetOrderTests {
  /// The texts of a column after sorting devices that have these.
  private func sorted(_ column: FleetColumn, _ texts: [String?], by order: String) throws -> [String?] {
    let devices = texts.enumerated().map { index, text in
      var device = FleetDevice(line: index + 1, texts: FleetTexts(), facts: FactSnapshot())
      device.texts[column] = text
      return device
    }
    return try Fleet.report(devices).sorted(by: FleetOrder(order)).rows.map { $0.texts[column] }
  }

  @Test func `builds and versions stand in natural order, what is missing last either way`() throws {
    let builds = ["10.0.22631.900", nil, "10.0.22631.2792", "10.0.9600.1", "10.0.22631"]
    let ascending = ["10.0.9600.1", "10.0.22631", "10.0.22631.900", "10.0.22631.2792"]
    #expect(try sorted(.osVersion, builds, by: "os_version") == ascending + [nil])
    #expect(try sorted(.osVersion, builds, by: "os_version:desc") == ascending.reversed() + [nil])
  }

  @Test func `dates and names stand as people expect`() throws {
    #expect(
      try sorted(.lastCheckIn, ["2025-10-01", "2025-09-30T10:00:00Z", "2024-12-31"], by: "last_check_in:asc")
        == ["2024-12-31", "2025-09-30T10:00:00Z", "2025-10-01"])
    #expect(
      try sorted(.deviceName, ["pc-10", "PC-9", "pc-010", "経理-2", "PC-9"], by: "device_name")
        == ["PC-9", "PC-9", "pc-010", "pc-10", "経理-2"])
  }

  @Test func `a number of any length is compared, and the order is a total one`() throws {
    let texts = [
      "9", "10", "010", "1\(String(repeating: "0", count: 400))", "", "a1", "a01b", "a1b", "0", "00", "é",
    ]
    let once = try sorted(.model, texts, by: "model")
    #expect(try sorted(.model, once, by: "model") == once)
    #expect(try sorted(.model, texts.reversed(), by: "model") == once)
    #expect(once.prefix(4) == ["0", "00", "9", "010"])
  }

  @Test func `equal devices keep the order of the input in either direction`() throws {
    let devices = (1...6).map { line in
      FleetDevice.laptop(line, line % 2 == 0 ? ["tpm.ready": .bool(false)] : [:])
    }
    let report = try Fleet.report(devices)
    #expect(report.sorted(by: try FleetOrder("verdict")).rows.map(\.line) == [1, 3, 5, 2, 4, 6])
    #expect(report.sorted(by: try FleetOrder("verdict:desc")).rows.map(\.line) == [2, 4, 6, 1, 3, 5])
    #expect(report.sorted(by: try FleetOrder("status_detail:desc")).rows.map(\.line) == [2, 4, 6, 1, 3, 5])
    #expect(report.sorted(by: try FleetOrder("line:desc")).rows.map(\.line) == [6, 5, 4, 3, 2, 1])
  }

  @Test(arguments: ReportColumn.allCases)
  func `every column sorts without losing a device`(column: ReportColumn) throws {
    let report = try Fleet.report([
      .laptop(1), .laptop(2, ["tpm.ready": .bool(false)]), .laptop(3, ["tpm.ready": nil]),
    ])
    let order = try FleetOrder(column.id)
    #expect(Set(report.sorted(by: order).rows.map(\.line)) == [1, 2, 3])
  }

  @Test(arguments: ["", "name", "line:up", ":desc", "line:desc:desc"])
  func `an order that is none is refused`(text: String) {
    #expect(throws: FleetChoiceError.self) { try FleetOrder(text) }
  }
}
