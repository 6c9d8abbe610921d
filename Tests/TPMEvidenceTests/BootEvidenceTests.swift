import Testing

@testable import TPMEvidence

@Suite("BootEvidence")
struct BootEvidenceTests {
  @Test("a healthy Windows PC says what it is asked")
  func healthy() throws {
    let evidence = BootEvidence(try MadeUpLogs.windows().read())
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
    #expect(windows.antimalwareDrivers == .known(["Contoso AV"]))
    #expect(windows.bitlockerUnlocks == .known([4]))
    #expect(windows.hypervisorLaunchType == .known(1))
    #expect(windows.vsmLaunchType == .known(1))
    #expect(windows.hvciPolicy == .known(1))
    #expect(windows.applicationSVNs == .known([3, 5]))
    #expect(windows.hasBootDMAProtection.value == nil)
    let list = try #require(windows.bootRevocationList.value)
    #expect(list.created == 132 && list.algorithm == .sha256 && list.digest == [0xAB, 0xCD])
    #expect(windows.osRevocationList.reason == "the log does not have Windows' element 'OS revocation list'")
    let module = try #require(windows.modules.value?.first)
    #expect(module.path == #"\Windows\system32\winload.efi"#)
    #expect(module.digest == [9, 9] && module.isValidated == true && module.svn == 2)
    #expect(module.publisher == "Microsoft Windows" && module.issuer == nil)
  }

  @Test("the keys of Secure Boot are named, and what verified each image")
  func keys() throws {
    let evidence = BootEvidence(try MadeUpLogs.linux().read())
    func names(_ entries: BootFinding<[SignatureEntry]>) -> [String] {
      (entries.value ?? []).map {
        if case .certificate(let certificate) = $0 { certificate.name } else { "other" }
      }
    }
    #expect(names(evidence.secureBoot.platformKey) == ["CN=Contoso PK, O=Contoso"])
    #expect(names(evidence.secureBoot.keyExchangeKeys) == ["CN=Contoso KEK, O=Contoso"])
    #expect(
      names(evidence.secureBoot.allowed) == ["CN=Contoso db, O=Contoso", "CN=Contoso Third Party, O=Contoso"])
    #expect(evidence.secureBoot.forbidden == .known([]))
    #expect(evidence.images.map(\.path) == [#"\EFI\debian\shimx64.efi"#, #"\EFI\debian\grubx64.efi"#])
    #expect(evidence.images.map(\.authority) == [0, nil])
    #expect(evidence.secureBoot.authorities.map(\.variable) == ["db"])
  }

  @Test("firmware that left memory open to devices says so before or behind its separator, and never by type")
  func openMemory() throws {
    func finding(_ change: (inout EditableLog) throws -> Void) throws -> BootFinding<Int> {
      var log = MadeUpLogs.windows()
      try change(&log)
      return SecureBootEvidence(try log.read()).openMemory
    }
    let text = Array("DMA Protection Disabled".utf8)
    #expect(try finding { $0.events.insert($0.event(7, .efiAction, text), at: 0) } == .known(1))
    #expect(try finding { $0.add(7, EventType(rawValue: 2), [], measured: text) }.value != nil)
    #expect(try finding { $0.add(5, .efiAction, text) }.value == nil)
    #expect(try finding { $0.add(7, .efiAction, text, measured: [1]) }.value == nil)
    #expect(
      try finding { _ in }
        == .unknown("PCR 7 does not have 'DMA Protection Disabled', and silence is no answer"))
  }

  @Test("firmware that says that it calls an application of UEFI has UEFI, Secure Boot or not")
  func uefi() throws {
    var log = MadeUpLogs.windows()
    try log.measureSecureBoot([0])
    #expect(BootEvidence(try log.read()).isUEFI == .known(true))
    log.events.removeAll { $0.type == .efiAction }
    #expect(BootEvidence(try log.read()).isUEFI.value == nil)
    log.add(4, .efiAction, "Calling EFI Application from Boot Option")
    #expect(BootEvidence(try log.read()).isUEFI.value == nil, "behind the separator anybody can say it")
  }

  @Test("an application of UEFI that returned may not be what started the system")
  func returned() throws {
    var log = MadeUpLogs.windows()
    try log.measureSecureBoot([0])
    log.add(4, .efiAction, "Returning from EFI Application from Boot Option")
    #expect(BootEvidence(try log.read()).isUEFI.reason?.contains("returned") == true)
  }

  @Test("subjects of certificates are read in every kind of text")
  func subjects() {
    func subject(_ tag: UInt8, _ text: [UInt8]) -> String? {
      let name = MadeUpLogs.der(
        0x31, MadeUpLogs.der(0x30, MadeUpLogs.der(0x06, [0x55, 0x04, 3]) + MadeUpLogs.der(tag, text)))
      let fields =
        MadeUpLogs.der(0x02, [7]) + MadeUpLogs.der(0x30, []) + MadeUpLogs.der(0x30, [])
        + MadeUpLogs.der(0x30, [])
        + MadeUpLogs.der(0x30, name)
      return Certificate(MadeUpLogs.der(0x30, MadeUpLogs.der(0x30, fields))[...]).subject
    }
    #expect(subject(0x0C, Array("Ä".utf8)) == "CN=Ä")
    #expect(subject(0x13, Array("A\u{1B}[2J".utf8)) == "CN=A\u{1B}[2J")
    #expect(subject(0x14, [0xC4]) == "CN=Ä")
    #expect(subject(0x1E, [0x30, 0x42]) == "CN=あ")
    #expect(subject(0x1E, [0x30]) == nil)
    #expect(subject(0x02, [1]) == nil)
    #expect(Certificate([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]).subject == nil)
    #expect(Certificate([]).name == "certificate da39a3ee5e6b4b0d3255bfef95601890afd80709")
  }

  @Test(
    "a signature list that is not well formed is none",
    arguments: [
      [1], MadeUpLogs.x509 + little(UInt32(27)) + little(UInt32(0)) + little(UInt32(17)),
      MadeUpLogs.x509 + little(UInt32(28)) + little(UInt32(1)) + little(UInt32(17)),
      MadeUpLogs.x509 + little(UInt32(28)) + little(UInt32(0)) + little(UInt32(16)),
      MadeUpLogs.x509 + little(UInt32.max) + little(UInt32(0)) + little(UInt32(17)),
    ])
  func signatureLists(bytes: [UInt8]) {
    #expect(SignatureList.entries(of: bytes[...]) == nil)
  }
}

@Suite("PCRValues")
struct PCRValuesTests {
  @Test("what tpm2_pcrread prints is read")
  func pcrread() throws {
    let text = """
        sha1:
        sha256:
          0 : 0x\(String(repeating: "0A", count: 32))
          23: 0x\(String(repeating: "ff", count: 32))

      """
    let values = try PCRValues(pcrread: Array(text.utf8))
    #expect(values.banks.keys.map(\.name) == ["sha256"])
    #expect(values.banks[.sha256]?[0] == [UInt8](repeating: 10, count: 32))
    #expect(values.banks[.sha256]?.count == 2)
  }

  @Test(
    "what is not understood is refused with its line",
    arguments: [
      ("sha256:\n  24 : 0x00\n", "line 2: it does not begin with the number of a PCR, 0 to 23"),
      ("sha256:\n  -1 : 0x00\n", "line 2: it does not begin with the number of a PCR, 0 to 23"),
      ("md5:\n", "line 1: it names no bank that is known: sha1, sha256, sha384, sha512, sm3_256"),
      ("0 : 0x00\n", "line 1: a bank's name has to come first"),
      ("sha1:\n 0 : 0x0g\n", "line 2: its value is not one of sha1 in hexadecimal"),
      ("sha1:\nnothing\n", "line 2: there is no colon in it"),
    ])
  func refuses(text: String, expected: String) {
    let error = #expect(throws: PCRTextError.self) { try PCRValues(pcrread: Array(text.utf8)) }
    #expect(error?.description == expected)
  }

  @Test("a PCR given twice is refused")
  func twice() {
    let line = " 1 : 0x" + String(repeating: "00", count: 20) + "\n"
    let error = #expect(throws: PCRTextError.self) {
      try PCRValues(pcrread: Array("sha1:\n\(line)\(line)".utf8))
    }
    #expect(error?.description == "line 3: PCR 1 is given twice")
  }

  @Test("a divergence names the values, the events, and where the value agrees")
  func divergence() throws {
    var log = EditableLog([.sha1])
    log.add(7, .efiAction, "a")
    let before = try log.read().replay(.sha1)?[7]
    log.add(7, .efiAction, "b")
    let given = PCRValues([.sha1: [7: try #require(before), 8: [UInt8](repeating: 1, count: 20)]])
    let found = try log.read().divergences(from: given).map(\.description)
    #expect(found.count == 2)
    #expect(
      found[0].hasSuffix(
        "it was extended by the events 1 and 2; the value is that after event 1, so that the log has events too many"
      ))
    #expect(
      found[1].hasPrefix(
        "PCR 8 in sha1: the value is 0101010101010101010101010101010101010101, the log leads to 00"))
    #expect(found[1].hasSuffix("; no event extended it"))
  }
}
