import CSPCatalog
import Diagnostics
import SyncML
import Testing
import XMLInput

@Suite struct PayloadHostileTests {
  private func codes(_ text: String, limits: XMLLimits = XMLLimits()) -> [DiagnosticCode] {
    validatePayload(Array(text.utf8), PayloadOptions(catalog: .embedded, limits: limits)).findings.map(\.code)
  }

  @Test("entities are refused, those of a billion laughs and those that name a file")
  func entities() {
    let laughs = """
      <!DOCTYPE SyncML [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
      <Replace><Data>&c;</Data></Replace>
      """
    #expect(codes(laughs) == ["SM1003"])
    let file = "<!DOCTYPE r [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><Replace><Data>&f;</Data></Replace>"
    #expect(codes(file) == ["SM1003"])
    #expect(
      codes("<!DOCTYPE SyncML PUBLIC \"-//X\" \"http://example.invalid/x.dtd\"><SyncML/>") == ["SM1003"])
    #expect(codes("<Replace><CmdID>&unknown;</CmdID></Replace>").contains("SM1001"))
  }

  @Test("deep nesting is refused, within an unknown element too")
  func nesting() {
    for element in ["a", "Atomic", "Data"] {
      let text = String(repeating: "<\(element)>", count: 100_000)
      #expect(codes(text).contains("SM1002"), "\(element)")
    }
  }

  @Test("a text beyond its limit is refused, and so is a document beyond its own")
  func sizes() {
    let value = String(repeating: "x", count: 2000)
    let text = "<Replace><Item><Target><LocURI>./A</LocURI></Target><Data>\(value)</Data></Item></Replace>"
    #expect(codes(text, limits: XMLLimits(textBytes: 1000)).contains("SM1002"))
    #expect(codes(text, limits: XMLLimits(bytes: 1000)).contains("SM1002"))
    #expect(!codes(text, limits: XMLLimits(bytes: 3000, textBytes: 2000)).contains("SM1002"))
  }

  @Test("findings beyond the limit are counted and not kept")
  func manyFindings() {
    let text = String(repeating: "<Get><CmdID>0</CmdID></Get>\n", count: 500)
    let report = validatePayload(Array(text.utf8), PayloadOptions(catalog: nil, findingLimit: 100))
    #expect(report.findings.count == 100)
    #expect(report.errors == 1000)
    #expect(report.dropped == 900)
    #expect(report.commands == 500)
    #expect(report.summary(file: "x").contains("the first 100 are shown"))
  }

  @Test("a path made of slashes, braces or dollars is judged in time that grows with its length")
  func longPaths() {
    for piece in ["/", "{", "$", "{a", "%", "?", "./", "\u{200B}"] {
      let path = "./" + String(repeating: piece, count: 20_000 / piece.utf8.count)
      let text = "<Get><CmdID>1</CmdID><Item><Target><LocURI>\(path)</LocURI></Target></Item></Get>"
      let time = ContinuousClock().measure { _ = codes(text) }
      #expect(time < .seconds(5), "\(piece): \(time)")
    }
  }

  @Test("thousands of unknown paths are judged in time, the first of them with suggestions")
  func unknownPaths() {
    let text = (0..<3000).map { number in
      "<Get><Item><Target><LocURI>./Device/Vendor/MSFT/Reboot/RebootNow\(number)</LocURI></Target></Item></Get>\n"
    }.joined()
    let report = validatePayload(Array(text.utf8), PayloadOptions(catalog: .embedded, findingLimit: 3000))
    #expect(report.findings.allSatisfy { $0.code == "SM1601" && $0.status == .notFound })
    #expect(report.errors == 3000)
    #expect(report.findings.first?.help.first?.contains("RebootNow?") == true)
    #expect(report.findings.last?.help.isEmpty == true)
  }

  @Test("bytes that are no text are refused")
  func noText() {
    let invalid: [[UInt8]] = [
      [0xFF, 0xFE, 0x3C, 0x00], [0x00], [0xEF, 0xBB], [0x3C, 0xC0, 0x80, 0x3E],
      Array("<Get>\u{FFFE}</Get>".utf8),
    ]
    for bytes in invalid {
      #expect(validatePayload(bytes, PayloadOptions(catalog: nil)).isValid == false)
    }
  }

  @Test("a byte order mark and CR LF line ends are part of many files, and fine")
  func markAndLineEnds() throws {
    let text = try ValidMessage.text().replacing("\n", with: "\r\n")
    let report = validatePayload([0xEF, 0xBB, 0xBF] + Array(text.utf8), PayloadOptions(catalog: .embedded))
    #expect(report.findings.isEmpty, "\(report.findings.map(\.message))")
  }
}
