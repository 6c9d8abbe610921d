import PolicyModel
import TestSupport
import Testing

@testable import FleetReports

/// What holds of every input.
@Suite struct FleetReaderTests {
  private static let table =
    "\u{FEFF}sep=;\r\n\r\nDevice name;OS version;\"TPM\r\nversion\";tpm.ready\r\n"
    + "PC-1;10.0.22631.4037;\"2.0, 0, 1.59\";yes\r\n\r\n\"PC;\"\"2\"\"\";10.0.19045.1;1.2\r\n"
    + "営業;\"a\r\nb\";;maybe\r\n\"x\"y;;;\r\nPC-4;10.0.26100.1;2.0;no"

  private static let lines =
    "{\"device_name\":\"A\",\"os\":{\"build\":\"10.0.22631.1\"}}\r\n\n{\"device_name\":\"B\"\n[1]\n"
    + "{\"device_name\":\"営\\\"\\\\\",\"tpm.ready\":true,\"tpm.ready\":true}\n  {\n    \"device_name\": \"C\"\n}\n{}"

  private static let answer =
    "{\n  \"@odata.context\": \"x\",\n  \"value\": [\n    {\"device_name\": \"A\", \"b\": [{}]},\n    {\"device_name\": {\n"
    + "    {\"device_name\": \"C]}\"}, 7\n  ],\n  \"@odata.nextLink\": \"y\"\n}\n"

  @Test(arguments: [(FleetFormat.csv, table), (.ndjson, lines), (.ndjson, answer)])
  func `an input gives the same wherever it is cut`(format: FleetFormat, text: String) throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let bytes = Array(text.utf8)
    let whole = readFleet([bytes], as: format, by: mapping)
    #expect(whole.entries.count > 3)
    #expect(readFleet(bytes.map { [$0] }, as: format, by: mapping) == whole)
    for place in 0...bytes.count {
      let pieces = [Array(bytes[..<place]), [], Array(bytes[place...])]
      #expect(readFleet(pieces, as: format, by: mapping) == whole, "cut at \(place)")
    }
  }

  @Test func `each line of a damaged table is a device or a problem`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let rows = (1...12).map { "PC-\($0),10.0.22631.\($0),2.0,true,営業" }
    let intact = Array(rows.joined(separator: "\n").utf8)
    let heading = Array("device_name,os.build,tpm.version,tpm.ready,model\n".utf8)
    var random = SeededGenerator(seed: 20)
    for round in 0..<2000 {
      var bytes = intact
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert([0x0A, 0x0D, 0x2C, 0x20, 0xFF, 0x00].randomElement(using: &random) ?? 0, at: place)
        default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
      }
      // A quotation mark makes one row of several lines, as it should.
      bytes.removeAll { $0 == UInt8(ascii: "\"") }
      let fleet = readFleet([heading + bytes], as: .csv, by: mapping)
      let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }.filter { line in
        !line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      }
      #expect(fleet.error == nil)
      #expect(fleet.entries.count == lines.count, "round \(round)")
    }
  }

  @Test func `each line of damaged JSON is a device or a problem`() throws {
    let mapping = try #require(FleetMapping.embedded("policyc"))
    let intact = (1...12).map { "{\"device_name\":\"PC-\($0)\",\"os\":{\"build\":\"10.0.22631.\($0)\"}}" }
    var random = SeededGenerator(seed: 21)
    for round in 0..<2000 {
      var lines = intact.map { Array($0.utf8) }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let line = Int.random(in: 1..<lines.count, using: &random)
        guard lines[line].count > 2 else { continue }
        let place = Int.random(in: 1..<lines[line].count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: lines[line][place] = UInt8.random(in: 0x20...255, using: &random)
        case 1: lines[line].remove(at: place)
        default: lines[line].insert(UInt8.random(in: 0x20...255, using: &random), at: place)
        }
      }
      let fleet = readFleet([Array(lines.joined(separator: [0x0A]))], as: .ndjson, by: mapping)
      #expect(fleet.error == nil)
      #expect(fleet.entries.count == lines.count, "round \(round)")
      #expect(fleet.entries.map(\.line) == Array(1...12))
    }
  }
}

extension FleetEntry {
  /// The line of the input on which the row begins.
  var line: Int {
    switch self {
    case .device(let device): device.line
    case .problem(let problem): problem.line
    }
  }
}
