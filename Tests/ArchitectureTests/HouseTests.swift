import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("What a newcomer finds in the checkout")
struct HouseTests {
  static let sources = Checkout.files(below: "Sources", suffixes: [".swift"])

  @Test(
    "the papers of the house are there",
    arguments: [
      "README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "CONTRIBUTING.md", "docs/architecture.md",
      "docs/decisions/0001-record-decisions.md",
    ])
  func papers(path: String) {
    #expect(Checkout.exists(path))
  }

  @Test("a source file above 500 lines gives its reason in docs/architecture.md")
  func sizes() throws {
    let document = try Checkout.text("docs/architecture.md")
    for file in Self.sources {
      let lines = try Checkout.text(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(lines <= 500 || document.contains("`\(file)`"), "\(file) has \(lines) lines")
    }
  }

  @Test("no folder of sources holds more than twenty files")
  func crowding() {
    let folders = Dictionary(grouping: Self.sources) { ($0 as NSString).deletingLastPathComponent }
    for (folder, files) in folders {
      #expect(files.count <= 20, "\(folder) has \(files.count) files; its ideas want folders of their own")
    }
  }

  @Test("the console is the only door to the standard streams")
  func doors() throws {
    let doors = try Self.sources.filter { file in
      guard !file.hasPrefix("Sources/FileAccess/") else { return false }
      return try Checkout.text(file).contains(/\bwriteStandard(Output|Error)\(|\b(f?puts|f?printf|print)\(/)
    }
    #expect(doors == ["Sources/policyc/Console.swift"])
  }

  @Test("package is the rule and public the exception")
  func publicDeclarations() throws {
    let count = try Self.sources.reduce(0) {
      $0
        + (try Checkout.text($1)).matches(of: /(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+|static\s+|final\s+)*public\b/)
        .count
    }
    #expect(count < 600)
  }

  @Test("the folders that docs/architecture.md names are there")
  func namedFolders() throws {
    let document = try Checkout.text("docs/architecture.md")
    let rows = document.components(separatedBy: "## Folders").last?.components(separatedBy: "## What").first
    for match in try #require(rows).matches(of: /(?m)^\| `(\w+)` \| (.*) \|$/) {
      for folder in String(match.2).matches(of: /`(\w+)`/) {
        #expect(Checkout.exists("Sources/\(match.1)/\(folder.1)"), "\(match.1) has no folder \(folder.1)")
      }
    }
  }

  @Test("a link from one of our documents to another leads somewhere")
  func links() throws {
    let documents =
      ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
      + ["docs", "Grammar", "Benchmarks"].flatMap { Checkout.files(below: $0, suffixes: [".md"]) }
    for document in documents where Checkout.exists(document) {
      let folder = (document as NSString).deletingLastPathComponent
      for link in try Checkout.text(document).matches(of: /\]\(([^)#\s]+)(?:#[^)]*)?\)/)
      where !link.1.contains(":") {
        let path = folder.isEmpty ? String(link.1) : "\(folder)/\(link.1)"
        #expect(Checkout.exists(path), "\(document) links to \(link.1), which is not there")
      }
    }
  }

  @Test("every decision is listed in docs/decisions/README.md")
  func decisions() throws {
    let list = try Checkout.text("docs/decisions/README.md")
    for file in Checkout.files(below: "docs/decisions", suffixes: [".md"]) {
      let name = (file as NSString).lastPathComponent
      #expect(name == "README.md" || list.contains("(\(name))"), "\(name) is not in the list")
    }
  }

  @Test("no file holds a note to come back to, or a place on somebody's machine")
  func leftovers() throws {
    let marks = ["TO" + "DO", "FIX" + "ME", "/wo" + "rk/"]
    for file in Self.sources + Checkout.files(below: "Tests", suffixes: [".swift"]) {
      let text = try Checkout.text(file)
      for mark in marks { #expect(!text.contains(mark), "\(file) contains \(mark)") }
    }
  }
}

@Suite("The table of diagnostics")
struct DiagnosticTableTests {
  /// Codes as string literals in Sources, outside the table itself, with a place of each.
  static func reportedCodes() throws -> [String: String] {
    var codes: [String: String] = [:]
    for file in HouseTests.sources where !file.hasPrefix("Sources/Diagnostics/Rules/") {
      for match in try Checkout.text(file).matches(of: /"((?:AP|SM)[0-9]{4})"/) {
        codes[String(match.1)] = file
      }
    }
    return codes
  }

  @Test("every code that the sources report has a row")
  func codesHaveRows() throws {
    for (code, file) in try Self.reportedCodes() {
      #expect(DiagnosticCatalog.rule(for: DiagnosticCode(code)) != nil, "\(code) in \(file) has no row")
    }
  }

  @Test("every row is reported somewhere in the sources")
  func rowsAreReported() throws {
    let reported = try Self.reportedCodes()
    for rule in DiagnosticCatalog.all {
      #expect(reported[rule.code.text] != nil, "\(rule.code) has a row and is never reported")
    }
  }

  /// The names of golden cases: folders `Tests/Corpus/FAMILY/NAME` that hold a file.
  static func cases() throws -> Set<String> {
    var names: Set<String> = []
    for path in Checkout.files(below: "Tests/Corpus", suffixes: [""]) {
      let parts = path.split(separator: "/")
      if parts.count > 4 { names.insert(String(parts[3])) }
    }
    return names
  }

  @Test("every row has a golden case: a folder Tests/Corpus/FAMILY/CODE-slug")
  func rowsHaveCases() throws {
    let cases = try Self.cases()
    for rule in DiagnosticCatalog.all {
      let found = cases.contains { $0.hasPrefix("\(rule.code)-") }
      #expect(found, "\(rule.code) (\(rule.title)) has no golden case")
    }
  }

  @Test("a golden case is named after a code that there is")
  func casesHaveRows() throws {
    for name in try Self.cases() {
      guard let match = name.prefixMatch(of: /([A-Z]{2}[0-9]{4})-/) else { continue }
      #expect(DiagnosticCatalog.rule(for: DiagnosticCode(String(match.1))) != nil, "\(name): no such code")
    }
  }
}
