import Testing

@testable import TPMEvidence

/// A made-up PC whose boot manager was verified by a certificate that stands for one of Windows', so that attacks can be mounted without
/// Microsoft's own.
enum MadeUpWindows {
  static let certificate = MadeUpLogs.certificate("Contoso Boot Signer")
  static let windows: Set<[UInt8]> = [Certificate(certificate[...]).thumbprint]
  static let owner = MadeUpLogs.certificate("My own key")

  /// An authority as firmware measures it, an owner before the certificate.
  static func authority(_ certificate: [UInt8]) -> [UInt8] {
    MadeUpLogs.variable(
      MadeUpLogs.securityDatabase, "db", [UInt8](repeating: 0x77, count: 16) + certificate)
  }

  /// The same machine with another database, as its firmware would have measured it.
  static func setDatabase(_ name: String, to certificates: [[UInt8]], in log: inout EditableLog) throws {
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == name })
    let value = certificates.flatMap(MadeUpLogs.signatureList)
    log.events[index] = log.event(
      7, .variableDriverConfig, MadeUpLogs.variable(MadeUpLogs.securityDatabase, name, value))
  }

  /// Who verified the boot manager, after a change.
  static func signer(
    accepting accepted: Set<[UInt8]> = [], _ change: (inout EditableLog) throws -> Void
  ) throws -> BootFinding<Certificate> {
    var log = MadeUpLogs.windows()
    try change(&log)
    return BootEvidence(try log.read()).loader.signer(accepting: accepted, windows: windows)
  }
}

@Suite("Attacks on whose word it is: docs/boot-evidence.md")
struct WindowsLoaderTests {
  private func reason(
    accepting accepted: Set<[UInt8]> = [], _ change: (inout EditableLog) throws -> Void
  ) throws -> String {
    try MadeUpWindows.signer(accepting: accepted, change).reason ?? ""
  }

  @Test("without an attack it is Windows")
  func honest() throws {
    #expect(try MadeUpWindows.signer { _ in } == .known(Certificate(MadeUpWindows.certificate[...])))
  }

  @Test("what the owner's own key verified beside Windows is named, and may be accepted by either digest")
  func ownKey() throws {
    let change: (inout EditableLog) throws -> Void = { log in
      try MadeUpWindows.setDatabase("db", to: [MadeUpWindows.certificate, MadeUpWindows.owner], in: &log)
      log.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    }
    let own = Certificate(MadeUpWindows.owner[...])
    let found = try reason(change)
    #expect(found.contains("'CN=My own key, O=Contoso' (SHA-1 \(hex(own.thumbprint)))"), "\(found)")
    #expect(found.hasSuffix("is not Windows' own"))
    for digest in [own.thumbprint, own.sha256] { #expect(try reason(accepting: [digest], change) == "") }
    #expect(try reason(accepting: [Array(own.sha256.dropLast())], change) == found)
  }

  @Test("what is accepted does not stand for Windows itself")
  func onlyAccepted() throws {
    let own = Certificate(MadeUpWindows.owner[...])
    let found = try reason(accepting: [own.thumbprint]) { log in
      try MadeUpWindows.setDatabase("db", to: [MadeUpWindows.owner], in: &log)
      let last = try #require(log.events.lastIndex { $0.type == .variableAuthority })
      log.events[last] = log.event(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
    }
    #expect(found == "no certificate of Windows verified an image, as far as PCR 7 tells")
  }

  @Test(
    "Windows' authority that somebody adds is a contradiction where the measured database does not have it")
  func addedAuthority() throws {
    for database in [[MadeUpWindows.owner], []] {
      var log = MadeUpLogs.windows()
      try MadeUpWindows.setDatabase("db", to: database, in: &log)
      log.add(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.certificate))
      let evidence = BootEvidence(try log.read())
      let sign = try #require(evidence.contradictions.first)
      #expect(sign.register == 7 && sign.reason.contains("'CN=Contoso Boot Signer, O=Contoso'"))
      #expect(
        sign.reason.hasSuffix("database of what may be started, as it was measured, does not have it"))
      #expect(
        evidence.loader.signer(accepting: [], windows: MadeUpWindows.windows) == .unknown(sign.reason))
    }
  }

  @Test("an authority that the measured database of revoked ones has is a contradiction")
  func revokedAuthority() throws {
    let found = try reason { try MadeUpWindows.setDatabase("dbx", to: [MadeUpWindows.certificate], in: &$0) }
    #expect(found.hasSuffix("database of what may not be started, as it was measured, has it"))
  }

  @Test("without the measured database nothing tells what it allowed")
  func noDatabase() throws {
    let found = try reason { log in
      let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "db" })
      log.events.remove(at: index)
    }
    #expect(found.hasPrefix("it is not known what the firmware's database allowed: PCR 7 has no measurement"))
  }

  @Test("an authority before the separator counts as one behind it")
  func earlyAuthority() throws {
    let own = Certificate(MadeUpWindows.owner[...])
    let change: (inout EditableLog) throws -> Void = { log in
      try MadeUpWindows.setDatabase("db", to: [MadeUpWindows.certificate, MadeUpWindows.owner], in: &log)
      let separator = try #require(log.separators(7).first)
      let event = log.event(7, .variableAuthority, MadeUpWindows.authority(MadeUpWindows.owner))
      log.events.insert(event, at: separator)
    }
    #expect(try reason(change).contains("'CN=My own key, O=Contoso'"))
    #expect(try reason(accepting: [own.sha256], change) == "")
    var log = MadeUpLogs.windows()
    try change(&log)
    let evidence = SecureBootEvidence(try log.read())
    #expect(evidence.allowed.value?.count == 2, "the database is not measured twice")
    #expect(evidence.isOn == .known(true) && evidence.contradiction == nil)
    #expect(evidence.authorities.count == 2)
  }

  @Test("an image that its digest alone allowed is not Windows', unless it is accepted")
  func digest() throws {
    let image = [UInt8](repeating: 0xAB, count: 32)
    let change: (inout EditableLog) throws -> Void = { log in
      let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "db" })
      let sha256: [UInt8] = [
        0x26, 0x16, 0xC4, 0xC1, 0x4C, 0x50, 0x92, 0x40, 0xAC, 0xA9, 0x41, 0xF9, 0x36, 0x93, 0x43, 0x28,
      ]
      let entry = [UInt8](repeating: 0x77, count: 16) + image
      let list = sha256 + little(UInt32(76)) + little(UInt32(0)) + little(UInt32(48)) + entry
      log.events[index] = log.event(
        7, .variableDriverConfig,
        MadeUpLogs.variable(
          MadeUpLogs.securityDatabase, "db", MadeUpLogs.signatureList(MadeUpWindows.certificate) + list))
      log.add(
        7, .variableAuthority, MadeUpLogs.variable(MadeUpLogs.securityDatabase, "db", entry))
    }
    #expect(try reason(change).contains("the digest \(hex(image)) of an image verified an image"))
    #expect(try reason(accepting: [image], change) == "")
  }

  @Test("an event of PCR 7 that nobody can explain leaves it open", arguments: [true, false])
  func unexplained(isEarly: Bool) throws {
    func found(_ text: String) throws -> String {
      try reason { log in
        let place = isEarly ? try #require(log.separators(7).first) : log.events.endIndex
        log.events.insert(log.event(7, .efiAction, Array(text.utf8)), at: place)
      }
    }
    #expect(try found("something").hasSuffix("is nothing that firmware or Windows is known to measure there"))
    #expect(try found("DMA Protection Disabled") == "")
  }

  @Test("an image before the separator of PCR 4 is one too many, and named")
  func earlyImage() throws {
    let found = try reason { log in
      let separator = try #require(log.separators(4).first)
      log.events.insert(
        log.event(4, .bootServicesApplication, MadeUpLogs.image(#"\EFI\x\x.efi"#), measured: [3]),
        at: separator)
    }
    #expect(found.contains(#"('\EFI\x\x.efi' by the log) before its separator: more was started"#))
  }

  @Test("an image in place of the boot manager before the separator does not pass for it")
  func onlyEarlyImage() throws {
    let found = try reason { log in
      let image = try #require(log.first(4) { BootImage.path($0.data[...]) != nil })
      let event = log.events.remove(at: image)
      log.events.insert(event, at: try #require(log.separators(4).first))
    }
    #expect(found.contains("before its separator"))
  }

  @Test("a second image, and a boot manager that returned, are more than Windows' boot manager")
  func lateImage() throws {
    let second = try reason {
      $0.add(4, .bootServicesApplication, MadeUpLogs.image(#"\y.efi"#), measured: [7])
    }
    #expect(second.contains(#"('\y.efi' by the log): more was started"#))
    let returned = try reason { $0.add(4, .efiAction, "Returning from EFI Application from Boot Option") }
    #expect(returned.contains("more was started"))
    let hidden = try reason { $0.add(4, EventType(rawValue: 2), [], measured: [7]) }
    #expect(hidden.contains("more was started"))
  }
}

@Suite("Signs of tampering: docs/boot-evidence.md")
struct ContradictionTests {
  private func registers(_ change: (inout EditableLog) throws -> Void) throws -> [Int] {
    var log = MadeUpLogs.windows()
    try change(&log)
    return BootEvidence(try log.read()).contradictions.map(\.register)
  }

  @Test("healthy machines have none")
  func none() throws {
    #expect(try registers { _ in } == [])
    #expect(BootEvidence(try MadeUpLogs.linux().read()).contradictions == [])
  }

  @Test("two separators in a register, whatever they are called", arguments: [4, 5, 7, 12, 13, 14])
  func separators(register: UInt32) throws {
    let closing = register < 8 ? EditableLog.separator : EditableLog.wbcl
    #expect(
      try registers { $0.add(register, EventType(rawValue: 2), [], measured: closing) } == [Int(register)])
  }

  @Test("data that is not what was measured, where all data says what was")
  func changedData() throws {
    #expect(
      try registers { log in
        let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "dbx" })
        log.events[index].data = []
      } == [7])
    for register in [12, 13] as [UInt32] {
      #expect(
        try registers { log in
          let index = try #require(log.first(register) { $0.type == .eventTag })
          log.events[index].data.removeLast()
        } == [Int(register)])
    }
  }

  @Test("what Linux' loaders measure without its data is no sign")
  func linux() throws {
    var log = MadeUpLogs.linux()
    for register in [7, 12, 14] as [UInt32] {
      log.add(register, EventType(rawValue: 13), Array("MokList".utf8), measured: [1])
    }
    #expect(BootEvidence(try log.read()).contradictions == [])
  }

  @Test("firmware that was open to a debugger, states that differ, and a missing platform key")
  func firmware() throws {
    #expect(
      try registers { log in
        let place = try #require(log.separators(7).first)
        log.events.insert(log.event(7, .efiAction, Array("UEFI Debug Mode".utf8)), at: place)
      } == [7])
    #expect(
      try registers { log in
        log.events.insert(log.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([0])), at: 0)
      } == [7])
    #expect(
      try registers { log in
        let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "PK" })
        let empty = MadeUpLogs.variable(MadeUpLogs.globalVariable, "PK", [])
        log.events[index] = log.event(7, .variableDriverConfig, empty)
      } == [7])
  }
}

@Suite("Logs that do not have the start of the kernel")
struct KernelStartTests {
  private func start(_ stages: [[UInt8]]) throws -> BootFinding<Bool> {
    var log = MadeUpLogs.windows()
    log.events.removeAll { $0.register == 12 }
    for stage in stages { log.add(12, .eventTag, stage) }
    log.add(12, .separator, EditableLog.wbcl)
    return WindowsBootEvidence(try log.read()).startedKernel
  }

  private func transfer(_ kind: UInt32) -> [UInt8] {
    MadeUpLogs.stage([(SIPATag.transferControl, little(kind)), (SIPATag.codeIntegrity, [1])])
  }

  @Test("the boot manager and the loader together are a start")
  func started() throws {
    #expect(try start([MadeUpLogs.bootManager, MadeUpLogs.loader]) == .known(true))
    #expect(try start([transfer(1), transfer(5), MadeUpLogs.loader]) == .known(true))
  }

  @Test("a resume from hibernation is none, whatever else is measured")
  func resumed() throws {
    let text = "the log is of a resume from hibernation; the log of the start before it has the answer"
    #expect(try start([transfer(2)]) == .unknown(text))
    #expect(try start([transfer(2), MadeUpLogs.loader]) == .unknown(text))
    #expect(try start([transfer(1), transfer(2), MadeUpLogs.loader]) == .unknown(text))
  }

  @Test("without a stage of the loader there is no start")
  func noLoader() throws {
    #expect(
      try start([transfer(1)]).reason?.hasPrefix("the log has no stage of Windows' loader") == true)
  }
}
