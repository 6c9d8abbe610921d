import Diagnostics
import Testing

@Suite struct JUnitRendererTests {
  @Test("an error is a test that failed, the rest output, and a file without an error a test that passed")
  func suites() {
    var sources = SourceMap()
    let file = sources.add(SourceFile(name: "a<&>\"b\".xml", bytes: Array("x\ny\n".utf8)))
    _ = sources.add(SourceFile(name: "clean.xml", bytes: []))
    let place = Label(Span(file: file, start: 2, end: 3), "here")
    let findings = [
      Diagnostic("XX0001", .error, "no <b> & \"c\"\u{1}\u{FFFF}\r]]>", at: place, help: ["do\tthis"]),
      Diagnostic("XX0002", .warning, "hm", at: place),
    ]
    let name = "a&lt;&amp;&gt;&quot;b&quot;.xml"
    #expect(
      JUnitRenderer(sources).render(findings)
        == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="policyc" tests="2" failures="1" errors="0">
          <testsuite name="\(name)" tests="1" failures="1" errors="0">
            <testcase classname="\(name)" name="XX0001 line 2" file="\(name)" line="2">
              <failure type="XX0001" message="no &lt;b&gt; &amp; &quot;c&quot;\u{FFFD}\u{FFFD}&#xD;]]&gt;">\(name):2:1: \
        no &lt;b&gt; &amp; &quot;c&quot;\u{FFFD}\u{FFFD}&#xD;]]&gt;: here
        help: do&#x9;this</failure>
            </testcase>
            <system-out>warning[XX0002] \(name):2:1: hm: here</system-out>
          </testsuite>
          <testsuite name="clean.xml" tests="1" failures="0" errors="0">
            <testcase classname="clean.xml" name="has no error"/>
          </testsuite>
        </testsuites>

        """)
  }

  @Test("what hides, reorders or breaks lines is a character reference, in text as in attributes")
  func hiddenCharacters() {
    let text = JUnitRenderer(SourceMap()).render([
      Diagnostic("XX0001", .error, "a\n::x\u{9B}\u{202E}\u{2028}b", at: nil, help: ["c\n::y\u{7F}"]),
      Diagnostic("XX0002", .note, "d\n::z", at: nil),
    ])
    let message = "a&#xA;::x&#x9B;&#x202E;&#x2028;b"
    #expect(text.contains("message=\"\(message)\">\(message)\nhelp: c&#xA;::y&#x7F;</failure>"))
    #expect(text.contains("<system-out>note[XX0002] d&#xA;::z</system-out>"))
  }

  @Test("a file that could not be read is an error of its suite")
  func unreadable() {
    let problem = Diagnostic("AP9001", .error, "it does not exist", at: nil, help: ["look"])
    let text = JUnitRenderer(SourceMap()).render(
      [Diagnostic("XX0001", .error, "of the run", at: nil)],
      files: [CheckedFile(name: "b.xml", .unreadable(problem))])
    #expect(text.contains("<testsuites name=\"policyc\" tests=\"2\" failures=\"1\" errors=\"1\">"))
    #expect(text.contains("<testsuite name=\"b.xml\" tests=\"1\" failures=\"0\" errors=\"1\">"))
    #expect(
      text.contains("<error type=\"AP9001\" message=\"it does not exist\">it does not exist\nlook</error>"))
    #expect(text.contains("<testcase classname=\"policyc\" name=\"XX0001\">"))
  }
}
