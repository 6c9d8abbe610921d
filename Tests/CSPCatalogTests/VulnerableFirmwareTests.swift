import CSPCatalog
import PolicyModel
import Testing

@Suite("The table of vulnerable firmware")
struct VulnerableFirmwareTests {
  private let table = VulnerableFirmware.embedded

  private func vulnerabilities(_ maker: String, _ firmware: String, _ family: String? = "2.0") throws
    -> [String]
  {
    table.rows(
      manufacturer: maker, firmware: try #require(Version(firmware)), family: family.flatMap { Version($0) }
    ).map(\.cve)
  }

  @Test("every row names the maker's page and versions that are fixed, and a maker of the fact catalogue")
  func sources() throws {
    let makers = try #require(FactCatalog.embedded["tpm.manufacturer"])
    #expect(table.rows.count >= 9)
    for row in table.rows {
      #expect(row.advisory.hasPrefix("https://") && row.source.hasPrefix("https://"), "\(row.cve)")
      #expect(!row.fixed.isEmpty, "\(row.cve)")
      #expect(makers.isKnown(row.manufacturer), "\(row.manufacturer)")
      for version in row.fixed {
        #expect(try vulnerabilities(row.manufacturer, version.description).contains(row.cve) == false)
      }
    }
    #expect(
      Set(table.rows.map(\.cve)).isSuperset(of: [
        "CVE-2017-15361", "CVE-2019-11090", "CVE-2019-16863", "CVE-2023-1017", "CVE-2025-2884",
      ]))
  }

  @Test("no version is of two rows about one vulnerability")
  func overlaps() {
    for (index, row) in table.rows.enumerated() {
      for other in table.rows[(index + 1)...]
      where other.cve == row.cve && other.manufacturer == row.manufacturer && other.family == row.family {
        for range in row.affected { #expect(!other.affected.contains { $0.overlaps(range) }) }
      }
    }
  }

  @Test(
    "Infineon's list is complete, and each range ends where the advisory says",
    arguments: [
      ("4.0", "1.2", true), ("4.33", "1.2", true), ("4.34", "1.2", false), ("4.39", "1.2", false),
      ("4.40", "1.2", true), ("4.42.9.9", "1.2", true), ("4.43", "1.2", false), ("6.0", "1.2", true),
      ("6.42", "1.2", true), ("6.43", "1.2", false), ("5.0", "2.0", true), ("5.61.10.57600", "2.0", true),
      ("5.62", "2.0", false), ("7.0", "2.0", true), ("7.61.10.57600", "2.0", true), ("7.62", "2.0", false),
      ("133.0", "1.2", true), ("133.32", "2.0", true), ("133.33", "2.0", false), ("3.19", "1.2", false),
    ])
  func roca(firmware: String, family: String, isAffected: Bool) throws {
    #expect(try vulnerabilities("IFX", firmware, family).contains("CVE-2017-15361") == isAffected)
  }

  @Test("a row of one family of TPMs says nothing of another, and one of TPM 1.2 needs to know the family")
  func families() throws {
    #expect(try vulnerabilities("IFX", "4.33", "2.0") == [])
    #expect(try vulnerabilities("IFX", "4.33", nil) == [])
    #expect(try vulnerabilities("IFX", "7.61", "1.2") == [])
    #expect(try vulnerabilities("IFX", "133.32", nil) == ["CVE-2017-15361"])
    #expect(try vulnerabilities("IFX", "7.61", nil) == ["CVE-2017-15361"])
    #expect(try vulnerabilities("STM", "7.61") == [])
  }

  @Test(
    "makers' advisories are taken at their word",
    arguments: [
      ("STM", "73.4.17568.6659", ["CVE-2019-16863"]), ("STM", "73.20", []),
      ("STM", "74.16", ["CVE-2019-16863"]),
      ("STM", "1.258.0.0", []), ("INTC", "11.6.0.1136", ["CVE-2019-11090"]), ("INTC", "11.8.70.0", []),
      ("INTC", "303.12.0.0", []), ("NTC", "1.3.2.8", ["CVE-2023-1017"]), ("NTC", "1.3.2.20", []),
      ("NTC", "7.2.1.0", ["CVE-2020-25082", "CVE-2025-2884"]), ("NTC", "7.2.3.1", ["CVE-2025-2884"]),
      ("NTC", "7.2.4.0", []), ("NTC", "7.2.4.1", []), ("IFX", "15.21.64.11776", ["CVE-2025-2884"]),
      ("IFX", "15.22.0.0", []),
      ("IFX", "15.23.69.0", []), ("AMD", "3.47.0.5", []),
    ])
  func advisories(maker: String, firmware: String, expected: [String]) throws {
    #expect(try vulnerabilities(maker, firmware) == expected)
  }

  // MARK: what a device is judged by

  private func judged(
    _ maker: String?, _ firmware: String?, _ family: String? = "2.0", said: Bool? = nil
  ) throws -> FactSnapshot {
    var values: [String: Value] = [:]
    if let maker { values["tpm.manufacturer"] = .string(maker) }
    if let firmware { values["tpm.firmware"] = .version(try #require(Version(firmware))) }
    if let family { values["tpm.version"] = .version(try #require(Version(family))) }
    if let said { values["tpm.vulnerable_firmware"] = .bool(said) }
    var snapshot = FactSnapshot(values: values, source: "recording:case")
    snapshot.judgeFirmware()
    return snapshot
  }

  @Test(
    "a row makes the fact true over a tool's no, and its source names vulnerability, advisory and firmware")
  func isTrue() throws {
    for said in [nil, false] {
      let found = try #require(judged("IFX", "7.61.2785.0", said: said)["tpm.vulnerable_firmware"])
      #expect(found.value == .bool(true))
      #expect(found.level == .reported)
      #expect(
        found.source
          == "CVE-2017-15361 (https://www.infineon.com/TPM-update), by tpm.firmware = 7.61.10.57600 from recording:case, shown as 7.61.2785.0"
      )
    }
    #expect(try judged("IFX", "7.61", said: true)["tpm.vulnerable_firmware"]?.source == "recording:case")
  }

  @Test("where no row is of the firmware, the table says nothing: neither yes nor no")
  func saysNothing() throws {
    #expect(try judged("IFX", "7.63.13.6400")["tpm.vulnerable_firmware"] == nil)
    #expect(try judged("IFX", "7.63.13.6400", said: false)["tpm.vulnerable_firmware"]?.value == .bool(false))
    #expect(try judged(nil, "7.61")["tpm.vulnerable_firmware"] == nil)
    #expect(try judged("IFX", nil)["tpm.vulnerable_firmware"] == nil)
    #expect(try judged("IFX", "4.33", nil)["tpm.vulnerable_firmware"] == nil)
  }

  // MARK: the reader

  private func refusal(_ row: String) -> String {
    let yaml = "version: 1.0.0\nrows:\n  - {\(row)}\n"
    do {
      return "\(try VulnerableFirmware(yaml: Array(yaml.utf8)).rows.count)"
    } catch {
      return "\(error)"
    }
  }

  @Test(
    "a row that is not well formed is refused, with what is wrong",
    arguments: [
      (#"firmware: [["2.0", "1.0"]], fixed: ["3.0"]"#, "begins with 2.0 and ends before 1.0"),
      (#"firmware: [["1.0", "2.0"], "1.5"], fixed: ["3.0"]"#, "has 1.5 in two places"),
      (#"firmware: [["1.0", "2.0"]], fixed: ["1.5"]"#, "1.5 of a row is affected and fixed"),
      (#"firmware: [["1.0"]], fixed: ["1.5"]"#, "is not [FROM, BEFORE]"),
      (#"firmware: [], fixed: ["1.5"]"#, "firmware of a row is empty"),
      (#"firmware: ["1.x"], fixed: ["1.5"]"#, "'1.x' is not a version"),
      (#"firmware: ["4294967295"], fixed: ["1.5"]"#, "which is too large"),
      (#"firmware: ["1.0"]"#, "lacks the key 'fixed'"),
    ])
  func refusals(versions: String, message: String) {
    let found = refusal("cve: CVE-2017-15361, manufacturer: IFX, advisory: 'https://a.example', \(versions)")
    #expect(found.contains(message), "\(found)")
  }

  @Test("a vulnerability, a maker, a family and an address are of their forms")
  func forms() {
    let rest = #"firmware: ["1.0"], fixed: ["1.5"]"#
    #expect(refusal("cve: CVE-2017-15361, manufacturer: IFX, advisory: 'https://a.example', \(rest)") == "1")
    #expect(
      refusal("cve: ROCA, manufacturer: IFX, advisory: 'https://a.example', \(rest)").contains(
        "not of the form CVE-2017-15361"))
    #expect(
      refusal("cve: CVE-2017-15361, manufacturer: Infineon, advisory: 'https://a.example', \(rest)").contains(
        "not an id such as IFX"))
    #expect(
      refusal("cve: CVE-2017-15361, manufacturer: IFX, advisory: 'http://a.example', \(rest)").contains(
        "not an address that begins with https://"))
    #expect(
      refusal("cve: CVE-2017-15361, manufacturer: IFX, tpm: '3.0', advisory: 'https://a.example', \(rest)")
        .contains("it is 1.2 or 2.0"))
  }
}
