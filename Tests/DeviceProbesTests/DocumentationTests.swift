import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("docs/probes.md")
struct DocumentationTests {
  static let document: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return (try? String(contentsOf: root.appendingPathComponent("docs/probes.md"), encoding: .utf8)) ?? ""
  }()

  private func example(_ language: String) throws -> String {
    let start = try #require(Self.document.range(of: "```\(language)\n"))
    let end = try #require(
      Self.document.range(of: "\n```\n", range: start.upperBound..<Self.document.endIndex))
    return String(Self.document[start.upperBound..<end.lowerBound]) + "\n"
  }

  @Test("the example of a snapshot is read")
  func snapshot() throws {
    let facts = declarations(
      "os.build", "tpm.present", "tpm.version", "tpm.ready", "boot.secure_boot", "device.model")
    let found = try FileProbe.observations(in: Array(example("yaml").utf8), facts, source: "x")
    #expect(Set(found.keys) == Set(facts.map(\.name)))
    #expect(found["tpm.ready"]?.content == .unknown(reason: "Get-Tpm needs administrator rights"))
    #expect(found["boot.secure_boot"]?.value == .symbol("on"))
  }

  @Test(
    "the example programs give facts",
    arguments: [
      ("sh", ["memory.size", "boot.uefi"]), ("python", ["device.model", "cpu.bits64"]),
    ])
  func programs(language: String, names: [String]) throws {
    if language == "python", findProgram("python3") == nil {
      print("skipped: the example in Python, since python3 is not installed")
      return
    }
    let folder = try TemporaryFolder()
    let path = try folder.file("probe", try example(language), executable: true)
    let facts = names.compactMap { FactCatalog.embedded[$0]?.declaration }
    let found = try SignalTurn.take { try ExecProbe(arguments: [path]).observe(facts) }
    #expect(Set(found.keys) == Set(names))
    #expect(found[names[1]]?.value.map { $0.isOf(.bool) } == true, "\(found)")
  }

  @Test("every fact that the TPM probe gives is on the page")
  func tpmFacts() {
    for name in TPMFacts.names { #expect(Self.document.contains("`\(name)`"), "\(name)") }
  }

  @Test("every fact that a boot log gives is on the page, and in the catalogue with the log as a source")
  func bootLogFacts() throws {
    for name in BootLogFacts.names {
      #expect(Self.document.contains("`\(name)`"), "\(name)")
      let entry = try #require(FactCatalog.embedded[name])
      #expect(entry.sources.contains { $0.kind == .eventlog }, "\(name)")
    }
    for entry in FactCatalog.embedded.entries where entry.sources.contains(where: { $0.kind == .eventlog }) {
      #expect(BootLogFacts.names.contains(entry.name), "\(entry.name)")
    }
  }

  @Test("every fact that the TPM probe gives is in the catalogue, with the TPM as a source")
  func tpmSources() throws {
    for name in TPMFacts.names {
      let entry = try #require(FactCatalog.embedded[name])
      #expect(entry.sources.contains { $0.kind == .tpm }, "\(name)")
    }
    for entry in FactCatalog.embedded.entries where entry.sources.contains(where: { $0.kind == .tpm }) {
      #expect(TPMFacts.names.contains(entry.name), "\(entry.name)")
    }
  }

  @Test("every file of a recording is on the page, and the facts that only one of them tells")
  func recordings() {
    for source in WindowsSource.all {
      switch source.live {
      case .script: #expect(Self.document.contains("`\(source.name).json`"))
      case .notByItself where WindowsScript.questions.contains { $0.name == source.name }:
        #expect(Self.document.contains("`\(source.name)`"), "\(source.name)")
      default:
        #expect(Self.document.contains("`\(source.name).txt`"), "\(source.name)")
        for fact in source.facts where !WindowsScript.facts.contains(fact) {
          #expect(Self.document.contains("`\(fact)`"), "\(fact)")
        }
      }
    }
  }

  @Test("the script that a technician runs is the one that the probe runs")
  func script() throws {
    let path = Checkout.root.appendingPathComponent("docs/record-windows.ps1")
    let text = try String(contentsOf: path, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.drop { $0.hasPrefix("#") || $0.isEmpty }
    let expected = WindowsScript.source(WindowsScript.questions)
    #expect(code.joined(separator: "\n") == expected, "docs/record-windows.ps1 is to be:\n\(expected)")
  }

  @Test("every fact that a tool's output gives is in the table of its lines")
  func toolFacts() throws {
    let start = try #require(Self.document.range(of: "### What the tools' texts give"))
    let end = try #require(Self.document.range(of: "\n## ", range: start.upperBound..<Self.document.endIndex))
    let table = Self.document[start.upperBound..<end.lowerBound]
    for tool in ToolOutput.allCases {
      for name in tool.names { #expect(table.contains("`\(name)`"), "\(name)") }
    }
  }

  /// The facts that a probe gives are on the page under its heading, and in the catalogue with that kind of source; the other way round too.
  @Test(
    "facts of a probe, of its section and of the catalogue's sources are the same",
    arguments: [
      ("## A Linux machine: `linux`", LinuxProbe.names, FactSource.Kind.linux),
      ("## Tables of osquery: `osquery:`", OsqueryProbe.names, .osquery),
      ("## Evidence: `evidence:`", EvidenceFacts.tpmNames + DeviceKeyFacts.names, .evidence),
    ])
  func sections(heading: String, names: [String], kind: FactSource.Kind) throws {
    let start = try #require(Self.document.range(of: heading)).upperBound
    let rest = Self.document[start...]
    let section = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    for name in names {
      #expect(section.contains("`\(name)`"), "\(name) is not in the section")
      let entry = try #require(FactCatalog.embedded[name])
      #expect(entry.sources.contains { $0.kind == kind }, "\(name) has no such source")
    }
    // What derives from another fact is not asked for by itself.
    for entry in FactCatalog.embedded.entries where entry.derivedFrom == nil {
      if entry.sources.contains(where: { $0.kind == kind }) {
        #expect(names.contains(entry.name), "\(entry.name)")
      }
    }
  }
}
