import EvidenceSupport
import Testing

@testable import TPMEvidence

/// Devices of `MadeUpModels`, quoted by a key of software.
enum ReferenceCase {
  static let key = SoftwareKey(.p256)
  static let nonce = Array("made-up nonce".utf8)
  static let thirdParty: Set<[UInt8]> = [Certificate(MadeUpModels.thirdParty[...]).sha256]

  static func golden(
    _ log: EditableLog, name: String = "golden.json", banks: [HashAlgorithm] = [.sha256],
    accepting accepted: Set<[UInt8]> = []
  ) throws -> GoldenDevice {
    try GoldenDevice(
      try key.evidence(of: log.bytes, nonce: nonce), name: name, banks: banks, accepting: accepted)
  }

  /// What golden devices lead to.
  static func values(
    _ logs: [EditableLog], name: String = "model.json", banks: [HashAlgorithm] = [.sha256],
    accepting accepted: Set<[UInt8]> = [], requiring required: Set<ReferenceValues.Section> = []
  ) throws -> ReferenceValues {
    let devices = try logs.map { try golden($0, banks: banks, accepting: accepted) }
    var values = ReferenceLearning(devices, requiring: required).values
    values.name = name
    return values
  }

  /// What values say of a device.
  static func judge(
    _ log: EditableLog, by references: [ReferenceValues], banks: [HashAlgorithm] = [.sha256],
    accepting accepted: Set<[UInt8]> = [], registers: [Int] = SoftwareKey.bootRegisters
  ) throws -> ReferenceJudgement {
    let evidence = try key.evidence(of: log.bytes, nonce: nonce, registers: registers)
    let verification = EvidenceVerification(
      evidence, nonce: nonce, trust: EvidenceTrust(attestationKeyName: key.name),
      terms: EvidenceTerms(banks: banks))
    return try #require(
      ReferenceJudgement(try verification.bootLog.get(), references, accepting: accepted))
  }
}

extension ReferenceJudgement {
  /// Why Windows' facts are not vouched for; empty when they are.
  var windowsReason: String {
    switch windowsDoubt {
    case .stranger(let reason), .difference(let reason): reason
    case nil: ""
    }
  }
}

@Suite("Devices beside reference values: docs/boot-evidence.md")
struct ReferenceJudgementTests {
  private func notebook(_ change: (inout EditableLog) throws -> Void) throws -> ReferenceJudgement {
    var log = try MadeUpModels.notebook()
    try change(&log)
    return try ReferenceCase.judge(log, by: [try ReferenceCase.values([MadeUpModels.notebook()])])
  }

  private func server(
    registers: [Int] = SoftwareKey.bootRegisters, _ change: (inout EditableLog) throws -> Void
  ) throws -> ReferenceJudgement {
    var log = try MadeUpModels.server()
    try change(&log)
    let values = try ReferenceCase.values(
      [MadeUpModels.server()], accepting: ReferenceCase.thirdParty)
    return try ReferenceCase.judge(log, by: [values], registers: registers)
  }

  @Test("the program that a notebook's firmware starts is accounted for, and by nothing else")
  func notebook() throws {
    let found = try notebook { _ in }
    #expect(found.windowsDoubt == nil && found.bootDoubt == nil)
    #expect(
      found.remark.hasPrefix(
        "the reference values of 'model.json' account for event 17 in PCR 4 ('Fv(11111111-"))
    #expect(found.remark.hasSuffix("; nothing differs from the reference values of 'model.json'"))
    let other = try ReferenceCase.judge(
      MadeUpModels.notebook(), by: [try ReferenceCase.values([MadeUpModels.machine()])])
    #expect(other.windowsReason.contains("more was started than Windows' boot manager; not accounted for by"))
  }

  @Test("every golden device is as the values have it, though the devices of the lot differ")
  func goldenDevices() throws {
    let lot = [
      try MadeUpModels.notebook(firmware: "1.2.3", revoked: [1, 2]),
      try MadeUpModels.notebook(firmware: "1.3.0", revoked: [1, 3]), try MadeUpModels.machine(),
    ]
    let values = try ReferenceCase.values(lot, requiring: Set(ReferenceValues.Section.allCases))
    for log in lot {
      let found = try ReferenceCase.judge(log, by: [values])
      #expect(found.windowsDoubt == nil && found.bootDoubt == nil, "\(found)")
      #expect(found.remark.hasSuffix("nothing differs from the reference values of 'model.json'"))
    }
  }

  @Test("an image that is not listed is named by event, PCR, path and digest, wherever it stands")
  func otherImage() throws {
    let image = MadeUpLogs.image(#"\EFI\x\x.efi"#)
    let digest = hex(HashAlgorithm.sha256.digest(of: [3]) ?? [])
    let place = try MadeUpModels.separator(4, of: MadeUpModels.notebook())
    let boot = try MadeUpModels.bootManager(of: MadeUpModels.notebook())
    for position in [place, place + 1, boot] {
      let found = try notebook {
        $0.events.insert($0.event(4, .bootServicesApplication, image, measured: [3]), at: position)
      }
      #expect(
        found.windowsReason.contains(
          #" in PCR 4 ('\EFI\x\x.efi' by the log, sha256 "# + digest + ")"), "\(found.windowsReason)")
      #expect(found.windowsReason.contains("not accounted for by the reference values of 'model.json'"))
      #expect(found.bootDoubt == nil, "Secure Boot is told by PCR 7 all the same")
    }
  }

  @Test("an image in another place than it is listed for is not accounted for")
  func otherPlace() throws {
    let early = try notebook { log in
      let place = try #require(
        log.events.lastIndex { $0.register == 4 && $0.type == .bootServicesApplication })
      let event = log.events.remove(at: place - 1)
      log.events.insert(event, at: try MadeUpModels.separator(4, of: log))
    }
    #expect(early.windowsReason.contains("not accounted for by"))
    let listed = try MadeUpModels.notebook()
    let boot = try MadeUpModels.bootManager(of: listed)
    // What an operating system extends later, with whatever digest is listed.
    for position in [boot - 1, boot] {
      let late = try notebook { $0.events.append(listed.events[position]) }
      #expect(late.windowsReason.contains("not accounted for by"), "\(late.windowsReason)")
    }
  }

  @Test("what is listed as the boot manager does not hide what ran before it")
  func replayedBootManager() throws {
    let found = try notebook { log in
      let boot = try MadeUpModels.bootManager(of: log)
      let own = log.event(4, .bootServicesApplication, MadeUpLogs.image(#"\own.efi"#), measured: [9])
      log.events.insert(own, at: boot)
    }
    #expect(found.windowsReason.contains(#"'\own.efi' by the log"#))
  }

  @Test("a newer boot manager passes where only Windows' certificates verified anything, and is named")
  func newerBootManager() throws {
    let change: (inout EditableLog) throws -> Void = { log in
      let boot = try MadeUpModels.bootManager(of: log)
      log.events[boot] = log.event(
        4, .bootServicesApplication, MadeUpLogs.image(#"\bootmgfw.efi"#), measured: [0xB1])
    }
    let found = try notebook(change)
    #expect(found.windowsDoubt == nil)
    #expect(found.remark.contains(#"differences from the reference values of 'model.json': event "#))
    #expect(found.remark.contains(#"'\bootmgfw.efi' by the log"#))
    var log = try MadeUpModels.notebook()
    try change(&log)
    let strict = try ReferenceCase.values([MadeUpModels.notebook()], requiring: [.images])
    let refused = try ReferenceCase.judge(log, by: [strict])
    guard case .difference(let reason)? = refused.windowsDoubt else {
      Issue.record("\(refused)")
      return
    }
    #expect(
      reason.hasPrefix(
        "the device must not differ from the reference values of 'model.json', and does: event "))
    #expect(refused.bootDoubt == refused.windowsDoubt)
    // Where another certificate may have verified it, it has to be listed.
    #expect(try server(change).windowsReason.contains(#"'\bootmgfw.efi' by the log"#))
  }

  @Test("what a listed authority verified has to be listed image by image, drivers too")
  func listedAuthority() throws {
    let found = try server { _ in }
    #expect(found.windowsDoubt == nil, "\(found)")
    #expect(found.remark.contains("'CN=Contoso Third Party, O=Contoso'"))
    #expect(found.remark.contains(#"'\EFI\Contoso\Services.efi' by the log"#))
    let driver = EventType(rawValue: 0x8000_0004)
    let early = try server { log in
      log.events.insert(
        log.event(2, driver, [], measured: [0xD1]), at: try MadeUpModels.separator(2, of: log))
    }
    #expect(early.windowsReason.contains("not accounted for by the reference values of 'model.json': event "))
    #expect(early.windowsReason.contains(" in PCR 2 "))
    #expect(try server { $0.add(2, driver, [], measured: [0xD1]) }.windowsReason.contains(" in PCR 2 "))
    #expect(
      try server { log in
        log.events.remove(at: try MadeUpModels.separator(2, of: log))
      }.windowsReason.contains("PCR 2 has no separator"))
    #expect(
      try server(registers: SoftwareKey.bootRegisters.filter { $0 != 2 }) { _ in }.windowsReason.contains(
        "PCR 2 was not quoted in sha256"))
    // Whoever accepts the certificate accepts all that it signed.
    var log = try MadeUpModels.server()
    log.add(2, driver, [], measured: [0xD1])
    let values = try ReferenceCase.values([MadeUpModels.server()], accepting: ReferenceCase.thirdParty)
    let accepted = try ReferenceCase.judge(log, by: [values], accepting: ReferenceCase.thirdParty)
    #expect(accepted.windowsDoubt == nil)
  }

  @Test("an authority that is not listed is named, and the values do not stand for Windows itself")
  func otherAuthority() throws {
    let found = try notebook { log in
      try MadeUpWindows.setDatabase("db", to: [MadeUpModels.windows, MadeUpWindows.owner], in: &log)
      log.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    }
    #expect(found.windowsReason.contains("'CN=My own key, O=Contoso'"))
    #expect(found.windowsReason.hasSuffix("; nor do the reference values of 'model.json' list it"))
    let alone = try server { log in
      log.events.removeAll { $0.data == MadeUpWindows.authority(MadeUpModels.windows) }
    }
    #expect(alone.windowsReason == "no certificate of Windows verified an image, as far as PCR 7 tells")
  }

  @Test("with Secure Boot off nothing is accounted for")
  func secureBootOff() throws {
    let found = try notebook { log in
      let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
      log.events[index] = log.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([0]))
    }
    #expect(
      found.windowsReason == "Secure Boot is off, so that any program could have measured in Windows' place")
  }

  @Test("of several files one has to explain a device; parts of two make no third")
  func severalModels() throws {
    let notebook = try ReferenceCase.values([MadeUpModels.notebook()], name: "notebook.json")
    let server = try ReferenceCase.values(
      [MadeUpModels.server()], name: "server.json", accepting: ReferenceCase.thirdParty)
    for references in [[notebook, server], [server, notebook]] {
      let first = try ReferenceCase.judge(MadeUpModels.notebook(), by: references)
      #expect(first.windowsDoubt == nil && first.remark.contains("'notebook.json'"))
      let second = try ReferenceCase.judge(MadeUpModels.server(), by: references)
      #expect(second.windowsDoubt == nil && second.remark.contains("'server.json'"))
      var mixed = try MadeUpModels.server()
      let program = try MadeUpModels.notebook()
      let place = try MadeUpModels.bootManager(of: program) - 1
      mixed.events.insert(program.events[place], at: try MadeUpModels.bootManager(of: mixed))
      #expect(try ReferenceCase.judge(mixed, by: references).windowsReason.contains("not accounted for by"))
    }
  }

  @Test("other firmware is named; where the values ask for it, no fact of the boot is vouched for")
  func firmware() throws {
    let log = try MadeUpModels.notebook(firmware: "6.6.6")
    let lenient = try ReferenceCase.judge(
      log, by: [try ReferenceCase.values([MadeUpModels.notebook()])])
    #expect(lenient.windowsDoubt == nil && lenient.bootDoubt == nil)
    #expect(lenient.remark.contains("event 1 in PCR 0 ('EV_S_CRTM_VERSION: 6.6.6' by the log, sha256 "))
    let values = try ReferenceCase.values([MadeUpModels.notebook()], requiring: [.firmware])
    let strict = try ReferenceCase.judge(log, by: [values])
    #expect(strict.bootDoubt != nil && strict.windowsDoubt == strict.bootDoubt)
    #expect(strict.windowsReason.contains("'EV_S_CRTM_VERSION: 6.6.6'"))
    let unquoted = try ReferenceCase.judge(
      MadeUpModels.notebook(), by: [values], registers: SoftwareKey.bootRegisters.filter { $0 != 0 })
    #expect(unquoted.windowsReason.contains("PCR 0 was not quoted in sha256"))
    // One file that holds is enough, and the strict one does not stand in its way.
    let both = try ReferenceCase.judge(
      log, by: [values, try ReferenceCase.values([MadeUpModels.notebook()], name: "lenient.json")])
    #expect(both.windowsDoubt == nil && both.bootDoubt == nil)
  }

  @Test(
    "keys that the values lack are named, and revocations that the device lacks; more revocations are none")
  func keys() throws {
    let values = try ReferenceCase.values(
      [MadeUpModels.notebook(revoked: [1, 2, 3])], requiring: [.keys])
    func reason(_ log: EditableLog) throws -> String {
      try ReferenceCase.judge(log, by: [values]).windowsReason
    }
    #expect(try reason(MadeUpModels.notebook(revoked: [1, 2, 3, 4])) == "")
    let few = try reason(MadeUpModels.notebook(revoked: [1]))
    #expect(
      few.hasSuffix("dbx lacks the digest \(String(repeating: "02", count: 32)) of an image and 1 more"))
    var foreign = try MadeUpModels.notebook(revoked: [1, 2, 3])
    try MadeUpWindows.setDatabase("db", to: [MadeUpModels.windows, MadeUpWindows.owner], in: &foreign)
    #expect(try reason(foreign).contains("'CN=My own key, O=Contoso'"))
    #expect(try reason(foreign).contains("and does: db has 'CN=My own key"))
    var fewer = try MadeUpModels.notebook(revoked: [1, 2, 3])
    fewer.events.removeAll { UEFIVariable($0.data[...])?.name == "KEK" }
    #expect(try reason(fewer).contains("PCR 7 has no measurement of the variable 'KEK'"))
  }

  @Test("values count in the banks that count, and in all of them")
  func banks() throws {
    let log = try MadeUpModels.notebook([.sha256, .sha384])
    let one = try ReferenceCase.values([log])
    #expect(try ReferenceCase.judge(log, by: [one]).windowsDoubt == nil)
    let lacking = try ReferenceCase.judge(log, by: [one], banks: [.sha256, .sha384])
    #expect(lacking.windowsReason.contains("'model.json' has no digests of sha384"))
    let both = try ReferenceCase.values([log], banks: [.sha384, .sha256])
    for banks in [[HashAlgorithm.sha256], [.sha384], [.sha256, .sha384], [.sha384, .sha256]] {
      #expect(try ReferenceCase.judge(log, by: [both], banks: banks).windowsDoubt == nil)
    }
    var other = log
    let place = try MadeUpModels.bootManager(of: other) - 1
    other.events[place].digests[1] = [UInt8](repeating: 9, count: 48)
    #expect(
      try ReferenceCase.judge(other, by: [both], banks: [.sha256, .sha384]).windowsReason.contains(
        "not accounted for"))
  }
}
