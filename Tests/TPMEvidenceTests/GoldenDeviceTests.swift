import EvidenceSupport
import Testing

@testable import TPMEvidence

@Suite("Learning reference values")
struct GoldenDeviceTests {
  private func refusal(_ evidence: Evidence, accepting accepted: Set<[UInt8]> = []) -> String {
    do throws(GoldenDevice.Refusal) {
      _ = try GoldenDevice(evidence, name: "x", banks: [.sha256], accepting: accepted)
      return ""
    } catch {
      return error.description
    }
  }

  private func refusal(
    registers: [Int] = SoftwareKey.bootRegisters, accepting accepted: Set<[UInt8]> = [],
    _ change: (inout EditableLog) throws -> Void
  ) throws -> String {
    var log = try MadeUpModels.notebook()
    try change(&log)
    let evidence = try ReferenceCase.key.evidence(
      of: log.bytes, nonce: ReferenceCase.nonce, registers: registers)
    return refusal(evidence, accepting: accepted)
  }

  @Test("what a device measured is learnt with its place, and nothing that varies")
  func learnt() throws {
    let values = try ReferenceCase.values([MadeUpModels.notebook(revoked: [1, 2])])
    #expect(values.banks == [.sha256])
    #expect(
      values.measurements.map(\.slot) == [.firmware(0), .image(.beforeBootManager), .image(.bootManager)])
    #expect(
      values.measurements.map(\.comment) == [
        "EV_S_CRTM_VERSION: 1.2.3",
        "Fv(11111111-1111-1111-1111-111111111111)/FvFile(22222222-2222-2222-2222-222222222222)",
        #"\EFI\Microsoft\Boot\bootmgfw.efi"#,
      ])
    #expect(values.authorities.map(\.identity.kind) == [.certificate])
    #expect(values.authorities[0].comment?.hasPrefix("CN=Microsoft Windows Production PCA 2011") == true)
    #expect(
      values.keys.mapValues(\.count) == [.platformKey: 1, .keyExchangeKeys: 1, .allowed: 1, .forbidden: 2])
  }

  @Test("the same devices lead to the same values in whatever order, and what not all have is told")
  func lot() throws {
    let devices = [
      try ReferenceCase.golden(MadeUpModels.notebook(firmware: "1.2.3", revoked: [1, 2]), name: "a"),
      try ReferenceCase.golden(MadeUpModels.notebook(firmware: "1.2.3", revoked: [1, 2]), name: "b"),
      try ReferenceCase.golden(MadeUpModels.machine(firmware: "1.3.0", revoked: [1]), name: "c"),
    ]
    let learning = ReferenceLearning(devices, requiring: [])
    #expect(ReferenceLearning(devices.reversed(), requiring: []).values == learning.values)
    #expect(
      learning.values.keys[.forbidden]?.count == 1, "what one device does not revoke is not asked of any")
    #expect(learning.notes.count == 4)
    #expect(
      learning.notes.contains { $0.hasPrefix("only in 2 of 3, a, b: 'EV_S_CRTM_VERSION: 1.2.3' in PCR 0") })
    #expect(
      learning.notes.contains { $0.hasPrefix("only in 1 of 3, c: 'EV_S_CRTM_VERSION: 1.3.0' in PCR 0") })
    #expect(learning.notes.contains { $0.hasPrefix("only in 2 of 3, a, b: 'Fv(") })
    #expect(
      learning.notes.last?.hasPrefix("not in all of them, and not learnt: an entry of dbx, such as ") == true)
    #expect(ReferenceLearning([devices[0], devices[1]], requiring: []).notes == [])
  }

  @Test("nothing is learnt from a device whose quote does not hold, or whose log is another")
  func evidence() throws {
    let log = try MadeUpModels.notebook()
    var evidence = try ReferenceCase.key.evidence(of: log.bytes, nonce: ReferenceCase.nonce)
    #expect(refusal(evidence) == "")
    evidence.signature[evidence.signature.count - 1] ^= 1
    #expect(refusal(evidence).hasPrefix("the signature of the quote does not hold"))
    evidence = try ReferenceCase.key.evidence(of: log.bytes, nonce: ReferenceCase.nonce)
    evidence.nonce = Array(0..<16)
    #expect(refusal(evidence).hasPrefix("the quote was made over another nonce"))
    evidence = try ReferenceCase.key.evidence(of: log.bytes, nonce: ReferenceCase.nonce)
    evidence.bootLog = nil
    #expect(refusal(evidence) == "the evidence has no boot log")
    evidence.bootLog = try MadeUpModels.machine().bytes
    #expect(refusal(evidence).contains("does not lead to the quoted values of sha256: PCR 4"))
    for register in [0, 2, 4, 7] {
      let quoted = SoftwareKey.bootRegisters.filter { $0 != register }
      #expect(try refusal(registers: quoted) { _ in } == "PCR \(register) was not quoted in sha256")
    }
  }

  @Test("nothing is learnt from a device that starts what nobody verified, or that contradicts itself")
  func odd() throws {
    #expect(
      try refusal { log in
        let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
        log.events[index] = log.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([0]))
      }.hasPrefix("Secure Boot is off"))
    #expect(
      try refusal { $0.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner)) }.hasSuffix(
        "database of what may be started, as it was measured, does not have it"))
    #expect(try refusal { $0.add(4, .separator, EditableLog.separator) }.hasPrefix("PCR 4 has 2 separators"))
    #expect(
      try refusal { log in log.events.remove(at: try MadeUpModels.bootManager(of: log) - 1) } == "")
    #expect(
      try refusal { log in
        log.events.removeAll { $0.register == 4 && $0.type == .bootServicesApplication }
      } == "PCR 4 has no measurement of an image behind its separator")
    #expect(
      try refusal { $0.add(4, .efiAction, "Returning from EFI Application from Boot Option") }.hasPrefix(
        "the boot manager returned to the firmware"))
  }

  @Test("an authority that is not Windows' own is learnt only where it is named")
  func authority() throws {
    let evidence = try ReferenceCase.key.evidence(
      of: MadeUpModels.server().bytes, nonce: ReferenceCase.nonce)
    let found = refusal(evidence)
    #expect(found.contains("'CN=Contoso Third Party, O=Contoso' (SHA-1 "))
    #expect(found.hasSuffix("it is learnt only where --accept-authority names it"))
    #expect(refusal(evidence, accepting: ReferenceCase.thirdParty) == "")
    // Without Windows' own there is no Windows to learn.
    #expect(
      try refusal(accepting: ReferenceCase.thirdParty) { log in
        log.events.removeAll { $0.type == .variableAuthority }
      } == "no certificate of Windows verified an image, as far as PCR 7 tells")
  }
}
