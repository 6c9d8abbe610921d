import PolicyModel
import Testing

@testable import FleetReports

@Suite struct CSVInputTests {
  private func names(_ fleet: ReadFleet) -> [String?] { fleet.devices.map { $0.texts[.deviceName] } }

  @Test func `a row is a device with the line on which it begins`() throws {
    let fleet = readFleet("device_name,os.build\nPC-1,10.0.22631.4037\nPC-2,10.0.19045.1\n")
    #expect(names(fleet) == ["PC-1", "PC-2"])
    #expect(fleet.devices.map(\.line) == [2, 3])
    #expect(fleet.devices[0].value("os.build") == .build(OSBuild(branch: 22631, revision: 4037)))
    #expect(fleet.devices[0].facts["os.build"]?.source == "policyc:2 os.build")
    #expect(fleet.devices[0].facts["os.build"]?.level == .reported)
    #expect(fleet.error == nil)
    #expect(fleet.problems.isEmpty)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `lines end in any of three ways, and blank ones are not rows`(end: String) {
    let text = ["", "device_name,model", "A,x", "", "  ", "B,y", ""].joined(separator: end)
    let fleet = readFleet(text)
    #expect(names(fleet) == ["A", "B"])
    #expect(fleet.devices.map(\.line) == [3, 6])
  }

  @Test func `a field in quotation marks holds separators, line ends and quotation marks`() {
    let fleet = readFleet("device_name,model\r\n\"a,\"\"b\"\"\r\nc\",\"\"\r\nd,e\r\n")
    #expect(names(fleet) == ["a,\"b\"\r\nc", "d"])
    #expect(fleet.devices.map(\.line) == [2, 4])
    #expect(fleet.devices[0].texts[.model] == nil)
  }

  @Test func `a quotation mark within a field is text`() {
    #expect(names(readFleet("device_name,model\na\"b\"c,x\n")) == ["a\"b\"c"])
  }

  @Test(arguments: [",", ";", "\t"])
  func `the separator is the one that the heading has`(separator: String) {
    let text =
      ["device_name", "model", "os_version"].joined(separator: separator) + "\n"
      + ["\"x;y,z\"", "m", "10.0.22631.1"].joined(separator: separator)
    let fleet = readFleet(text)
    #expect(names(fleet) == ["x;y,z"])
    #expect(fleet.devices.first?.texts[.osVersion] == "10.0.22631.1")
  }

  @Test func `a first line tells the separator`() {
    let fleet = readFleet("sep=|\r\ndevice_name|model\r\na|b\r\n")
    #expect(names(fleet) == ["a"])
    #expect(fleet.devices.first?.line == 3)
  }

  @Test func `a byte order mark is no text`() {
    #expect(names(readFleet("\u{FEFF}device_name\nPC\n")) == ["PC"])
  }

  @Test func `UTF-16 is read by its byte order mark`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let units = Array("\u{FEFF}デバイス名\tモデル\r\n営業-01\t😀\r\n".utf16)
    for isBigEndian in [false, true] {
      let bytes = units.flatMap { unit in
        let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        return isBigEndian ? pair.reversed() : pair
      }
      let fleet = readFleet([bytes], as: .csv, by: mapping)
      #expect(names(fleet) == ["営業-01"])
      #expect(fleet.devices.first?.texts[.model] == "😀")
    }
  }

  @Test func `half a character of UTF-16 is a damaged row`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let units = Array("\u{FEFF}device_name\nA\n".utf16) + [0xD800] + Array("\nB".utf16)
    let fleet = readFleet([units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }], as: .csv, by: mapping)
    #expect(names(fleet) == ["A", "B"])
    #expect(fleet.problems.map(\.line) == [3])
  }

  @Test func `what Japanese Excel saves is code page 932`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    // デバイス名,モデル / 営業部ノート,表 / A,B: the second bytes of some letters are brackets and bars.
    let heading: [UInt8] = [
      0x83, 0x66, 0x83, 0x6F, 0x83, 0x43, 0x83, 0x58, 0x96, 0xBC, 0x2C, 0x83, 0x82, 0x83, 0x66, 0x83, 0x8B,
    ]
    let row: [UInt8] = [
      0x89, 0x63, 0x8B, 0xC6, 0x95, 0x94, 0x83, 0x6D, 0x81, 0x5B, 0x83, 0x67, 0x2C, 0x95, 0x5C,
    ]
    let fleet = readFleet([heading + [10] + row + [10] + Array("A,B\n".utf8)], as: .csv, by: mapping)
    #expect(names(fleet) == ["営業部ノート", "A"])
    #expect(fleet.devices.first?.texts[.model] == "表")
  }

  @Test func `text that is not UTF-8 is a damaged row`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let bytes = Array("device_name\nA\n".utf8) + [0xFC, 0x62, 0x0A] + Array("é\nB\n".utf8)
    let fleet = readFleet([bytes], as: .csv, by: mapping)
    #expect(names(fleet) == ["A", "é", "B"])
    #expect(fleet.problems.map(\.line) == [3])
    #expect(fleet.problems.first?.reason.contains("UTF-8") == true)
  }

  @Test func `a row with too few or too many fields is a problem with its line`() {
    let fleet = readFleet("device_name,model\nA\nB,b\nC,c,d\n,\n")
    #expect(names(fleet) == ["B"])
    #expect(fleet.problems.map(\.line) == [2, 4, 5])
    #expect(fleet.problems[0].reason == "the row has 1 field, and the heading has 2")
    #expect(fleet.problems[1].reason == "the row has 3 fields, and the heading has 2")
    #expect(fleet.problems[2].reason == "every field of the row is empty")
  }

  @Test func `text behind a closing quotation mark is a problem`() {
    let fleet = readFleet("device_name,model\nA,\"b\"c\nB,b\n")
    #expect(names(fleet) == ["B"])
    #expect(fleet.problems.map(\.line) == [2])
  }

  @Test func `a quotation mark that is never closed is a problem that says how far it goes`() {
    let fleet = readFleet("device_name,model\nA,a\nB,\"b\nC,c\n")
    #expect(names(fleet) == ["A"])
    #expect(fleet.problems.map(\.line) == [3])
    #expect(fleet.problems.first?.reason.contains("up to the end, line 5") == true)
  }

  @Test func `a row that is too long is a problem, and reading goes on behind it`() {
    let limits = FleetLimits(rowBytes: 64, columns: 8)
    let long = String(repeating: "x", count: 100)
    let plain = readFleet("device_name,model\n\(long),b\nB,b\n", limits: limits)
    #expect(names(plain) == ["B"])
    #expect(plain.problems.map(\.line) == [2])
    let open = readFleet("device_name,model\nA,\"\(long)\nB,b\nC,c\n", limits: limits)
    #expect(names(open) == ["B", "C"])
    #expect(open.problems.map(\.line) == [2])
  }

  @Test func `a row of too many fields is a problem`() {
    let fleet = readFleet(
      "device_name,model\na,b,c,d,e\nB,b\n", limits: FleetLimits(rowBytes: 1000, columns: 4))
    #expect(names(fleet) == ["B"])
    #expect(fleet.problems.first?.reason == "the row has more than 4 fields")
  }

  @Test func `zero bytes are a problem`() {
    #expect(readFleet("device_name,model\nA\0,b\n").problems.map(\.line) == [2])
  }

  @Test func `an input without a heading cannot be read`() {
    #expect(readFleet("").error?.line == 1)
    #expect(readFleet("\n\n").error?.message.contains("empty") == true)
    #expect(readFleet("sep=;\n").error?.message.contains("empty") == true)
  }

  @Test func `a heading alone has no rows, which is noted`() {
    let fleet = readFleet("device_name,model\n")
    #expect(fleet.entries.isEmpty)
    #expect(fleet.notes == ["the input has a heading and no rows"])
    #expect(fleet.error == nil)
  }

  @Test func `a column twice in the heading cannot be read`() {
    let fleet = readFleet("model,device_name, Device_Name \nA,B,C\n")
    #expect(
      fleet.error == FleetInputError(line: 1, message: "the heading has the column 'Device_Name' twice"))
    #expect(fleet.entries.isEmpty)
  }

  @Test func `a heading of which nothing is known names the mapping that fits`() {
    let fleet = readFleet("\nSerial number,OwnerType\nA,B\n")
    #expect(fleet.error?.line == 2)
    #expect(fleet.error?.message.contains("the mapping 'intune' knows 2 of them") == true)
  }

  @Test func `a heading that never ends cannot be read`() {
    let fleet = readFleet(String(repeating: "a", count: 100), limits: FleetLimits(rowBytes: 64, columns: 8))
    #expect(fleet.error?.message.contains("more than 64 bytes") == true)
  }

  @Test func `columns that mean nothing are noted`() {
    let fleet = readFleet("device_name,Colour,\nA,red,\n")
    #expect(fleet.notes == ["the mapping 'policyc' does not know the column 'Colour'"])
    #expect(names(fleet) == ["A"])
  }
}
