import Foundation
import EvidenceSupport
import Testing

@testable import TPMEvidence

/// The logs of `Tests/Corpus/bootlogs`, which the tests of other targets and the fuzzer start from.
@Suite("Sample logs") struct SampleLogTests {
  static let samples: [(name: String, bytes: [UInt8])] = {
    var off = MadeUpLogs.windows()
    let index = off.events.firstIndex { $0.register == 7 } ?? 0
    off.events[index] = off.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([0]))
    var edited = off
    edited.events[index].data = MadeUpLogs.secureBoot([1])
    var stranger = MadeUpLogs.windows()
    stranger.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    var resume = MadeUpLogs.windows()
    let loader = resume.events.lastIndex { $0.register == 12 && $0.type == .eventTag } ?? 0
    resume.events[loader] = resume.event(
      12, .eventTag, MadeUpLogs.stage([(SIPATag.transferControl, little(UInt32(2)))]))
    var confidential = EditableLog([.sha384])
    confidential.headerRegister = 1
    confidential.add(1, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    var openMemory = MadeUpLogs.windows()
    openMemory.add(7, .efiAction, "DMA Protection Disabled")
    let debugged = MadeUpStarts.log(
      MadeUpStarts.Numbers(9), isResume: true,
      manager: MadeUpLogs.stage([
        (SIPATag.bootDebugging, [1]), (SIPATag.testSigning, [0]), (SIPATag.flightSigning, [0]),
        (SIPATag.codeIntegrity, [0]),
      ]))
    return [
      ("debugged-resume-9.log", debugged.bytes),
      ("open-memory.log", openMemory.bytes), ("start-7.log", MadeUpStarts.start(7).bytes),
      ("resume-8.log", MadeUpStarts.resume(8).bytes), ("resume-9.log", MadeUpStarts.resume(9).bytes),
      ("windows.log", MadeUpLogs.windows().bytes), ("secure-boot-off.log", off.bytes),
      ("edited.log", edited.bytes), ("linux.bin", MadeUpLogs.linux().bytes),
      ("stranger.log", stranger.bytes), ("resume.log", resume.bytes),
      ("sha1-only.log", sha1Only(MadeUpLogs.windows([.sha1]))),
      ("sm3.bin", MadeUpLogs.windows([.sm3]).bytes),
      ("confidential.bin", confidential.bytes + [UInt8](repeating: 0xFF, count: 64)),
      ("cut.log", Array(MadeUpLogs.windows().bytes.prefix(700))),
    ]
  }()

  /// Boots in which something besides Windows ran, or could have: what a TPM is extended with to mount them.
  static let attacks: [(name: String, bytes: [UInt8])] = {
    let signer = MadeUpWindows.certificate
    let owner = MadeUpWindows.owner
    func log(_ change: (inout EditableLog) throws -> Void) -> [UInt8] {
      var log = MadeUpLogs.windows()
      do { try change(&log) } catch { Issue.record(error) }
      return log.bytes
    }
    func early(_ register: UInt32, in log: EditableLog) -> Int { log.separators(register).first ?? 0 }
    return [
      (
        "own-key.log",
        log { log in
          try MadeUpWindows.setDatabase("db", to: [owner, signer], in: &log)
          let first = try #require(log.first(7) { $0.type == .variableAuthority })
          log.events.insert(log.event(7, .variableAuthority, MadeUpWindows.authority(owner)), at: first)
        }
      ),
      (
        "own-key-alone.log", log { try MadeUpWindows.setDatabase("db", to: [owner], in: &$0) }
      ),
      (
        "authority-before-separator.log",
        log { log in
          try MadeUpWindows.setDatabase("db", to: [owner, signer], in: &log)
          log.events.insert(
            log.event(7, .variableAuthority, MadeUpWindows.authority(owner)), at: early(7, in: log))
        }
      ),
      (
        "image-before-separator.log",
        log { log in
          log.events.insert(
            log.event(4, .bootServicesApplication, MadeUpLogs.image(#"\EFI\x.efi"#), measured: [7]),
            at: early(4, in: log))
        }
      ),
      (
        "second-image.log",
        log { $0.add(4, .bootServicesApplication, MadeUpLogs.image(#"\EFI\x.efi"#), measured: [7]) }
      ),
      (
        "shim.log",
        log { log in
          log.add(
            7, .variableAuthority, MadeUpLogs.variable(MadeUpLogs.globalVariable, "Shim", signer))
        }
      ),
      (
        "debug-mode.log",
        log { log in
          log.events.insert(
            log.event(7, .efiAction, Array("UEFI Debug Mode".utf8)), at: early(7, in: log))
        }
      ),
      ("two-separators.log", log { $0.add(7, .separator, EditableLog.separator) }),
      ("late-windows.log", log { $0.add(12, .eventTag, MadeUpLogs.loader) }),
      (
        "wiped.log",
        log { log in
          let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
          log.events[index].data = []
        }
      ),
    ]
  }()

  /// The logs that the evidence of `Tests/Fuzz/seeds/evidence` was made with. It is signed by a key of software that nobody has kept.
  static let evidence: [(name: String, log: [UInt8])] = {
    var stranger = MadeUpLogs.windows([.sha256])
    stranger.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    return [("p256.json", MadeUpLogs.windows([.sha256]).bytes), ("stranger.json", stranger.bytes)]
  }()

  @Test("the sample evidence in the seeds has the logs that are made here", arguments: evidence.map(\.name))
  func evidenceIsCurrent(name: String) throws {
    let log = try #require(Self.evidence.first { $0.name == name }?.log)
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/seeds/evidence/\(name)")
    if ProcessInfo.processInfo.environment["POLICYC_RECORD"] == "1" {
      try Self.json(SoftwareKey(.p256).evidence(of: log, nonce: Array(1...8))).write(
        to: place, options: .atomic)
      Issue.record("\(name) was recorded; run again without POLICYC_RECORD")
    }
    let file = try JSONSerialization.jsonObject(with: Data(contentsOf: place)) as? [String: Any]
    #expect(file?["boot_log"] as? String == Data(log).base64EncodedString())
  }

  private static func json(_ evidence: Evidence) throws -> Data {
    var banks: [String: [String: String]] = [:]
    for (bank, values) in evidence.pcrs.banks {
      for (register, value) in values { banks[bank.name, default: [:]]["\(register)"] = hex(value) }
    }
    let file: [String: Any] = [
      "format": "policyc-evidence", "version": 1, "facts": ["os.build": "10.0.26100.1"], "pcrs": banks,
      "nonce": Data(evidence.nonce).base64EncodedString(),
      "attestation_key": Data(evidence.attestationKey).base64EncodedString(),
      "quote": Data(evidence.quote).base64EncodedString(),
      "signature": Data(evidence.signature).base64EncodedString(),
      "boot_log": Data(evidence.bootLog ?? []).base64EncodedString(),
    ]
    return try JSONSerialization.data(withJSONObject: file, options: [.sortedKeys, .withoutEscapingSlashes])
  }

  /// A log of one algorithm in the old form.
  static func sha1Only(_ log: EditableLog) -> [UInt8] {
    var old = EditableLog()
    old.events = log.events
    return old.bytes
  }

  private static let all = samples + attacks.map { (name: "attacks/\($0.name)", bytes: $0.bytes) }

  @Test("the sample in the corpus is the one that is made here", arguments: all.map(\.name))
  func isCurrent(name: String) throws {
    let bytes = try #require(Self.all.first { $0.name == name }?.bytes)
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus/bootlogs/\(name)")
    if ProcessInfo.processInfo.environment["POLICYC_RECORD"] == "1" {
      try Data(bytes).write(to: place, options: .atomic)
      Issue.record("\(name) was recorded; run again without POLICYC_RECORD")
    }
    #expect(try Array(Data(contentsOf: place)) == bytes)
  }
}
