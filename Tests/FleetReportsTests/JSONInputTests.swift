import PolicyModel
import Testing

@testable import FleetReports

@Suite struct JSONInputTests {
  private func read(_ text: String, by mapping: String = "policyc", limits: FleetLimits = FleetLimits())
    -> ReadFleet
  {
    readFleet(text, as: .ndjson, by: mapping, limits: limits)
  }

  private func names(_ fleet: ReadFleet) -> [String?] { fleet.devices.map { $0.texts[.deviceName] } }

  @Test func `a line is a device`() {
    let fleet = read("{\"device_name\":\"A\",\"tpm.ready\":true,\"cpu.cores\":8}\n\n{\"device_name\":\"B\"}")
    #expect(names(fleet) == ["A", "B"])
    #expect(fleet.devices.map(\.line) == [1, 3])
    #expect(fleet.devices[0].value("tpm.ready") == .bool(true))
    #expect(fleet.devices[0].value("cpu.cores") == .int(8))
  }

  @Test func `objects within a device are names with dots`() throws {
    let fleet = read(
      "{\"device_name\":\"A\",\"os\":{\"build\":\"10.0.22631.1\"},\"tpm\":{\"version\":\"2.0\",\"ready\":null}}"
    )
    let device = try #require(fleet.devices.first)
    #expect(device.value("os.build") == .build(OSBuild(branch: 22631, revision: 1)))
    #expect(device.value("tpm.version") == .version(Version(2, 0)))
    #expect(device.facts["tpm.ready"] == nil)
  }

  @Test func `a fact is read as a probe writes it`() throws {
    let fleet = read(
      "{\"tpm.ready\":{\"value\":false,\"source\":\"windows\",\"level\":\"attested\"},\"tpm.version\":{\"unknown\":\"no rights\"},"
        + "\"os.build\":{\"worth\":1}}")
    let device = try #require(fleet.devices.first)
    #expect(device.value("tpm.ready") == .bool(false))
    #expect(device.facts["tpm.ready"]?.level == .reported)
    #expect(device.reason("tpm.version") == "no rights")
    #expect(device.reason("os.build")?.contains("an object with 'worth'") == true)
  }

  @Test func `a value that is no text leaves its fact unknown`() throws {
    let device = try #require(
      read("{\"tpm.ready\":[true],\"cpu.cores\":1.5,\"device_name\":\"A\"}").devices.first)
    #expect(device.reason("tpm.ready") == "the column 'tpm.ready' holds an array, which is no text")
    #expect(device.reason("cpu.cores") == "the column 'cpu.cores' holds '1.5', which is not a whole number")
  }

  @Test func `an array has a device an element`() {
    let fleet = read("[{\"device_name\":\"A\"},\n {\"device_name\":\n  \"B\"}, 7, {\"device_name\":\"C\"}]\n")
    #expect(names(fleet) == ["A", "B", "C"])
    #expect(fleet.devices.map(\.line) == [1, 2, 3])
    #expect(fleet.problems.map(\.reason) == ["expected an object, found an integer"])
  }

  @Test func `an answer of Graph has its devices in value`() {
    let fleet = read(
      "{\"@odata.context\":\"c\",\"@odata.nextLink\":\"n\",\"value\":[{\"deviceName\":\"A\",\"osVersion\":\"10.0.22631.1\","
        + "\"operatingSystem\":\"Windows\"},{\"deviceName\":\"B\"}]}\n{\"value\":[{\"deviceName\":\"C\"}]}",
      by: "intune")
    #expect(names(fleet) == ["A", "B", "C"])
    #expect(fleet.devices[0].value("os.build") != nil)
    #expect(fleet.notes.contains { $0.contains("nextLink") })
    #expect(fleet.problems.isEmpty)
  }

  @Test func `an array without elements has no devices`() {
    for text in ["[]", "{\"value\": []}", "[\n]\n"] {
      let fleet = read(text)
      #expect(fleet.entries.isEmpty)
      #expect(fleet.notes == ["the input has no devices"])
      #expect(fleet.error == nil)
    }
  }

  @Test func `an empty input cannot be read`() {
    #expect(read("\n \n").error?.message == "the input is empty; it has a JSON object for each device")
  }

  @Test func `an input that is cut is a problem`() {
    let fleet = read("[{\"device_name\":\"A\"},\n{\"device_name\":\"B\"")
    #expect(names(fleet) == ["A"])
    #expect(fleet.problems.map(\.line) == [2, 1])
    #expect(read("{\"value\":[{\"device_name\":\"A\"}]").problems.map(\.line) == [1])
  }

  @Test func `a device over several lines is one`() {
    let fleet = read("{\n  \"device_name\": \"A\"\n}\n{\n  \"device_name\": \"B\",\n  \"os\": {\n  }\n}\n")
    #expect(names(fleet) == ["A", "B"])
    #expect(fleet.devices.map(\.line) == [1, 4])
  }

  @Test func `a brace that is missing costs one device`() {
    let lines = read("{\"device_name\":\"A\"}\n{\"device_name\":{\"B\"\n{\"device_name\":\"C\"}\n")
    #expect(names(lines) == ["A", "C"])
    #expect(lines.problems.map(\.line) == [2])
    let array = read(
      "[\n  {\"device_name\":\"A\"},\n  {\"device_name\":\"B\",\n  {\"device_name\":\"C\"}\n]\n")
    #expect(names(array) == ["A", "C"])
    #expect(array.problems.map(\.line) == [3])
    let spread = read("{\n  \"device_name\": \"A\",\n\n{\n  \"device_name\": \"B\"\n}\n")
    #expect(names(spread) == ["B"])
    #expect(spread.problems.map(\.line) == [1])
  }

  @Test func `what is no device is a problem with its place`() {
    let fleet = read(
      "{\"device_name\":\"A\",\"device_name\":\"B\"}\n[1]\nnull\n{}\n{\"colour\":1}\n"
        + String(repeating: "{\"a\":", count: 40))
    #expect(fleet.devices.isEmpty)
    #expect(fleet.problems.map(\.line) == [1, 2, 3, 4, 5, 6])
    #expect(fleet.problems[0].reason == "column 20: expected each name once, found \"device_name\" again")
    #expect(fleet.problems[3].reason == "it has no columns")
    #expect(fleet.problems[4].reason == "the mapping 'policyc' knows none of the columns 'colour'")
    #expect(fleet.problems[5].reason.contains("at most 32 deep"))
  }

  @Test func `a device that is too long is a problem, and reading goes on behind it`() {
    let long = String(repeating: "x", count: 100)
    let fleet = read(
      "{\"device_name\":\"\(long)\"}\n{\"device_name\":\"B\"}\n",
      limits: FleetLimits(rowBytes: 64, columns: 8))
    #expect(names(fleet) == ["B"])
    #expect(fleet.problems.map(\.reason) == ["the object has more than 64 bytes"])
    let wide = read(
      "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"device_name\":\"A\"}", limits: FleetLimits(rowBytes: 64, columns: 4)
    )
    #expect(wide.problems.map(\.reason) == ["the object has more than 4 members"])
  }

  @Test(arguments: [
    ("fleet.csv", FleetFormat.csv), ("a/b.TSV", .csv), ("x.ndjson", .ndjson), ("x.json", .ndjson),
    ("x.jsonl", .ndjson),
  ])
  func `an extension tells the form`(path: String, format: FleetFormat) {
    #expect(FleetFormat(path: path) == format)
  }

  @Test func `the beginning tells the form`() {
    #expect(FleetFormat(path: "fleet") == nil)
    #expect(FleetFormat(path: "a.json/fleet") == nil)
    #expect(FleetFormat(beginning: Array("\u{FEFF}\n {".utf8)) == .ndjson)
    #expect(FleetFormat(beginning: [0xFF, 0xFE, 0x5B, 0x00]) == .ndjson)
    #expect(FleetFormat(beginning: Array("Device name".utf8)) == .csv)
    #expect(FleetFormat(beginning: []) == .csv)
  }
}
