import Diagnostics
import Foundation
import Testing

@Suite struct JSONRendererTests {
  private func parsed(_ diagnostics: [Diagnostic], _ sources: SourceMap) throws -> [String: Any] {
    let text = JSONRenderer(sources).render(diagnostics)
    #expect(text.hasSuffix("}\n"))
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("the document has everything that the terminal shows")
  func everything() throws {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "a \"b\".attpolicy", bytes: Array("日本\r\nset x\n".utf8)))
    let other = sources.add(SourceFile(name: "other", bytes: []))
    let diagnostic = Diagnostic(
      "AP9001", .warning, "it is\n\"so\"", at: Label(Span(file: file, start: 12, end: 13), "here"),
      secondary: [
        Label(Span(file: other, start: 0, end: 0), "there"), Label(Span(file: file, start: 3, end: 6), "本"),
      ],
      help: ["do this", "or that"],
      fixIts: [FixIt(title: "write y", span: Span(file: file, start: 12, end: 13), replacement: "y\t")])
    let document = try parsed([diagnostic], sources)
    let expected: NSDictionary = [
      "version": 1,
      "summary": ["errors": 0, "warnings": 1, "notes": 0],
      "diagnostics": [
        [
          "code": "AP9001", "severity": "warning", "title": "a file cannot be read",
          "message": "it is\n\"so\"",
          "primary": [
            "file": "a \"b\".attpolicy", "start": ["offset": 12, "line": 2, "column": 5],
            "end": ["offset": 13, "line": 2, "column": 6], "label": "here",
          ],
          "secondary": [
            [
              "file": "other", "start": ["offset": 0, "line": 1, "column": 1],
              "end": ["offset": 0, "line": 1, "column": 1], "label": "there",
            ],
            [
              "file": "a \"b\".attpolicy", "start": ["offset": 3, "line": 1, "column": 2],
              "end": ["offset": 6, "line": 1, "column": 3], "label": "本",
            ],
          ],
          "help": ["do this", "or that"],
          "fixIts": [
            [
              "title": "write y", "file": "a \"b\".attpolicy",
              "start": ["offset": 12, "line": 2, "column": 5],
              "end": ["offset": 13, "line": 2, "column": 6], "replacement": "y\t",
            ]
          ],
        ]
      ],
    ]
    #expect(document as NSDictionary == expected)
  }

  @Test("no finding is a document too")
  func none() {
    #expect(
      JSONRenderer(SourceMap()).render([])
        == #"{"version":1,"diagnostics":[],"summary":{"errors":0,"warnings":0,"notes":0}}"# + "\n")
  }

  @Test("a finding without a place has null for it, and a place in no file is no trap")
  func noPlace() throws {
    let stray = Label(Span(file: FileID(index: 7), start: 1, end: 2), "x")
    let document = try parsed(
      [Diagnostic("ZZ0001", .note, "x", at: nil), Diagnostic("ZZ0001", .note, "x", at: stray)], SourceMap())
    let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(diagnostics[0]["primary"] is NSNull)
    #expect(diagnostics[1]["primary"] as? NSDictionary == ["label": "x"])
  }

  @Test("every character survives, and hidden ones are escaped")
  func characters() throws {
    let text =
      String(String.UnicodeScalarView((UInt32(0)...0x2100).compactMap(Unicode.Scalar.init)))
      + "😀\u{E0041}\u{10FFFF}"
    let rendered = JSONRenderer(SourceMap()).render([Diagnostic("ZZ0001", .note, text, at: nil)])
    #expect(
      !rendered.unicodeScalars.contains { HiddenScalars.contains($0) || ($0.value < 0x20 && $0 != "\n") })
    let document = try #require(JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [String: Any])
    let diagnostics = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(diagnostics[0]["message"] as? String == text)
  }
}
