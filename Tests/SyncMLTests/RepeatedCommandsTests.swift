import CSPCatalog
import SyncML
import Testing

@Suite struct RepeatedCommandsTests {
  private static let policy = "./Device/Vendor/MSFT/Policy/Config/"
  private static let commands: [(verb: String, path: String, format: String, value: String)] = [
    ("Replace", policy + "Update/AllowAutoUpdate", "int", "4"),
    ("Replace", policy + "Update/AllowAutoUpdate", "int", "99"),
    ("Replace", policy + "Update/AllowAutoUpdate", "chr", "4"),
    ("Replace", policy + "Update/NoSuchNode", "int", "1"),
    ("Exec", policy + "Update/AllowAutoUpdate", "int", "4"),
    ("Get", "./DevInfo/DevId", "int", "4"),
    ("Replace", "./Device/Vendor/MSFT/Policy/Config/Update /AllowAutoUpdate", "int", "4"),
    ("Add", "./Device/Vendor/MSFT/Policy/Config/Browser/AllowPasswordManager", "int", "1"),
  ]

  private func payload(rounds: Int, distinct: Bool) -> [UInt8] {
    var text = ""
    for round in 0..<rounds {
      for command in Self.commands {
        // Items with a Source are never taken for repeated ones, and no rule looks at it here.
        let source = distinct ? "<Source><LocURI>./Source\(round)</LocURI></Source>" : ""
        text += """
          <\(command.verb)><Item><Target><LocURI>\(command.path)</LocURI></Target>\(source)<Meta>\
          <Format xmlns="syncml:metinf">\(command.format)</Format></Meta><Data>\(command.value)</Data></Item>\
          </\(command.verb)>

          """
      }
    }
    return Array(text.utf8)
  }

  private func report(_ payload: [UInt8], limit: Int) -> PayloadReport {
    validatePayload(payload, PayloadOptions(catalog: .embedded, findingLimit: limit))
  }

  @Test("commands that repeat are counted as those that are judged one by one")
  func counts() {
    let repeated = report(payload(rounds: 40, distinct: false), limit: 10)
    let all = report(payload(rounds: 40, distinct: false), limit: 100_000)
    let distinct = report(payload(rounds: 40, distinct: true), limit: 100_000)
    #expect(repeated.errors == all.errors && repeated.warnings == all.warnings && repeated.notes == all.notes)
    #expect(all.errors == distinct.errors && all.warnings == distinct.warnings && all.notes == distinct.notes)
    #expect(all.errors > 100)
    #expect(all.findings.map(\.code) == distinct.findings.map(\.code))
  }

  @Test("findings are kept in full until there are too many")
  func kept() {
    let few = report(payload(rounds: 3, distinct: false), limit: 12)
    let all = report(payload(rounds: 3, distinct: false), limit: 1_000)
    #expect(few.findings.count == 12)
    #expect(few.findings.allSatisfy { all.findings.contains($0) })
    #expect(few.dropped == all.findings.count - 12)
  }
}
