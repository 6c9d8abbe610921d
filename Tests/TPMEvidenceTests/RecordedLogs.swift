import Foundation
import TPMEvidence

/// Logs of real machines, kept beside the checkout and not part of it.
enum RecordedLogs {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/data/eventlogs").standardizedFileURL

  /// Whether they are there; says so once when they are not.
  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder.path)
    if !isThere { print("skipped: there is no folder ../shared/data/eventlogs beside the checkout") }
    return isThere
  }()

  static let windowsVM = "google+go-attestation/attest_testdata_windows_gcp_shielded_vm.eventlog.bin"
  static let windowsPC = "google+go-attestation/attest_testdata_option_rom_eventlog"
  static let linuxVM = "tpm2-software+tpm2-tools/test_integration_fixtures_event-gce-ubuntu-2104-log.bin"

  /// The logs: the files beside which there is a description.
  static var all: [String] {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".meta.json") }.map { String($0.dropLast(10)) }.sorted()
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  static func log(_ path: String) throws -> EventLog { try EventLog(try bytes(path)) }
}
