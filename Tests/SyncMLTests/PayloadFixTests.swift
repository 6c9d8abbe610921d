import CSPCatalog
import Diagnostics
import SyncML
import TestSupport
import Testing

@Suite("Fix-its of payloads") struct PayloadFixTests {
  private static let path = "./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinimumPasswordAge"

  private static func get(_ path: String) -> String {
    "<Get><CmdID>1</CmdID><Item>\n<Target><LocURI>\(path)</LocURI></Target></Item></Get>"
  }

  private func diagnostics(_ bytes: [UInt8]) -> [Diagnostic] {
    let lines = LineIndex(bytes)
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "a.xml", bytes: bytes))
    return validatePayload(bytes, PayloadOptions(catalog: .embedded)).findings.map {
      $0.diagnostic(in: file, lines)
    }
  }

  /// The text after the first fix-it for a code.
  private func mended(_ text: String, _ code: DiagnosticCode) throws -> String {
    var bytes = Array(text.utf8)
    let finding = try #require(diagnostics(bytes).first { $0.code == code }, "\(text)")
    let fix = try #require(finding.fixIts.first, "\(text)")
    bytes.replaceSubrange(Int(fix.span.start)..<Int(fix.span.end), with: Array(fix.replacement.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "a fix-it of a path writes the path that is meant",
    arguments: [
      (" \(path)", "SM1404", path), ("\n      \(path)\n   ", "SM1404", path),
      ("./Device /Vendor/\n  MSFT/Reboot", "SM1404", "./Device/Vendor/MSFT/Reboot"),
      ("./Vendor/MSFT/WiFi/Profile/My Home ", "SM1404", "./Vendor/MSFT/WiFi/Profile/My%20Home"),
      ("./Vendor/MSFT/WiFi/Profile/{the name} ", "SM1404", "./Vendor/MSFT/WiFi/Profile/{the name}"),
      ("\u{200B}\(path)", "SM1404", path), ("/Vendor/MSFT/Reboot", "SM1402", "./Vendor/MSFT/Reboot"),
      ("./Vendor\\MSFT\\Reboot", "SM1403", "./Vendor/MSFT/Reboot"),
      ("./Vendor//MSFT/./Reboot/", "SM1403", "./Vendor/MSFT/Reboot"),
      (
        "./Vendor/MSFT/WiFi/Profile/Büro?prop=Type", "SM1406",
        "./Vendor/MSFT/WiFi/Profile/B%C3%BCro?prop=Type"
      ),
      ("./Vendor/MSFT/WiFi/Profile/&lt;a&amp;b&gt;", "SM1406", "./Vendor/MSFT/WiFi/Profile/%3Ca&amp;b%3E"),
    ])
  func paths(written: String, code: String, meant: String) throws {
    for lineEnd in ["\n", "\r\n"] {
      let text = Self.get(written).replacing("\n", with: lineEnd)
      #expect(try mended(text, DiagnosticCode(code)) == Self.get(meant).replacing("\n", with: lineEnd))
    }
  }

  @Test("a path that has more in it than text, or that nobody can guess, has no fix-it")
  func hopeless() {
    for path in ["/Vendor<b/>/a b", "./Vendor/../X", "", "Vendor/MSFT/Reboot", "./Vendor/MSFT/100%"] {
      for finding in diagnostics(Array(Self.get(path).utf8)) {
        #expect(finding.fixIts.isEmpty, "\(path): \(finding.message)")
      }
    }
  }

  @Test("a fix-it renames an element at both of its ends, and puts it into its namespace")
  func elements() throws {
    let valid = Self.get("./DevInfo/Man")
    #expect(try mended(valid.replacing("Target>", with: "target>"), "SM1102") == valid)
    #expect(try mended(valid.replacing("Get>", with: "GET>"), "SM1102") == valid)
    let body = "<SyncBody>\(valid)<Final/></SyncBody>"
    #expect(
      try mended(body.replacing("<Final/>", with: "<FINAL />"), "SM1102")
        == body.replacing("l/>", with: "l />"))
    let meta = "<Meta><Format xmlns=\"syncml:metinf\">chr</Format></Meta>"
    let stated = valid.replacing("</Item>", with: "\(meta)</Item>")
    #expect(try mended(stated.replacing(" xmlns=\"syncml:metinf\"", with: ""), "SM1103") == stated)
    #expect(try mended(stated.replacing("syncml:metinf", with: "syncml:other"), "SM1103") == stated)
    let data = "<Data>&lt;a b=\"1\"&gt;&lt;c/&gt;&amp;amp;&lt;/a&gt;</Data>"
    let raw = "<Data><a b=\"1\"><c/>&amp;</a></Data>"
    let value = valid.replacing("</Item>", with: "\(data)</Item>")
    #expect(try mended(value.replacing(data, with: raw), "SM1501") == value)
    let message = try ValidMessage.text()
    #expect(try mended(message.replacing("SYNCML:SYNCML1.2", with: "syncml:syncml1.2"), "SM1007") == message)
    #expect(try mended(message.replacing("DM/1.2", with: "SyncML/1.2"), "SM1202") == message)
  }

  @Test("an end tag in a CDATA section or a comment ends no element for a fix-it")
  func hiddenTags() throws {
    let tags = "<!-- </data></a> --><![CDATA[</data></a>]]>"
    let valid = Self.get("./DevInfo/Man").replacing("</Item>", with: "<Data>\(tags)</Data></Item>")
    #expect(try mended(valid.replacing("Data>", with: "data>"), "SM1102") == valid)
    let raw = "<Data><a b=\"</Data\u{2E}\">\(tags)</a></Data>".replacing("</Data\u{2E}", with: "/Data>")
    let fixed = try mended(valid.replacing("<Data>\(tags)</Data>", with: raw), "SM1501")
    #expect(fixed.contains("<Data>&lt;a b=\"/Data&gt;\"&gt;") && fixed.contains("&lt;/a&gt;</Data>"))
  }

  @Test("an element that is long, or that has a prefix, is left to its author")
  func unmended() {
    let items = String(repeating: "<Item><Target><LocURI>./DevInfo/Man</LocURI></Target></Item>", count: 60)
    for text in [
      "<GET><CmdID>1</CmdID>\(items)</GET>",
      "<s:get xmlns:s=\"SYNCML:SYNCML1.2\"><s:CmdID>1</s:CmdID></s:get>",
    ] {
      let findings = diagnostics(Array(text.utf8)).filter { $0.code == "SM1102" }
      #expect(findings.count == 1)
      #expect(findings.allSatisfy { $0.fixIts.isEmpty })
    }
  }

  @Test("no fix-it of a damaged payload lies outside of it")
  func bounds() {
    var generator = SeededGenerator(seed: 8)
    let trees = ValidMessages.all.map(Markup.parse)
    for mutation in PayloadMutation.all {
      guard let tree = trees.randomElement(using: &generator)?.copy(),
        let text = mutation.text(of: tree, &generator)
      else { continue }
      let bytes = Array(text.utf8)
      for fix in diagnostics(bytes).flatMap(\.fixIts) {
        #expect(fix.span.start <= fix.span.end && Int(fix.span.end) <= bytes.count)
      }
    }
  }
}
