import Foundation
import Testing

/// A TPM simulator with an endorsement key certificate, started by `scripts/with-swtpm` and stopped with this value.
final class Simulator {
  /// The TCTI string that reaches it.
  let tcti: String
  /// The folder with the certificates of the authority that issued the endorsement key's.
  let roots: String
  private let process = Process()
  private let input = Pipe()

  static let isInstalled: Bool = {
    let found = ["swtpm", "swtpm_setup", "swtpm_localca"].allSatisfy { findProgram($0) != nil }
    if !found {
      print("skipped: tests against a TPM simulator, since swtpm and swtpm-tools are not installed")
    }
    return found
  }()

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let output = Pipe()
    process.executableURL = root.appendingPathComponent("scripts/with-swtpm")
    process.arguments = ["sh", "-c", "echo \"$POLICYC_TCTI $POLICYC_EK_ROOTS\"; exec cat"]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let words = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      .trimmingCharacters(in: .newlines).split(separator: " ", maxSplits: 1).map(String.init)
    tcti = words.first ?? ""
    roots = words.last ?? ""
    try #require(tcti.hasPrefix("swtpm:"), "the simulator did not start")
  }

  /// The port of the simulator's command channel.
  var port: UInt16 { tcti.split(separator: "=").last.flatMap { UInt16($0) } ?? 0 }

  deinit {
    // The command that the script runs ends with its input, and the script with the command.
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// The path of a program along `PATH`, or nil.
func findProgram(_ name: String) -> String? {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}

/// What a program prints when it ends with 0, or nil.
func output(of program: String, _ arguments: [String], tcti: String) throws -> String? {
  guard let path = findProgram(program) else { return nil }
  let process = Process()
  let pipe = Pipe()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(["TPM2TOOLS_TCTI": tcti]) { $1 }
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
}
