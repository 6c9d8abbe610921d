import Diagnostics
import Foundation
import Testing

@Suite struct PageTests {
  private let rule = DiagnosticRule(
    "AP0001", .warning, "a thing is so", cause: "It is so because of ~ that. And of this.",
    example: "policy x {\n\n  set}", cure: "Do it.", corrected: "policy x { }")

  @Test("a diagnostic's page has the parts in the order of reading, wrapped to the width")
  func diagnostic() {
    #expect(
      rule.page.text(in: .english, style: TerminalStyle(columns: 24)) == """
        warning[AP0001]: a thing is so

          It is so because of ~
          that. And of this.

        Example
            policy x {

              set}

        What to do
          Do it.

        Corrected
            policy x { }

        """)
  }

  private var full: Page {
    var page = Page(.windowsError, "0x1", LocalizedText("It failed.", "失敗しました。"))
    page.names = ["ONE", "1"]
    page.cause = LocalizedText("Because.", "原因です。")
    page.cure = LocalizedText("Act.", "対処します。")
    page.decidedBy = ["a.fact"]
    page.clues = ["b.fact"]
    page.structure = [LocalizedText("bits", "ビット")]
    page.remedies = [
      Page.Remedy("first", LocalizedText("Begin", "始める")),
      Page.Remedy("other", LocalizedText("Go on", "続ける")),
    ]
    return page
  }

  @Test("a page has its other names, its causes under a heading, facts, bits and remedies in columns")
  func everything() {
    #expect(
      full.text(in: .english) == """
        0x1 (ONE, 1)

          It failed.

        Cause
          Because.

        What to do
          Act.

        Facts that decide it
          a.fact

        Facts to look at besides
          b.fact

        What its bits say
          bits

        Remedies, the gentlest first
          first  Begin
          other  Go on

        """)
    let japanese = full.text(in: .japanese)
    for part in ["失敗しました。", "考えられる原因\n  原因です。", "対処\n  対処します。", "first  始める"] {
      #expect(japanese.contains(part), "\(part)")
    }
  }

  @Test("every page of the catalogue fits its width")
  func width() {
    for rule in DiagnosticCatalog.all {
      let lines = ReportLanguage.allCases.flatMap { rule.page.text(in: $0).split(separator: "\n") }
      for line in lines where line.hasPrefix("  ") && !line.hasPrefix("    ") {
        #expect(displayWidth(of: line) <= 90, "\(rule.code): \(line)")
      }
    }
  }

  @Test("the JSON of a page and of a list has every member, whatever the page has")
  func json() throws {
    let members: NSDictionary = [
      "kind": "diagnostic", "code": "AP0001", "names": [], "language": "en", "severity": "warning",
      "title": "a thing is so", "meaning": NSNull(), "cause": rule.cause, "example": rule.example,
      "cure": "Do it.", "corrected": "policy x { }", "decided_by": [], "clues": [], "remedies": [],
      "structure": [],
    ]
    let page = try JSONSerialization.jsonObject(with: Data(rule.page.json(in: .english).utf8))
    #expect(page as? NSDictionary == members)
    let text = Page.list([rule.page, full], jsonIn: .japanese)
    let list = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(list["version"] as? Int == 2)
    let pages = try #require(list["pages"] as? [[String: Any]])
    #expect(pages.map { Set($0.keys) } == [Set(members.allKeys as? [String] ?? []), Set(pages[0].keys)])
    #expect(pages[1]["title"] as? String == "失敗しました。" && pages[1]["severity"] is NSNull)
    #expect(pages[1]["remedies"] as? [String] == ["first", "other"])
  }

  @Test("a list has one line a page, in columns of cells")
  func list() {
    #expect(
      Page.list([rule.page, full], in: .english)
        == "AP0001  warning  a thing is so\n0x1     Windows  It failed.\n")
    var status = full
    status.kind = .attestationStatus
    #expect(
      Page.list([full, status], in: .japanese)
        == "0x1  Windows  失敗しました。\n0x1  状態     失敗しました。\n")
  }
}
