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

  /// Blocks that begin with `$ cat FILE` and its text, or with a command, up to the end of the indented lines. What
  /// stands before a line of `…` is the beginning of what is printed.
  @Test("what it shows of validate and catalog is what they print")
  func transcripts() throws {
    let folder = try Folder()
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var commands = 0
    while let line = lines.popFirst() {
      guard
        line.hasPrefix("    $ cat ") || line.hasPrefix("    $ policyc validate ")
          || line.hasPrefix("    $ policyc catalog ")
      else { continue }
      var shown: [String] = []
      while let next = lines.first, next.isEmpty || next.hasPrefix("    "), !next.hasPrefix("    $ ") {
        shown.append(String(next.dropFirst(4)))
        lines.removeFirst()
      }
      while shown.last?.isEmpty ?? false { shown.removeLast() }
      let words = line.dropFirst(6)
      if words.hasPrefix("cat ") {
        try folder.write(shown.joined(separator: "\n") + "\n", to: String(words.dropFirst(4)))
        continue
      }
      commands += 1
      let run = try Tool.shell("{ \(words); } 2>&1", in: folder)
      let isPart = shown.last == "  …"
      if isPart { shown.removeLast() }
      let expected = shown.joined(separator: "\n") + "\n"
      #expect(isPart ? run.output.hasPrefix(expected) : run.output == expected, "\(words)\n\(run.output)")
    }
    #expect(commands == 3)
  }

  @Test("the example of docs/configuration.md is understood")
  func configuration() throws {
    let page = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/configuration.md"), encoding: .utf8)
    let start = try #require(page.range(of: "```yaml\n"))
    let end = try #require(page.range(of: "```", range: start.upperBound..<page.endIndex))
    let folder = try Folder()
    try folder.write(String(page[start.upperBound..<end.lowerBound]), to: "policyc.yaml")
    try folder.write("<Final/>", to: "a.xml")
    let run = try Tool.run(["validate", "a.xml"], in: folder)
    #expect(run.status == 4 && run.errors.contains("'catalogs/windows-2025-09.txt' does not exist"), "\(run)")
    let without = page[start.upperBound..<end.lowerBound].split(separator: "\n").filter {
      !$0.hasPrefix("  - ")
    }
    .filter { !$0.hasPrefix("catalog:") }
    try folder.write(without.joined(separator: "\n"), to: "policyc.yaml")
    #expect(try Tool.run(["validate", "a.xml"], in: folder).errors.contains("SM"))
  }

  @Test("the commands it names are those that there are")
  func commands() throws {
    let help = try Tool.run(["--help"], in: Folder()).output
    let named = Set(text.matches(of: /\| `policyc (\w+)/).map { String($0.1) })
    let real = Set(help.matches(of: /(?m)^  ([a-z]+) {2,}\S/).map { String($0.1) })
    #expect(named == real)
  }
}
