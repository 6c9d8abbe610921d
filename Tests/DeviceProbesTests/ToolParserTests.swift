import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("The parsers of Windows' tools")
struct ToolParserTests {
  @Test(
    "every made-up output gives the facts that were recorded for it",
    arguments: ToolSample.parsers.keys.sorted())
  func samples(tool: String) throws {
    let samples = ToolSample.made.filter { $0.tool == tool }
    try #require(!samples.isEmpty)
    let list = samples.map { "# \($0.name)\n\($0.findings().listed(withQuotes: true))" }.joined(
      separator: "\n")
    let golden = try #require(GoldenCase.all(of: "tools").first { $0.name == tool })
    if let difference = golden.difference(list) { Issue.record("\(difference)") }
  }

  @Test(
    "every output of a real machine gives the facts that were recorded for it", arguments: ToolSample.recorded
  )
  func recordings(sample: ToolSample) throws {
    let golden = try #require(GoldenCase.all(of: "recordings").first { $0.name == sample.tool })
    let list = sample.findings().listed(withQuotes: false)
    if let difference = golden.difference(list, from: "\(sample.name).expected.txt") {
      Issue.record("\(difference)")
    }
  }

  @Test("each parser gives only facts that it names, of the types that they have", arguments: ToolSample.made)
  func types(sample: ToolSample) throws {
    let parser = try #require(ToolSample.parsers[sample.tool])
    for (name, content) in sample.findings().contents {
      #expect(parser.names.contains(name), "\(name)")
      let entry = try #require(FactCatalog.embedded[name], "\(name)")
      if case .value(let value) = content { #expect(value.isOf(entry.declaration.type), "\(name)") }
    }
  }

  @Test(
    "each fact that a parser names comes out of some sample as a value",
    arguments: ToolSample.parsers.keys.sorted())
  func coverage(tool: String) throws {
    var given: Set<String> = []
    for sample in ToolSample.made where sample.tool == tool {
      for case (let name, .value) in sample.findings().contents { given.insert(name) }
    }
    #expect(given == Set(try #require(ToolSample.parsers[tool]).names))
  }

  @Test("a secret is never in what is said of an output that holds it", arguments: ToolSample.made)
  func secrets(sample: ToolSample) {
    #expect(!sample.findings().listed(withQuotes: true).contains("c2VjcmV0"))
  }
}

@Suite("Hostile outputs of tools", .timeLimit(.minutes(2)))
struct HostileOutputTests {
  static let texts: [(name: String, text: String)] = [
    ("one long line", String(repeating: "x", count: 1 << 20)),
    ("a long line of blanks", String(repeating: " ", count: 1 << 20)),
    ("a long value", "TpmPresent : " + String(repeating: "9.", count: 1 << 19)),
    ("a million short lines", String(repeating: "\n", count: 1_000_000)),
    ("many fields", String(repeating: "TpmPresent : x\n", count: 30_000)),
    ("many volumes", String(repeating: "[OS Volume]\nProtection Status: x\n", count: 20_000)),
    ("many sections", String(repeating: "+\n| Work Account 1 |\n+\nTpmProtected : YES\n", count: 10_000)),
    ("many continuations", "TpmPresent : x\n" + String(repeating: "               y\n", count: 30_000)),
    ("open brackets", String(repeating: "[", count: 1 << 18)),
    ("accents", String(repeating: "e\u{301}", count: 1 << 17)),
  ]

  @Test("take time in proportion, and give no value", arguments: texts.indices)
  func bounded(index: Int) {
    let text = ToolText(Self.texts[index].text)
    for tool in ToolOutput.allCases {
      for case (let name, .value(let value)) in tool.parser.findings(in: text).contents {
        Issue.record("\(Self.texts[index].name): \(name) = \(value) by \(tool)")
      }
    }
  }
}
