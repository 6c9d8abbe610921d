import Diagnostics
import Testing

@Suite struct GitHubRendererTests {
  @Test("a finding is one line with its place")
  func place() {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "a,b:c.attpolicy", bytes: Array("x\nset 日\n".utf8)))
    let diagnostic = Diagnostic(
      "XX0001", .error, "100% wrong", at: Label(Span(file: file, start: 6, end: 9), "here"), help: ["do this"]
    )
    #expect(
      GitHubRenderer(sources).render([diagnostic])
        == "::error file=a%2Cb%3Ac.attpolicy,line=2,col=5,endLine=2,endColumn=6,title=XX0001::100%25 wrong: here%0Ado this\n"
    )
  }

  @Test(
    "severities have the names that GitHub knows",
    arguments: zip(Severity.allCases, ["notice", "warning", "error"]))
  func severities(severity: Severity, command: String) {
    let text = GitHubRenderer(SourceMap()).render([Diagnostic("XX0001", severity, "so\r\nit is", at: nil)])
    #expect(text == "::\(command) title=XX0001::so%0D%0Ait is\n")
  }

  @Test("what acts on a log that is read on a terminal is shown instead")
  func hiddenCharacters() {
    let text = GitHubRenderer(SourceMap()).render([
      Diagnostic("XX0001", .error, "a\u{1B}[2J\u{9B}\u{202E}\u{2028}\tb", at: nil)
    ])
    #expect(text == "::error title=XX0001::a␛[2J<U+009B><U+202E><U+2028> b\n")
  }
}
