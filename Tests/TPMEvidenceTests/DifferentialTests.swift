import Foundation
import TPMEvidence
import Testing

/// Other programs that read boot logs and extend PCRs.
enum OtherTools {
  static func isInstalled(_ names: String...) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let missing = names.filter { name in
      !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
    if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
    return missing.isEmpty
  }

  static let hasEventLog = isInstalled("tpm2_eventlog")
  static let hasSimulator = isInstalled(
    "swtpm", "swtpm_setup", "swtpm_localca", "tpm2_pcrextend", "tpm2_pcrread")

  /// Runs a line of shell; nil when it was ended by a signal.
  static func output(_ line: String) throws -> (status: Int32?, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", line]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // A shell reports the signal that ended its command as 128 and more.
    let isEnded = process.terminationReason == .exit && process.terminationStatus < 128
    return (isEnded ? process.terminationStatus : nil, String(decoding: data, as: UTF8.self))
  }
}

@Suite("Differential tests")
struct DifferentialTests {
  /// What `tpm2_eventlog` makes of a log: its PCR values, and the digests of the events in order.
  struct Reading {
    let values: PCRValues
    let digests: [String]
  }

  private func reading(_ path: String) throws -> Reading? {
    let (status, output) = try OtherTools.output("tpm2_eventlog '\(path)'")
    guard status == 0 else {
      print(
        "skipped: tpm2_eventlog \(status == nil ? "crashes on" : "refuses") \(path.split(separator: "/").last ?? "")"
      )
      return nil
    }
    let parts = output.components(separatedBy: "\npcrs:")
    let digests = parts[0].matches(of: /\n +(?:- )?Digest: "([0-9a-f]+)"/).map { String($0.1) }
    return Reading(
      values: parts.count > 1 ? try PCRValues(pcrread: Array(parts[1].utf8)) : PCRValues(), digests: digests)
  }

  private func compare(_ log: EventLog, _ other: Reading) {
    #expect(log.divergences(from: other.values).map(\.description) == [])
    for (algorithm, values) in other.values.banks {
      let used = Set(log.events.filter(\.isExtended).map { Int($0.register) })
      #expect(Set(values.keys) == used, "\(algorithm.name)")
    }
    var digests: [String] = []
    for event in log.events.indices {
      for bank in log.banks.indices {
        if let digest = log.digest(of: event, bank: bank) { digests.append(hex(digest)) }
      }
    }
    let skipped = log.form == .cryptoAgile ? 1 : 0
    #expect(Array(other.digests.dropFirst(skipped)) == digests)
  }

  @Test(
    "tpm2_eventlog finds the same digests and the same PCR values in the logs of real machines",
    .enabled(if: RecordedLogs.isThere && OtherTools.hasEventLog), arguments: RecordedLogs.all)
  func recorded(path: String) throws {
    guard let log = try? RecordedLogs.log(path),
      let other = try reading(RecordedLogs.folder.path + "/" + path)
    else { return }
    compare(log, other)
  }

  @Test(
    "tpm2_eventlog finds the same in the samples, in every bank", .enabled(if: OtherTools.hasEventLog),
    arguments: ["windows.log", "sha1-only.log", "sm3.bin", "linux.bin", "secure-boot-off.log"])
  func samples(name: String) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus/bootlogs/\(name)").path
    let log = try EventLog(try Array(Data(contentsOf: URL(filePath: path))))
    let other = try #require(try reading(path))
    #expect(other.values.banks.keys.count == log.banks.count)
    compare(log, other)
  }

  @Test(
    "a TPM that is extended by the events of a log ends with the values of the replay",
    .enabled(if: OtherTools.hasSimulator))
  func simulator() throws {
    let log = try MadeUpLogs.windows([.sha1, .sha256, .sha384]).read()
    var extensions: [String] = []
    for (index, event) in log.events.enumerated() where event.isExtended {
      let digests = log.banks.indices.map { bank in
        "\(log.banks[bank].algorithm.name)=\(hex(log.digest(of: index, bank: bank) ?? []))"
      }
      extensions.append("\(event.register):\(digests.joined(separator: ","))")
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "scripts/with-swtpm").path
    // PCR 16 and 23 apart, the registers of a TPM that was just started hold what a log begins with.
    let lines = extensions.map { "tpm2_pcrextend \($0) && " }.joined()
    let run = try OtherTools.output(
      "'\(script)' bash -c '\(lines) tpm2_pcrread sha1:0,4,7,12,13,14,17,23+sha256:0,4,7,12,13,14,17,23+sha384:7,12,17'"
    )
    try #require(run.status == 0, "\(run)")
    let values = try PCRValues(pcrread: Array(run.output.utf8))
    #expect(log.coverage(of: values) == 19)
    #expect(log.divergences(from: values).map(\.description) == [])
  }
}
