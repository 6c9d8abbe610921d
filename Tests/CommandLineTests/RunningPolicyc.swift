import Foundation

/// What a run of policyc gave.
struct Run {
  let status: Int32
  let output: String
  let errors: String
}

/// The policyc that was built beside these tests.
func policycPath() throws -> String {
  let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  return URL(fileURLWithPath: tests).deletingLastPathComponent().path + "/policyc"
}

/// Runs policyc, without a locale unless the environment has one, and waits for its end.
func policyc(
  _ arguments: String..., environment: [String: String] = [:], input: String = ""
) throws -> Run {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: try policycPath())
  process.arguments = arguments
  process.environment = environment
  let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
  process.standardInput = standardInput
  process.standardOutput = output
  process.standardError = errors
  try process.run()
  try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try standardInput.fileHandleForWriting.close()
  let outputData = output.fileHandleForReading.readDataToEndOfFile()
  let errorData = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
    errors: String(decoding: errorData, as: UTF8.self))
}

/// Runs a shell line in which `$POLICYC` is policyc, and gives its status.
func shell(_ line: String) throws -> Run {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", line]
  process.environment = ["POLICYC": try policycPath(), "PATH": "/usr/bin:/bin"]
  let (output, errors) = (Pipe(), Pipe())
  process.standardOutput = output
  process.standardError = errors
  try process.run()
  let outputData = output.fileHandleForReading.readDataToEndOfFile()
  let errorData = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Run(
    status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
    errors: String(decoding: errorData, as: UTF8.self))
}
