import Foundation
import TestSupport
import Testing

@Suite("Golden cases of the command line")
struct GoldenCommandTests {
  /// Everything that `command.sh` prints in a copy of its folder, and its exit code.
  @Test(
    "a command prints what is recorded beside it",
    arguments: GoldenCase.all(of: "input") + GoldenCase.all(of: "fleet") + GoldenCase.all(of: "reference"))
  func golden(golden: GoldenCase) throws {
    let folder = try Folder()
    for file in try FileManager.default.contentsOfDirectory(atPath: golden.folder.path) {
      if let bytes = golden.bytes(file) { try folder.write(bytes, to: file) }
    }
    let environment = ["NO_COLOR": "1", "COLUMNS": "100"]
    let run = try Tool.shell(". ./command.sh 2>&1", in: folder, environment: environment)
    let difference = golden.difference("\(run.output)\(run.ending)\n")
    #expect(difference == nil, "\(difference ?? "")")
  }
}
