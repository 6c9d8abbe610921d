import Foundation
import TestSupport
import Testing

@Suite("Same source, same bytes")
struct ReproducibilityTests {
  /// Builds a copy of the shipped policies that lies in a folder of the given name.
  func build(in name: String, environment: [String: String] = [:], reversed: Bool = false) throws -> [String:
    [UInt8]]
  {
    let folder = try Folder()
    let policies = Checkout.root.appendingPathComponent("Policies")
    var files: [String] = []
    let below = FileManager.default.enumerator(atPath: policies.path)
    while let file = below?.nextObject() as? String { if file.hasSuffix(".attpolicy") { files.append(file) } }
    #expect(!files.isEmpty)
    // The order in which files are created is the order in which some file systems list them.
    for file in reversed ? files.sorted().reversed() : files.sorted() {
      try folder.write(
        [UInt8](try Data(contentsOf: policies.appendingPathComponent(file))), to: "\(name)/\(file)")
    }
    let run = try Tool.run(["build", name, "-o", "out"], in: folder, environment: environment)
    #expect(run.ending == .exit(0), "\(run)")
    let written = folder.contents(below: "out")
    #expect(written["manifest.json"] != nil)
    return written
  }

  @Test(
    "another folder, locale, time zone, terminal or account changes no byte",
    arguments: [
      [:], ["LC_ALL": "ja_JP.UTF-8", "LANG": "ja_JP.UTF-8"], ["LC_ALL": "tr_TR.UTF-8"], ["LC_ALL": "C"],
      ["TZ": "Pacific/Kiritimati"], ["TZ": "America/Adak", "SOURCE_DATE_EPOCH": "0"],
      [
        "USER": "somebody", "HOME": "/nowhere", "TMPDIR": "/var/tmp", "COLUMNS": "20",
        "TERM": "xterm-256color",
      ],
      ["SWIFT_DETERMINISTIC_HASHING": "1"],
    ])
  func environments(environment: [String: String]) throws {
    let here = try build(in: "Policies")
    let there = try build(in: "somewhere/else/ポリシー", environment: environment, reversed: true)
    #expect(here.keys.sorted() == there.keys.sorted())
    for (name, bytes) in here { #expect(there[name] == bytes, "\(name) differs") }
  }

  @Test("no output names a place on the machine that built it")
  func noTraces() throws {
    let outputs = try build(in: "Policies")
    for (name, bytes) in outputs {
      let text = String(decoding: bytes, as: UTF8.self)
      for trace in [FileManager.default.temporaryDirectory.path, "policyc-test-", Checkout.root.path] {
        #expect(!text.contains(trace), "\(name) contains \(trace)")
      }
    }
  }
}
