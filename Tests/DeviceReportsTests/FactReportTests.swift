import DeviceReports
import Diagnostics
import PolicyModel
import Testing

@Suite("FactReport")
struct FactReportTests {
  private static let facts = [
    FactDeclaration(name: "boot.secure_boot", type: .symbol(["on", "off"])),
    FactDeclaration(name: "device.model", type: .string),
    FactDeclaration(name: "memory.size", type: .int, unit: "bytes"),
    FactDeclaration(name: "os.branch", type: .int),
    FactDeclaration(name: "os.build", type: .build),
    FactDeclaration(name: "tpm.ready", type: .bool),
    FactDeclaration(name: "tpm.version", type: .version),
  ]

  private static let snapshot: FactSnapshot = {
    var snapshot = FactSnapshot([
      "boot.secure_boot": Observation(.value(.symbol("on")), level: .attested, source: "evidence:a.json"),
      "device.model": Observation(.value(.string("Model\u{1B}[2J \u{85}\u{202E}x\"\\")), source: "linux"),
      "memory.size": Observation(.value(.int(1 << 60)), source: "linux"),
      "os.build": Observation(
        .value(.build(OSBuild(branch: 22631, revision: 2792))), source: "windows"),
      "tpm.ready": Observation(.unknown(reason: "needs administrator rights"), source: "windows"),
    ])
    snapshot.add(Observation(.value(.symbol("off")), source: "file:old.yaml"), for: "boot.secure_boot")
    return snapshot
  }()

  private func report(_ language: ReportLanguage = .english) -> FactReport {
    FactReport(Self.facts, in: Self.snapshot, language: language)
  }

  @Test("the table has values with unit, level and source, then what is unknown, then what nobody gives")
  func table() {
    #expect(
      report().text() == """
        boot.secure_boot  on                               evidence:a.json, attested
        device.model      "Model\u{241B}[2J <U+0085><U+202E>x"\\"  linux, reported
        memory.size       1152921504606846976 bytes        linux, reported
        os.branch         22631                            os.build, windows, reported
        os.build          10.0.22631.2792                  windows, reported

        unknown
        tpm.ready         needs administrator rights (windows)

        no probe that was asked gives
          tpm.version

        """)
  }

  @Test("the table is Japanese for Japanese readers")
  func japanese() {
    let text = report(.japanese).text()
    #expect(text.contains("evidence:a.json, 構成証明済み") && text.contains("\n不明\n"))
    #expect(text.contains("needs administrator rights（windows）"))
  }

  @Test("JSON has every fact, with integers as the reader of snapshots takes them")
  func json() {
    let text = String(decoding: report().json(), as: UTF8.self)
    #expect(
      text.hasPrefix(#"{"boot.secure_boot":{"level":"attested","source":"evidence:a.json","value":"on"},"#))
    #expect(
      text.contains(#""memory.size":{"level":"reported","source":"linux","value":1152921504606846976}"#))
    #expect(text.contains(#""tpm.ready":{"source":"windows","unknown":"needs administrator rights"}"#))
    #expect(text.hasSuffix(#""tpm.version":{"unknown":"no probe gave it"}}"# + "\n"))
  }

  @Test("YAML escapes what YAML cannot hold")
  func yaml() {
    let lines = report().yaml().split(separator: "\n")
    #expect(lines.count == Self.facts.count)
    #expect(
      lines[1]
        == #"device.model: {value: "Model\u001b[2J \u0085\u202ex\"\\", level: "reported", source: "linux"}"#)
  }

  @Test("probes that differ are told, in a line that is safe to print")
  func warnings() {
    #expect(
      report().warnings == [
        "boot.secure_boot = on (evidence:a.json, attested), not off (file:old.yaml, reported)"
      ])
  }
}
