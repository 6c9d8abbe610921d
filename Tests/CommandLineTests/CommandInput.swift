import Foundation
import Testing

/// A place where a command reads a file, for tests of bad files: each must refuse them in its own right.
enum CommandInput: String, CaseIterable, CustomTestStringConvertible {
  case build, test, validate, compiledPolicy, snapshotYAML, snapshotJSON

  var testDescription: String { rawValue }

  /// The name that the file must have.
  var fileName: String {
    switch self {
    case .build, .test: "input.attpolicy"
    case .validate: "input.xml"
    case .compiledPolicy: "input.compiled.json"
    case .snapshotYAML: "input.yaml"
    case .snapshotJSON: "input.json"
    }
  }

  /// The command line that reads the file `name`.
  func arguments(_ name: String) -> [String] {
    switch self {
    case .build: ["build", name, "-o", "out"]
    case .test: ["test", name]
    case .validate: ["validate", name]
    case .compiledPolicy: ["check", name, "--probe", "file:good.yaml"]
    case .snapshotYAML, .snapshotJSON: ["check", "good/hello.compiled.json", "--probe", "file:\(name)"]
    }
  }

  /// A folder with what the command needs besides the file.
  func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write(Samples.snapshot, to: "good.yaml")
    if self == .snapshotYAML || self == .snapshotJSON {
      try folder.write(Samples.policy, to: "good.attpolicy")
      let run = try Tool.run(["build", "good.attpolicy", "-o", "good"], in: folder)
      guard run.ending == .exit(0) else { throw SampleFailure(run: run) }
    }
    return folder
  }

  /// The exit code for a file that was read and is damaged. A compiled policy or a snapshot is data of a check,
  /// where 1 would say that the device fails.
  var codeForDamage: Int32 {
    switch self {
    case .build, .test, .validate: 1
    case .compiledPolicy, .snapshotYAML, .snapshotJSON: 4
    }
  }

  /// The exit code for a file of 100 MB of NUL bytes. A payload may be that large, and is refused for its content.
  var codeForLarge: Int32 { self == .validate ? 1 : 4 }
}

/// The good sample of a test was refused.
struct SampleFailure: Error, CustomStringConvertible {
  let run: Run
  var description: String { "the good sample was refused: \(run)" }
}
