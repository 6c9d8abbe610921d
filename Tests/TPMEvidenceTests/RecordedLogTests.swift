import Foundation
import Testing

@testable import TPMEvidence

@Suite("Logs of real machines", .enabled(if: RecordedLogs.isThere, "needs ../shared/data/eventlogs"))
struct RecordedLogTests {
  /// What another reader made of a log.
  struct Description: Decodable {
    let algs: [String]
    let events: Int
    let replayed_pcrs: [String: [String: String]]
  }

  struct Expectation: Decodable {
    let expected_pcrs: [String: [String: String]]
  }

  /// Logs that are refused, and why that is right.
  static let refused = [
    // The header counts four bytes of vendor information that lie behind its event.
    "tpm2-software+tpm2-tools/test_integration_fixtures_specid-vendordata.bin":
      "event 0, at byte 69: the header has 4 bytes of vendor information, and 0 are left in its event"
  ]

  @Test(
    "every log is read and leads to its PCR values, or is refused for a reason", arguments: RecordedLogs.all)
  func replays(path: String) throws {
    if let reason = Self.refused[path] {
      let error = try #require(throws: EventLogError.self) { _ = try RecordedLogs.log(path) }
      #expect(error.description == reason)
      return
    }
    let log = try RecordedLogs.log(path)
    let description = try JSONDecoder().decode(
      Description.self, from: Data(try RecordedLogs.bytes(path + ".meta.json")))
    #expect(log.events.count == description.events)
    #expect(log.banks.map(\.algorithm.name) == description.algs)
    #expect(log.end == log.bytes.count)
    for (bank, values) in description.replayed_pcrs {
      let replay = try #require(HashAlgorithm(name: bank).flatMap { log.replay($0) })
      for (register, value) in values {
        #expect(replay[try #require(Int(register))].map(hex) == value, "\(bank) \(register)")
      }
    }
  }

  @Test("the values of the TPM are those that the log leads to, and so is the quote's digest")
  func expectation() throws {
    let log = try RecordedLogs.log(RecordedLogs.windowsVM)
    let expected = try JSONDecoder().decode(
      Expectation.self, from: Data(try RecordedLogs.bytes(RecordedLogs.windowsVM + ".expected.json")))
    var text = ""
    for (bank, values) in expected.expected_pcrs {
      text += "\(bank):\n" + values.map { "  \($0) : 0x\($1.uppercased())\n" }.sorted().joined()
    }
    let values = try PCRValues(pcrread: Array(text.utf8))
    #expect(log.coverage(of: values) == 24)
    #expect(log.divergences(from: values) == [])

    let quote = try RecordedLogs.bytes(
      RecordedLogs.windowsVM.replacingOccurrences(of: "eventlog", with: "quote"))
    let digest = log.replay(.sha1)?.quoteDigest(of: 0..<24, by: .sha1)
    #expect(digest.map { Array(quote.suffix(20)) == $0 } == true)
    #expect(digest.map(hex)?.hasPrefix("a610f27b") == true)
  }

  @Test("another machine's values diverge, with the events that led elsewhere")
  func divergence() throws {
    let log = try RecordedLogs.log(RecordedLogs.windowsVM)
    let other = try #require(try RecordedLogs.log(RecordedLogs.windowsPC).replay(.sha1))
    let values = PCRValues([.sha1: [7: other[7]!, 15: other[15]!]])
    let found = log.divergences(from: values)
    #expect(found.map(\.register) == [7])
    #expect(found.first?.events == [1, 2, 3, 4, 5, 6, 7])
    #expect(found.first?.agreesUpTo == nil)
  }

  @Test("a Windows server on a virtual machine: what it measured of its boot")
  func windowsVM() throws {
    let evidence = BootEvidence(try RecordedLogs.log(RecordedLogs.windowsVM))
    let windows = evidence.windows
    #expect(evidence.secureBoot.isOn == .known(true))
    #expect(evidence.isUEFI == .known(true))
    #expect(windows.isBootDebugged == .known(false))
    #expect(windows.isKernelDebugged == .known(false))
    #expect(windows.acceptsTestSignatures == .known(false))
    #expect(windows.acceptsFlightSignatures == .known(false))
    #expect(windows.hasCodeIntegrity == .known(true))
    #expect(windows.isSafeMode == .known(false))
    #expect(windows.isWinPE == .known(false))
    #expect(windows.antimalwareDrivers == .known(["Windows Defender"]))
    #expect(windows.bitlockerUnlocks == .known([0, 0]))
    #expect(windows.vsmLaunchType == .known(0))
    #expect(windows.applicationSVNs == .known([1, 1]))
    #expect(windows.hvciPolicy.reason == "the log does not have Windows' element 'HVCI policy'")
    #expect(windows.smmLevel.reason?.contains("PCR 20") == true)
    let list = try #require(windows.bootRevocationList.value)
    #expect(list.algorithm == .sha256 && hex(list.digest).hasPrefix("76dea1e54ada0c2e"))
    let modules = try #require(windows.modules.value)
    #expect(modules.first?.path == #"\Windows\system32\winload.efi"#)
    #expect(modules.allSatisfy { $0.digest?.isEmpty == false })
    // This machine's db holds Microsoft's root, under which more is signed than Windows.
    #expect(
      evidence.loader.signer.reason?.hasPrefix(
        "no certificate of Windows verified an image, as far as PCR 7 tells: event 7 in PCR 7 says that "
          + "'CN=Microsoft Root Certificate Authority 2010, ") == true)
  }

  @Test("a PC with a card's driver: virtualization-based security, and who verified what was started")
  func windowsPC() throws {
    let evidence = BootEvidence(try RecordedLogs.log(RecordedLogs.windowsPC))
    let windows = evidence.windows
    #expect(windows.vsmLaunchType == .known(1))
    #expect(windows.hypervisorLaunchType == .known(1))
    #expect(windows.bitlockerUnlocks == .known([4, 1]))
    #expect(windows.isKernelDebugged == .known(false))
    #expect(windows.hasCodeIntegrity == .known(true))
    let names = evidence.secureBoot.authorities.compactMap { authority in
      if case .certificate(let certificate)? = authority.entry { certificate.name } else { nil }
    }
    #expect(names.count == 2)
    #expect(names[0].hasPrefix("CN=Microsoft Corporation UEFI CA 2011"))
    #expect(names[1].hasPrefix("CN=Microsoft Windows Production PCA 2011"))
    #expect(evidence.images.map(\.register) == [2, 4])
    #expect(evidence.images.map(\.authority) == [0, 1])
    #expect(evidence.images.last?.path == #"\EFI\Microsoft\Boot\bootmgfw.efi"#)
    #expect(evidence.loader.signer(accepting: [LoaderAttackTests.thirdParties]).value != nil)
    #expect(windows.startedKernel == .known(true) && evidence.contradictions == [])
  }

  @Test("no log of a real machine has a sign of tampering", arguments: RecordedLogs.all)
  func noContradictions(path: String) throws {
    guard Self.refused[path] == nil else { return }
    #expect(BootEvidence(try RecordedLogs.log(path)).contradictions == [])
  }

  @Test("the keys of Secure Boot are named by their subjects")
  func keys() throws {
    let evidence = SecureBootEvidence(try RecordedLogs.log(RecordedLogs.windowsVM))
    func subjects(_ entries: BootFinding<[SignatureEntry]>) -> [String] {
      (entries.value ?? []).compactMap { entry in
        if case .certificate(let certificate) = entry { certificate.subject } else { nil }
      }
    }
    #expect(subjects(evidence.platformKey).count == 1)
    #expect(
      subjects(evidence.keyExchangeKeys).contains { $0.hasPrefix("CN=Microsoft Corporation KEK CA 2011") })
    #expect(subjects(evidence.allowed).contains { $0.hasPrefix("CN=Microsoft Windows Production PCA 2011") })
    let forbidden = try #require(evidence.forbidden.value)
    #expect(forbidden.count > 50)
    #expect(forbidden.allSatisfy { if case .sha256 = $0 { true } else { false } })
  }

  @Test(
    "Secure Boot of machines that run Linux",
    arguments: [
      (RecordedLogs.linuxVM, BootFinding<Bool>.known(false)),
      (
        "tpm2-software+tpm2-tools/test_integration_fixtures_event-arch-linux.bin",
        .unknown("the variable 'SecureBoot' was measured empty, which is neither on nor off")
      ),
      ("tpm2-software+tpm2-tools/test_integration_fixtures_event-moklisttrusted.bin", .known(true)),
      (
        "tpm2-software+tpm2-tools/test_integration_fixtures_event-uefivar.bin",
        .unknown(
          "PCR 7 has no separator, so that what was measured at boot cannot be told from what anybody added later"
        )
      ),
    ])
  func linux(path: String, expected: BootFinding<Bool>) throws {
    let evidence = BootEvidence(try RecordedLogs.log(path))
    #expect(evidence.secureBoot.isOn == expected)
    #expect(evidence.windows.isBootDebugged.value == nil)
    #expect(evidence.loader.signer.value == nil)
  }

  @Test("shim's certificates are named as the firmware's are")
  func shim() throws {
    let log = try RecordedLogs.log(
      "tpm2-software+tpm2-tools/test_integration_fixtures_event-moklisttrusted.bin")
    let authorities = SecureBootEvidence(log).authorities
    #expect(authorities.map(\.variable) == ["db", "SbatLevel", "MokListTrusted", "Shim"])
    #expect(authorities.map(\.isFirmware) == [true, false, false, false])
    let names = authorities.map { authority in
      if case .certificate(let certificate)? = authority.entry { certificate.name } else { "" }
    }
    #expect(
      names == [
        "CN=Microsoft Corporation UEFI CA 2011, O=Microsoft Corporation, C=US", "", "",
        "CN=Red Hat Secure Boot CA 5, O=Red Hat, Inc.",
      ])
  }
}
