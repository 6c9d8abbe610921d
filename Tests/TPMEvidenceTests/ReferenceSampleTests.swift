import EvidenceSupport
import Foundation
import Testing

@testable import TPMEvidence

/// The logs and the evidence that the tests of `policyc reference` start from.
@Suite("Samples of devices of a model")
struct ReferenceSampleTests {
  /// Logs in `Tests/Corpus/bootlogs`.
  static let logs: [(name: String, log: EditableLog)] = {
    do {
      let notebook = try MadeUpModels.notebook()
      var odd = notebook
      let image = odd.event(
        4, .bootServicesApplication, MadeUpLogs.image(#"\EFI\x\x.efi"#), measured: [3])
      odd.events.insert(image, at: try MadeUpModels.bootManager(of: odd))
      return [
        ("notebook.log", notebook),
        ("notebook-updated.log", try MadeUpModels.notebook(firmware: "1.3.0", revoked: [1, 2])),
        ("notebook-odd.log", odd), ("server.log", try MadeUpModels.server()),
      ]
    } catch { return [] }
  }()

  /// Evidence in `Tests/Corpus/reference`, by the log. It is signed by a key of software that nobody has kept, and whose name lies beside.
  static let evidence: [(file: String, log: String)] = [
    ("notebooks/golden-1.json", "notebook.log"), ("notebooks/golden-2.json", "notebook-updated.log"),
    ("notebooks/laptop.json", "notebook.log"), ("notebooks/odd.json", "notebook-odd.log"),
    ("servers/golden.json", "server.log"), ("servers/notebook.json", "notebook.log"),
    ("differences/golden.json", "notebook.log"), ("differences/updated.json", "notebook-updated.log"),
    ("nothing-is-learnt/off.json", "secure-boot-off.log"), ("nothing-is-learnt/server.json", "server.log"),
    ("nothing-is-learnt/stranger.json", "stranger.log"),
  ]

  private static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Corpus")
  private static var isRecording: Bool { ProcessInfo.processInfo.environment["POLICYC_RECORD"] == "1" }

  @Test("the logs in the corpus are those that are made here", arguments: logs.map(\.name))
  func logIsCurrent(name: String) throws {
    let bytes = try #require(Self.logs.first { $0.name == name }?.log.bytes)
    let place = Self.corpus.appending(path: "bootlogs/\(name)")
    if Self.isRecording {
      try Data(bytes).write(to: place, options: .atomic)
      Issue.record("\(name) was recorded; run again without POLICYC_RECORD")
    }
    #expect(try Array(Data(contentsOf: place)) == bytes)
  }

  @Test("the evidence in the corpus has the logs that are made here")
  func evidenceIsCurrent() throws {
    let key = SoftwareKey(.p256)
    for (file, log) in Self.evidence {
      let place = Self.corpus.appending(path: "reference/\(file)")
      let bytes = Array(try Data(contentsOf: Self.corpus.appending(path: "bootlogs/\(log)")))
      let found = try? JSONSerialization.jsonObject(with: Data(contentsOf: place)) as? [String: Any]
      let isCurrent = found?["boot_log"] as? String == Data(bytes).base64EncodedString()
      // All are signed anew, or none: the key is lost when this ends.
      if Self.isRecording {
        try Self.json(try key.evidence(of: bytes, nonce: Array(1...8), banks: [.sha256]))
          .write(to: place, options: .atomic)
        try Data("\(hex(key.name))\n".utf8).write(
          to: place.deletingLastPathComponent().appending(path: "ak.txt"), options: .atomic)
      } else {
        #expect(isCurrent, "\(file)")
      }
    }
    if Self.isRecording { Issue.record("evidence was recorded; run again without POLICYC_RECORD") }
  }

  private static func json(_ evidence: Evidence) throws -> Data {
    let banks = evidence.pcrs.banks.map { bank, values in
      (bank.name, Dictionary(uniqueKeysWithValues: values.map { ("\($0)", hex($1)) }))
    }
    let file: [String: Any] = [
      "format": "policyc-evidence", "version": 1, "pcrs": Dictionary(uniqueKeysWithValues: banks),
      "nonce": Data(evidence.nonce).base64EncodedString(),
      "attestation_key": Data(evidence.attestationKey).base64EncodedString(),
      "quote": Data(evidence.quote).base64EncodedString(),
      "signature": Data(evidence.signature).base64EncodedString(),
      "boot_log": Data(evidence.bootLog ?? []).base64EncodedString(),
      "facts": ["os.build": "10.0.26100.1"],
    ]
    return try JSONSerialization.data(withJSONObject: file, options: [.sortedKeys, .withoutEscapingSlashes])
  }
}
