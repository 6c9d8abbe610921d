import Foundation
import TestSupport
import Testing

@Suite("README.md")
struct ReadmeTests {
  let text: String

  init() throws {
    text = try String(contentsOf: Checkout.root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test("the policy it shows gives the findings it shows")
  func transcript() throws {
    let start = try #require(text.range(of: "    policy hello "))
    let end = try #require(text.range(of: "\n    }\n", range: start.lowerBound..<text.endIndex))
    let lines = text[start.lowerBound..<end.upperBound].split(
      separator: "\n", omittingEmptySubsequences: false)
    let folder = try Folder()
    try folder.write(lines.map { $0.dropFirst(4) }.joined(separator: "\n"), to: "hello.attpolicy")
    let run = try Tool.run(["build", "hello.attpolicy", "-o", "out"], in: folder)
    #expect(run.ending == .exit(1))
    let shown = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    #expect(text.contains("    $ policyc build hello.attpolicy -o out\n\(shown)"), "\(run)")
  }

  @Test("the commands it names are those that there are")
  func commands() throws {
    let help = try Tool.run(["--help"], in: Folder()).output
    let named = Set(text.matches(of: /\| `policyc (\w+)/).map { String($0.1) })
    let real = Set(help.matches(of: /(?m)^  ([a-z]+) {2,}\S/).map { String($0.1) })
    #expect(named == real)
  }
}
