import Testing

@testable import TPMEvidence

/// A log that attacks are mounted on.
struct Victim: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let log: @Sendable () throws -> EditableLog

  static let madeUp = Victim(testDescription: "a made-up log") { MadeUpLogs.windows() }
  static let recorded = [
    Victim(testDescription: "a Windows PC") { EditableLog(try RecordedLogs.log(RecordedLogs.windowsPC)) },
    Victim(testDescription: "a Windows server on a VM") {
      EditableLog(try RecordedLogs.log(RecordedLogs.windowsVM))
    },
  ]
  /// The real ones are there only beside a checkout that has them.
  static let all = [madeUp] + (RecordedLogs.isThere ? recorded : [])
}

extension EditableLog {
  static let separator: [UInt8] = [0, 0, 0, 0]
  static let wbcl = Array("WBCL".utf8)

  /// The same machine with another state of Secure Boot, as its firmware would have measured it.
  mutating func measureSecureBoot(_ value: [UInt8]) throws {
    let index = try #require(first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    events[index] = event(7, .variableDriverConfig, MadeUpLogs.secureBoot(value))
  }

  /// The same machine with Windows open to a debugger.
  mutating func measureBootDebugging() throws {
    let index = try #require(first(12) { $0.data != Self.wbcl })
    let data = setFlag(SIPATag.bootDebugging, to: 1, in: events[index].data)
    try #require(data != events[index].data)
    events[index] = event(12, .eventTag, data)
  }

  /// An event's data with a flag set wherever it occurs.
  func setFlag(_ tag: UInt32, to value: UInt8, in data: [UInt8]) -> [UInt8] {
    let pattern = little(tag) + little(UInt32(1))
    var data = data
    for start in 0..<max(data.count - pattern.count, 0)
    where data[start..<start + pattern.count].elementsEqual(pattern) {
      data[start + pattern.count] = value
    }
    return data
  }

  /// The positions of a register's separators.
  func separators(_ register: UInt32) -> [Int] {
    events.indices.filter {
      events[$0].register == register && (events[$0].data == Self.separator || events[$0].data == Self.wbcl)
    }
  }
}

@Suite("Attacks on Secure Boot's state: docs/boot-evidence.md")
struct SecureBootAttackTests {
  private func state(_ log: EditableLog) throws -> BootFinding<Bool> {
    SecureBootEvidence(try log.read()).isOn
  }

  @Test("without an attack the state is what was measured", arguments: Victim.all)
  func honest(victim: Victim) throws {
    var log = try victim.log()
    #expect(try state(log) == .known(true))
    try log.measureSecureBoot([0])
    #expect(try state(log) == .known(false))
  }

  @Test("data that was changed under its digest counts for nothing", arguments: Victim.all)
  func changedData(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    log.events[index].data = MadeUpLogs.secureBoot([1])
    #expect(try state(log).reason?.contains("is not the digest of its data") == true)
  }

  @Test("data that agrees with one bank alone counts for nothing")
  func oneBank() throws {
    var log = MadeUpLogs.windows([.sha1, .sha256])
    try log.measureSecureBoot([0])
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    log.events[index].data = MadeUpLogs.secureBoot([1])
    log.events[index].digests[0] = HashAlgorithm.sha1.digest(of: log.events[index].data)!
    #expect(try state(log).reason?.contains("is not the digest of its data") == true)
  }

  @Test("a measurement that is called something else is still read", arguments: Victim.all)
  func relabelled(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    for index in log.events.indices where log.events[index].register == 7 {
      log.events[index].type = EventType(rawValue: 2)
    }
    #expect(try state(log) == .known(false))
  }

  @Test("a measurement whose data is wiped leaves the state open", arguments: Victim.all)
  func wiped(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    log.events[index].type = EventType(rawValue: 2)
    log.events[index].data = []
    let honest = log.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    log.events.append(honest)
    #expect(try state(log).value == nil)
  }

  @Test("an event that is not extended is no measurement", arguments: Victim.all)
  func notExtended(victim: Victim) throws {
    var log = try victim.log()
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    log.events[index].type = .noAction
    #expect(try state(log).reason == "PCR 7 has no measurement of the variable 'SecureBoot'")
  }

  @Test("what is added behind the separator does not count", arguments: Victim.all)
  func late(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    log.add(7, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    #expect(try state(log) == .known(false))
  }

  @Test("a second separator leaves the state open, whatever either is called", arguments: Victim.all)
  func secondSeparator(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    let first = try #require(log.separators(7).first)
    log.events[first].type = EventType(rawValue: 2)
    log.events[first].data = Array("nothing to see".utf8)
    log.add(7, .variableDriverConfig, MadeUpLogs.secureBoot([1]))
    log.add(7, .separator, EditableLog.separator)
    #expect(try state(log).reason?.contains("PCR 7 has 2 separators") == true)
  }

  @Test("an event that only calls itself a separator is none", arguments: Victim.all)
  func falseSeparator(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    let start = try #require(log.first(7) { _ in true })
    var event = log.event(7, .separator, EditableLog.separator, measured: [9])
    log.events.insert(event, at: start)
    #expect(try state(log).reason?.contains("is not the digest of its data") == true)
    event = log.event(7, .separator, [9])
    log.events[start] = event
    #expect(try state(log) == .known(false))
  }

  @Test("a missing separator leaves the state open", arguments: Victim.all)
  func noSeparator(victim: Victim) throws {
    var log = try victim.log()
    for index in log.separators(7).reversed() { log.events.remove(at: index) }
    #expect(try state(log).reason?.hasPrefix("PCR 7 has no separator") == true)
  }

  @Test("a separator that reports an error leaves the state open", arguments: Victim.all)
  func errorSeparator(victim: Victim) throws {
    var log = try victim.log()
    let first = try #require(log.separators(7).first)
    log.events[first] = log.event(7, .separator, [1, 0, 0, 0])
    #expect(try state(log).reason?.contains("sign of an error") == true)
  }

  @Test("the same measured twice leaves the state open", arguments: Victim.all)
  func duplicate(victim: Victim) throws {
    var log = try victim.log()
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    log.events.insert(log.event(7, .variableDriverConfig, MadeUpLogs.secureBoot([1])), at: index)
    #expect(try state(log).reason?.contains("was measured 2 times") == true)
  }

  @Test("a variable of the same name and another vendor is another variable", arguments: Victim.all)
  func otherVendor(victim: Victim) throws {
    var log = try victim.log()
    try log.measureSecureBoot([0])
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "SecureBoot" })
    let other = MadeUpLogs.variable(MadeUpLogs.securityDatabase, "SecureBoot", [1])
    log.events[index] = log.event(7, .variableDriverConfig, other)
    #expect(try state(log).reason == "PCR 7 has no measurement of the variable 'SecureBoot'")
  }

  @Test("firmware that was open to a debugger leaves the state open", arguments: Victim.all)
  func debugMode(victim: Victim) throws {
    var log = try victim.log()
    let first = try #require(log.separators(7).first)
    log.events.insert(log.event(7, .efiAction, Array("UEFI Debug Mode".utf8)), at: first)
    #expect(try state(log).reason?.contains("debugger") == true)
  }

  @Test("on without a platform key is a contradiction", arguments: Victim.all)
  func noPlatformKey(victim: Victim) throws {
    var log = try victim.log()
    let index = try #require(log.first(7) { UEFIVariable($0.data[...])?.name == "PK" })
    let empty = MadeUpLogs.variable(MadeUpLogs.globalVariable, "PK", [])
    log.events[index] = log.event(7, .variableDriverConfig, empty)
    #expect(try state(log).reason?.contains("platform key is empty") == true)
  }
}

@Suite("Attacks on what Windows measured: docs/boot-evidence.md")
struct WindowsAttackTests {
  private func debugging(_ log: EditableLog) throws -> BootFinding<Bool> {
    WindowsBootEvidence(try log.read()).isBootDebugged
  }

  @Test("without an attack the flag is what was measured", arguments: Victim.all)
  func honest(victim: Victim) throws {
    var log = try victim.log()
    #expect(try debugging(log) == .known(false))
    try log.measureBootDebugging()
    #expect(try debugging(log) == .known(true))
  }

  @Test("data that was changed under its digest counts for nothing", arguments: Victim.all)
  func changedData(victim: Victim) throws {
    var log = try victim.log()
    try log.measureBootDebugging()
    for index in log.events.indices where log.events[index].register == 12 {
      log.events[index].data = log.setFlag(SIPATag.bootDebugging, to: 0, in: log.events[index].data)
    }
    #expect(try debugging(log).reason?.contains("is not the digest of its data") == true)
  }

  @Test("an event that is called something else is still read", arguments: Victim.all)
  func relabelled(victim: Victim) throws {
    var log = try victim.log()
    try log.measureBootDebugging()
    for index in log.events.indices where log.events[index].register == 12 {
      log.events[index].type = EventType(rawValue: 2)
    }
    #expect(try debugging(log) == .known(true))
  }

  @Test("an event that cannot be read leaves all flags open", arguments: Victim.all)
  func opaque(victim: Victim) throws {
    var log = try victim.log()
    try log.measureBootDebugging()
    let index = try #require(log.first(12) { $0.data != EditableLog.wbcl })
    log.events[index].data = []
    log.events[index].type = EventType(rawValue: 2)
    log.events.insert(log.event(12, .eventTag, MadeUpLogs.bootManager), at: index)
    #expect(try debugging(log).value == nil)
  }

  @Test("an event behind the separator leaves all flags open", arguments: Victim.all)
  func late(victim: Victim) throws {
    var log = try victim.log()
    try log.measureBootDebugging()
    log.add(12, .eventTag, MadeUpLogs.bootManager)
    #expect(try debugging(log).reason?.contains("behind its separator") == true)
  }

  @Test("a second separator leaves all flags open", arguments: Victim.all)
  func secondSeparator(victim: Victim) throws {
    var log = try victim.log()
    log.add(12, EventType(rawValue: 2), [], measured: EditableLog.wbcl)
    #expect(try debugging(log).reason?.contains("PCR 12 has 2 separators") == true)
  }

  @Test("a missing separator leaves all flags open", arguments: Victim.all)
  func noSeparator(victim: Victim) throws {
    var log = try victim.log()
    for index in log.separators(12).reversed() { log.events.remove(at: index) }
    #expect(try debugging(log).reason?.hasPrefix("PCR 12 has no separator") == true)
  }

  @Test("a flag that was on at one stage is on", arguments: Victim.all)
  func laterStage(victim: Victim) throws {
    var log = try victim.log()
    let end = try #require(log.separators(12).first)
    log.events.insert(log.event(12, .eventTag, MadeUpLogs.stage([(SIPATag.testSigning, [1])])), at: end)
    log.events.insert(log.event(12, .eventTag, MadeUpLogs.stage([(SIPATag.codeIntegrity, [0])])), at: end)
    let evidence = WindowsBootEvidence(try log.read())
    #expect(evidence.acceptsTestSignatures == .known(true))
    #expect(evidence.hasCodeIntegrity == .known(false))
  }

  @Test("what lies in the description of a module is no word about the boot", arguments: Victim.all)
  func insideModule(victim: Victim) throws {
    var log = try victim.log()
    let end = try #require(log.separators(12).first)
    for index in log.events.indices where log.events[index].register == 12 && index != end {
      log.events[index] = log.event(
        12, .eventTag,
        MadeUpLogs.stage([(SIPATag.loadedModule, MadeUpLogs.element(SIPATag.bootDebugging, [0]))]))
    }
    #expect(try debugging(log).reason == "the log does not have Windows' element 'boot debugging'")
  }

  @Test(
    "an element of a size or value that is not understood leaves its flag open",
    arguments: [[], [2], [0, 0], [UInt8](repeating: 0, count: 8)] as [[UInt8]])
  func oddValue(data: [UInt8]) throws {
    var log = MadeUpLogs.windows()
    let end = try #require(log.separators(12).first)
    log.events.insert(log.event(12, .eventTag, MadeUpLogs.stage([(SIPATag.bootDebugging, data)])), at: end)
    #expect(try debugging(log).reason?.contains("a value that is not understood") == true)
    #expect(WindowsBootEvidence(try log.read()).isKernelDebugged == .known(false))
  }

  @Test("numbers that differ between stages leave it open")
  func differentNumbers() throws {
    var log = MadeUpLogs.windows()
    let end = try #require(log.separators(12).first)
    log.events.insert(
      log.event(12, .eventTag, MadeUpLogs.stage([(SIPATag.vsmLaunchType, little(UInt64(0)))])), at: end)
    #expect(WindowsBootEvidence(try log.read()).vsmLaunchType.reason?.contains("different values") == true)
  }

  @Test("a program that measures in Windows' place is told from Windows", arguments: Victim.all)
  func masquerade(victim: Victim) throws {
    let windows = try victim.log()
    let linux = MadeUpLogs.linux()
    var forged = EditableLog(windows.algorithms)
    for event in linux.events { forged.add(event.register, event.type, event.data) }
    for event in windows.events where (11...14).contains(event.register) {
      forged.add(event.register, event.type, event.data)
    }
    let evidence = BootEvidence(try forged.read())
    #expect(evidence.windows.isBootDebugged == .known(false))
    #expect(evidence.loader.signer.reason?.contains("no certificate of Windows") == true)
  }
}

@Suite(
  "Attacks on the signer of Windows' loader",
  .enabled(if: RecordedLogs.isThere, "needs ../shared/data/eventlogs"))
struct LoaderAttackTests {
  private func reason(_ change: (inout EditableLog) throws -> Void) throws -> String? {
    var log = EditableLog(try RecordedLogs.log(RecordedLogs.windowsPC))
    try change(&log)
    return BootEvidence(try log.read()).loader.signer(accepting: [Self.thirdParties]).reason
  }

  /// Microsoft Corporation UEFI CA 2011, which verified the driver of a card.
  static let thirdParties = bytes(hexadecimal: "46def63b5ce61cf8ba0de2e6639c1019d0ed14f3".utf8) ?? []

  @Test("without an attack it is Windows")
  func honest() throws { #expect(try reason { _ in } == nil) }

  @Test("Microsoft's certificate for third parties is not Windows' own, and whoever judges may accept it")
  func thirdParty() throws {
    let signer = BootEvidence(try RecordedLogs.log(RecordedLogs.windowsPC)).loader.signer
    #expect(signer.reason?.contains("'CN=Microsoft Corporation UEFI CA 2011, ") == true)
    #expect(signer.reason?.contains("also signs loaders and drivers of other makers") == true)
  }

  @Test("with Secure Boot off anybody could have measured")
  func off() throws {
    #expect(try reason { try $0.measureSecureBoot([0]) }?.hasPrefix("Secure Boot is off") == true)
  }

  @Test("a second image could have measured in place of the first")
  func secondImage() throws {
    let found = try reason { $0.add(4, .efiAction, MadeUpLogs.image(#"\x.efi"#), measured: [7]) }
    #expect(found?.contains("more was started") == true)
  }

  @Test("shim's own authorities are a sign of another system")
  func shim() throws {
    let shim: [UInt8] = [
      0x50, 0xAB, 0x5D, 0x60, 0x46, 0xE0, 0x00, 0x43, 0xAB, 0xB6, 0x3D, 0xD8, 0x10, 0xDD, 0x8B, 0x23,
    ]
    let found = try reason { $0.add(7, .variableAuthority, MadeUpLogs.variable(shim, "Shim", [1])) }
    #expect(found?.contains("'Shim'") == true)
  }

  @Test("an authority whose data is wiped may be that of another system")
  func wiped() throws {
    let found = try reason { $0.add(7, .variableAuthority, [], measured: [1]) }
    #expect(found?.hasSuffix("which may be the word of another loader") == true)
  }

  @Test("a certificate of Windows' name that is not Windows' does not count")
  func namesake() throws {
    let found = try reason { log in
      for index in log.events.indices.reversed() where log.events[index].type == .variableAuthority {
        log.events.remove(at: index)
      }
      let certificate = MadeUpLogs.certificate("Microsoft Windows Production PCA 2011")
      let value = [UInt8](repeating: 0x77, count: 16) + certificate
      log.add(7, .variableAuthority, MadeUpLogs.variable(MadeUpLogs.securityDatabase, "db", value))
    }
    #expect(found?.contains("'CN=Microsoft Windows Production PCA 2011, O=Contoso' (SHA-1 ") == true)
    #expect(found?.hasSuffix("as it was measured, does not have it") == true)
  }
}

@Suite("Attacks that change what the log leads to")
struct ReplayAttackTests {
  /// The registers that diverge from the values of the untouched log, in its last bank.
  private func divergent(_ victim: Victim, _ change: (inout EditableLog) throws -> Void) throws -> [Int] {
    var log = try victim.log()
    let honest = try log.read()
    let algorithm = try #require(honest.banks.last?.algorithm)
    var values: [Int: [UInt8]] = [:]
    for (register, value) in try #require(honest.replay(algorithm)).values.enumerated() {
      values[register] = value
    }
    try change(&log)
    return try log.read().divergences(from: PCRValues([algorithm: values])).map(\.register)
  }

  @Test(
    "types and data can be changed without a trace, and that is why neither counts alone",
    arguments: Victim.all)
  func unmeasured(victim: Victim) throws {
    let found = try divergent(victim) { log in
      for index in log.events.indices where log.events[index].type != .noAction {
        log.events[index].type = EventType(rawValue: 2)
        log.events[index].data = []
      }
    }
    #expect(found == [])
  }

  @Test("an event that is declared not to be extended is missed", arguments: Victim.all)
  func hidden(victim: Victim) throws {
    #expect(
      try divergent(victim) { log in
        let index = try #require(log.first(12) { $0.data != EditableLog.wbcl })
        log.events[index].type = .noAction
      } == [12])
  }

  @Test("an event that is left out, added, moved or changed in order is missed", arguments: Victim.all)
  func edited(victim: Victim) throws {
    let index = try #require(try victim.log().first(7) { _ in true })
    #expect(try divergent(victim) { $0.events.remove(at: index) } == [7])
    #expect(try divergent(victim) { $0.add(7, .separator, [1]) } == [7])
    #expect(try divergent(victim) { $0.events[index].register = 6 } == [6, 7])
    #expect(
      try divergent(victim) { log in
        let next = try #require(log.events.indices.first { $0 > index && log.events[$0].register == 7 })
        log.events.swapAt(index, next)
      } == [7])
  }

  @Test("a log without the bank of a quote does not account for it", arguments: Victim.all)
  func otherBank(victim: Victim) throws {
    var log = EditableLog([.sha384])
    for event in try victim.log().events { log.add(event.register, event.type, event.data) }
    let forged = try log.read()
    let signed = PCRValues([.sha256: [7: [UInt8](repeating: 7, count: 32)]])
    #expect(forged.coverage(of: signed) == 0)
    #expect(forged.replay(.sha256) == nil)
  }

  @Test("another startup locality is missed")
  func locality() throws {
    #expect(
      try divergent(.madeUp) { log in
        let data = Array("StartupLocality\0".utf8) + [3]
        log.events.insert(log.event(0, .noAction, data), at: 0)
      } == [0])
  }
}
