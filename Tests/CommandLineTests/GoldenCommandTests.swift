import Foundation
import Testing

@Suite("Golden cases of the command line")
struct GoldenCommandTests {
  static let families = ["input"]

  /// Folders `Tests/Corpus/FAMILY/CODE-slug` with a `command.sh`.
  static var cases: [String] {
    get throws {
      try families.flatMap { family in
        let folder = Tool.root.appendingPathComponent("Tests/Corpus/\(family)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
          "\(family)/\($0)"
        }
      }
    }
  }

  /// Everything that `command.sh` prints in a copy of its folder, and its exit code.
  @Test("a command prints what is recorded beside it", arguments: try cases)
  func golden(name: String) throws {
    let source = Tool.root.appendingPathComponent("Tests/Corpus/\(name)")
    let folder = try Folder()
    for file in try FileManager.default.contentsOfDirectory(atPath: source.path) where file != "expected.txt"
    {
      try folder.write([UInt8](try Data(contentsOf: source.appendingPathComponent(file))), to: file)
    }
    let run = try Tool.shell(
      ". ./command.sh 2>&1", in: folder, environment: ["NO_COLOR": "1", "COLUMNS": "100"])
    let actual = "\(run.output)\(run.ending)\n"
    let expected = source.appendingPathComponent("expected.txt")
    if ProcessInfo.processInfo.environment["POLICYC_RECORD"] != nil {
      try Data(actual.utf8).write(to: expected)
      Issue.record("recorded \(name)")
    } else {
      #expect(try String(contentsOf: expected, encoding: .utf8) == actual)
    }
  }
}
