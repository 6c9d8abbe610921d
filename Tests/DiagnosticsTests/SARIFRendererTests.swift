import Diagnostics
import Foundation
import Testing

@Suite struct SARIFRendererTests {
  private func run(
    _ diagnostics: [Diagnostic], _ sources: SourceMap = SourceMap(), files: [CheckedFile]? = nil
  ) throws -> [String: Any] {
    let text = SARIFRenderer(sources).render(diagnostics, files: files)
    let log = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  @Test("a result has its rule, its region, what is related and what mends it")
  func result() throws {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "./a b:c/日.xml", bytes: Array("<a>\r\n  日本 x\n".utf8)))
    let other = sources.add(SourceFile(name: "/tmp/o.xml", bytes: Array("o".utf8)))
    let finding = Diagnostic(
      "SM1703", .warning, "it is so", at: Label(Span(file: file, start: 7, end: 13), "here"),
      secondary: [Label(Span(file: other, start: 0, end: 1), "there")], help: ["do this"],
      fixIts: [FixIt(title: "write y", span: Span(file: file, start: 14, end: 15), replacement: "y")],
      deviceStatus: 500)
    let run = try run([Diagnostic("SM1601", .note, "other", at: nil), finding], sources)
    let result = try #require((run["results"] as? [[String: Any]])?.last)
    let expected: NSDictionary = [
      "ruleId": "SM1703", "ruleIndex": 1, "level": "warning", "message": ["text": "it is so\ndo this"],
      "properties": ["deviceStatus": 500],
      "locations": [
        [
          "message": ["text": "here"],
          "physicalLocation": [
            "artifactLocation": ["uri": "a%20b%3Ac/%E6%97%A5.xml", "uriBaseId": "%SRCROOT%"],
            "region": ["startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5],
          ],
        ]
      ],
      "relatedLocations": [
        [
          "id": 0, "message": ["text": "there"],
          "physicalLocation": [
            "artifactLocation": ["uri": "file:///tmp/o.xml"],
            "region": ["startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2],
          ],
        ]
      ],
      "fixes": [
        [
          "description": ["text": "write y"],
          "artifactChanges": [
            [
              "artifactLocation": ["uri": "a%20b%3Ac/%E6%97%A5.xml", "uriBaseId": "%SRCROOT%"],
              "replacements": [
                [
                  "deletedRegion": ["startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 7],
                  "insertedContent": ["text": "y"],
                ]
              ],
            ]
          ],
        ]
      ],
    ]
    #expect(result as NSDictionary == expected)
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == ["SM1601", "SM1703"])
    let rule = try #require(DiagnosticCatalog.rule(for: "SM1703"))
    #expect((rules[1]["shortDescription"] as? [String: String])?["text"] == rule.title)
    #expect((rules[1]["help"] as? [String: String])?["markdown"]?.contains(rule.corrected) == true)
    #expect(rules.allSatisfy { ($0["defaultConfiguration"] as? [String: String])?["level"] == "error" })
  }

  @Test("a file that could not be read makes the invocation a failure, one with too many findings does not")
  func notifications() throws {
    let counts = CheckedFile.Counts(errors: 1001)
    let listed = CheckedFile(
      name: "a.xml", .judged(shape: "message", commands: 2, counts: counts, unlisted: 1))
    let some = try #require((try run([], files: [listed])["invocations"] as? [[String: Any]])?.first)
    #expect(some["executionSuccessful"] as? Bool == true)
    let problem = Diagnostic("AP9001", .error, "'b' does not exist", at: nil, help: ["look"])
    let unread = CheckedFile(name: "b.xml", .unreadable(problem))
    let run = try run([], files: [listed, unread])
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let told = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(told.map { $0["level"] as? String } == ["warning", "error"])
    #expect((told[1]["message"] as? [String: String])?["text"] == "'b' does not exist\nlook")
    let clean = try #require((try self.run([], files: [])["invocations"] as? [[String: Any]])?.first)
    #expect(clean as NSDictionary == ["executionSuccessful": true])
  }
}
