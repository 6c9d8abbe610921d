import CSPCatalog
import DeviceReports
import Diagnostics
import PolicyModel
import TestSupport
import Testing

@testable import FleetReports

@Suite struct FleetMappingTests {
  private func mapping(_ columns: String) throws -> FleetMapping {
    try FleetMapping(yaml: Array("version: 1\ncolumns:\n\(columns)".utf8), name: "mine")
  }

  /// The error that a mapping is refused with.
  private func refusal(_ yaml: String) -> FleetMappingError? {
    do throws(FleetMappingError) {
      _ = try FleetMapping(yaml: Array(yaml.utf8), name: "mine")
      return nil
    } catch {
      return error
    }
  }

  private func read(_ text: String, by mapping: FleetMapping) -> ReadFleet {
    readFleet([Array(text.utf8)], as: .csv, by: mapping)
  }

  @Test(arguments: FleetMapping.embeddedNames)
  func `a mapping that is shipped is read`(name: String) throws {
    #expect(try #require(FleetMapping.embedded(name)).name == name)
  }

  @Test func `there is no other mapping`() { #expect(FleetMapping.embedded("fleet") == nil) }

  @Test func `our own mapping has every column of the report by its name and its titles`() throws {
    let own = try #require(FleetMapping.embedded("policyc"))
    for column in ReportColumn.allCases where ![.attestationStatus, .statusDetail].contains(column) {
      for name in [column.id, column.title[.english], column.title[.japanese]] {
        let found = try #require(own.column(folded: foldedName(name)), "\(name)")
        if case .told(let shown) = column {
          #expect(found.shows == shown)
        } else {
          #expect(found.shows == nil)
        }
      }
    }
  }

  @Test func `every fact is a column of our own form`() throws {
    var book = FleetFieldBook(mapping: try #require(FleetMapping.embedded("policyc")))
    for fact in FactCatalog.embedded.entries { #expect(book.field(named: fact.name).fact == fact.name) }
  }

  @Test func `names of columns count whatever their case and blanks`() throws {
    let fleet = read(
      "  COMPUTER   name ;X\nA;b\n",
      by: try mapping("  - {column: [Name, Computer Name], shows: device_name}\n"))
    #expect(fleet.devices.first?.texts[.deviceName] == "A")
  }

  @Test func `texts are shown in place of others, and values are facts`() throws {
    let mapping = try mapping(
      """
        - column: Owner
          shows: ownership
          texts: {c: Company}
          gives: device.ownership
          values: {c: corporate, shared: null}
      """)
    let fleet = read("Owner,x\nC,\nPersonal,\nSHARED,\nnobody,\n", by: mapping)
    #expect(fleet.devices.map { $0.texts[.ownership] } == ["Company", "Personal", "SHARED", "nobody"])
    #expect(
      fleet.devices.map { $0.value("device.ownership") }
        == [.symbol("corporate"), .symbol("personal"), nil, nil])
    #expect(fleet.devices[2].facts["device.ownership"] == nil)
    #expect(
      fleet.devices[3].reason("device.ownership")
        == "the column 'Owner' holds 'nobody', which is not one of corporate, personal")
  }

  @Test func `a text may give several facts, and one that is not known leaves all of them unknown`() throws {
    let mapping = try mapping(
      """
        - column: Result
          values:
            Bad: {tpm.ready: false, attestation.aik_certificate: false}
            Fine: {}
      """)
    let fleet = read("Result,x\nbad,\nfine,\nodd,\n,1\n", by: mapping)
    #expect(fleet.devices[0].value("tpm.ready") == .bool(false))
    #expect(fleet.devices[0].value("attestation.aik_certificate") == .bool(false))
    #expect(fleet.devices[1].facts.observations.isEmpty)
    #expect(
      fleet.devices[2].reason("tpm.ready") == "the column 'Result' holds 'odd', which is not known here")
    #expect(fleet.devices[3].facts.observations.isEmpty)
  }

  @Test func `columns that contradict each other are recorded`() throws {
    let mapping = try mapping("  - {column: A, gives: tpm.ready}\n  - {column: B, gives: tpm.ready}\n")
    let device = try #require(read("A,B\nyes,no\n", by: mapping).devices.first)
    #expect(device.value("tpm.ready") == .bool(true))
    #expect(device.facts.contradictions.map(\.setAside.source) == ["mine:2 B"])
    #expect(read("A,B\nmaybe,no\n", by: mapping).devices.first?.value("tpm.ready") == .bool(false))
  }

  @Test func `texts that are not told leave a fact unsaid`() throws {
    let yaml = "version: 1\nnot_told: [N/A]\ncolumns: [{column: A, gives: tpm.ready}]"
    let mapping = try FleetMapping(yaml: Array(yaml.utf8), name: "mine")
    for device in read("A,B\nn/a,1\n N/A ,1\n,1\n", by: mapping).devices {
      #expect(device.facts["tpm.ready"] == nil)
    }
  }

  @Test func `facts count in the rows that the mapping names`() throws {
    let yaml = """
      version: 1
      facts_where: {column: OS, is: [Windows, Windows 11]}
      columns: [{column: Build, shows: os_version, gives: os.build}]
      """
    let mapping = try FleetMapping(yaml: Array(yaml.utf8), name: "mine")
    let fleet = read("OS,Build\nwindows,10.0.22631.1\niOS,10.0.1.1\n,10.0.22631.1\n", by: mapping)
    #expect(fleet.devices[0].value("os.build") == .build(OSBuild(branch: 22631, revision: 1)))
    #expect(fleet.devices[1].reason("os.build") == "the column 'OS' holds 'iOS', not Windows or Windows 11")
    #expect(fleet.devices[1].texts[.osVersion] == "10.0.1.1")
    #expect(fleet.devices[2].value("os.build") != nil)
  }

  @Test(arguments: [
    ("columns: []", "1:1: the mapping lacks the key 'version'"),
    ("version: 2\ncolumns: []", "1:10: the version of the mapping is 1"),
    ("version: 1\ncolums: []", "2:1: the mapping has no key 'colums'; did you mean 'columns'?"),
    ("version: 1\ncolumns: []", "1:1: the mapping has no columns"),
    (
      "version: 1\ncolumns: [{column: A}]",
      "2:11: the column 'A' shows nothing, gives no fact and is not ignored"
    ),
    (
      "version: 1\ncolumns: [{column: A, ignore: true, shows: os}]",
      "2:11: the column 'A' is ignored and used"
    ),
    (
      "version: 1\ncolumns: [{column: A, shows: os_verson}]",
      "2:30: the report has no column 'os_verson'; did you mean 'os_version'?"
    ),
    (
      "version: 1\ncolumns: [{column: A, gives: tpm.redy}]",
      "2:30: there is no fact 'tpm.redy'; did you mean tpm.ready"
    ),
    (
      "version: 1\ncolumns: [{column: A, gives: {tpm.version: first}}]",
      "2:44: there is no reading 'first' (the readings: whole, before_comma, third_part, presence, tpm_vendor)"
    ),
    (
      "version: 1\ncolumns: [{column: A, gives: tpm.ready, values: {x: maybe}}]",
      "2:53: tpm.ready is 'maybe'; it is true or false"
    ),
    (
      "version: 1\ncolumns: [{column: A, gives: cpu.cores, values: {x: 0}}]",
      "2:53: cpu.cores is '0'; it is a whole number from 1 to 65536"
    ),
    (
      "version: 1\ncolumns: [{column: A, values: {x: false}}]",
      "2:35: the text 'x' has a value without a fact, and the column does not give one fact"
    ),
    (
      "version: 1\ncolumns: [{column: A, values: {x: {}, X: {}}}]",
      "2:39: the text 'X' is given twice, but for its case"
    ),
    (
      "version: 1\ncolumns: [{column: A, shows: os}, {column: [B, ' a'], shows: os}]",
      "2:35: the column ' a' is given twice"
    ),
    (
      "version: 1\ncolumns: [{column: A, texts: {x: y}, gives: tpm.ready}]",
      "2:30: the column 'A' has texts and shows nothing"
    ),
  ])
  func `what a mapping cannot mean is refused with its place`(yaml: String, message: String) throws {
    let error = try #require(refusal(yaml))
    #expect(error.description.hasPrefix("mine:\(message)"), "\(error)")
  }

  @Test func `every column of the query for osquery is known`() throws {
    var book = FleetFieldBook(mapping: try #require(FleetMapping.embedded("osquery")))
    let query = String(
      decoding: try #require(Checkout.files(below: "docs", suffix: ".sql").first).bytes, as: UTF8.self)
    let names = query.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }.map {
      String($0.element)
    }
    #expect(names.count > 30)
    for name in names { #expect(book.field(named: name).table != nil, "\(name)") }
  }
}
