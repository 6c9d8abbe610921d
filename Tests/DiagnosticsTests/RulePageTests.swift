import Diagnostics
import Foundation
import Testing

@Suite struct RulePageTests {
  private let rule = DiagnosticRule(
    "AP0001", .warning, "a thing is so", cause: "It is so because of ~ that. And of this.",
    example: "policy x {\n\n  set}", cure: "Do it.", corrected: "policy x { }")

  @Test("a page has the parts in the order of reading, wrapped to the width")
  func text() {
    #expect(
      RulePage(rule).text(style: TerminalStyle(columns: 24)) == """
        warning[AP0001]: a thing is so

          It is so because of ~
          that. And of this.

        Example
            policy x {

              set}

        What to do
          Do it.

        Mended
            policy x { }

        """)
  }

  @Test("every page of the catalogue fits its width")
  func width() {
    for rule in DiagnosticCatalog.all {
      let lines = RulePage(rule).text().split(separator: "\n")
      for line in lines where line.hasPrefix("  ") && !line.hasPrefix("    ") {
        #expect(displayWidth(of: line) <= 90, "\(rule.code): \(line)")
      }
    }
  }

  @Test("the JSON of a page and of a list has every member")
  func json() throws {
    let members: NSDictionary = [
      "code": "AP0001", "severity": "warning", "title": "a thing is so", "cause": rule.cause,
      "example": rule.example, "cure": "Do it.", "corrected": "policy x { }",
    ]
    let page = try JSONSerialization.jsonObject(with: Data(RulePage(rule).json().utf8))
    #expect(page as? NSDictionary == members)
    let list = try JSONSerialization.jsonObject(with: Data(RulePage.listJSON([rule, rule]).utf8))
    #expect(list as? NSDictionary == ["version": 1, "rules": [members, members]])
  }

  @Test("a list has one line a rule, in columns")
  func list() {
    #expect(RulePage.list([rule]) == "AP0001  warning  a thing is so\n")
  }
}
