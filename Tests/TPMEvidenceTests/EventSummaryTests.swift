import Testing

@testable import TPMEvidence

@Suite("Summaries of events")
struct EventSummaryTests {
  private func summary(_ type: EventType, _ data: [UInt8]) throws -> String {
    var log = EditableLog([.sha256])
    log.add(5, type, data)
    return try log.read().summary(of: 1)
  }

  @Test("what an event's data says is told in a few words")
  func words() throws {
    #expect(
      try summary(.variableDriverConfig, MadeUpLogs.secureBoot([1])) == "SecureBoot = 01")
    #expect(try summary(.variableDriverConfig, MadeUpLogs.secureBoot([])) == "SecureBoot = nothing")
    #expect(
      try summary(.bootServicesApplication, MadeUpLogs.image(#"\EFI\BOOT\BOOTX64.EFI"#))
        == #"\EFI\BOOT\BOOTX64.EFI"#)
    #expect(
      try summary(.efiAction, Array("Exit Boot Services Invocation\0".utf8))
        == "Exit Boot Services Invocation")
    #expect(try summary(EventType(rawValue: 0xD), utf16("kernel args") + [0, 0]) == "kernel args")
    #expect(try summary(.separator, [0, 0, 0, 0]) == "00000000")
    #expect(try summary(.eventTag, MadeUpLogs.bootManager) == "7 elements of Windows")
    #expect(try summary(.eventTag, [UInt8](repeating: 0xEE, count: 99)) == "99 bytes")
    #expect(try summary(.efiAction, []) == "nothing")
    #expect(try summary(.efiAction, [0, 0, 0]) == "000000")
  }

  @Test(
    "data that happens to be as long as the description of an image is none unless its event is one of images"
  )
  func noImage() throws {
    let data = Array("Contoso NonHost\0".utf8) + [UInt8](repeating: 0, count: 16)
    #expect(try summary(EventType(rawValue: 0x11), data) == "Contoso NonHost")
    #expect(try summary(.bootServicesApplication, data) == "an image without a path")
    #expect(try summary(EventType(rawValue: 0x11), MadeUpLogs.image(#"\x.efi"#)) == #"\x.efi"#)
  }

  @Test("text is kept as it is in the log, and long text is cut")
  func hostile() throws {
    let name = "A\u{1B}[2J\u{202E}B"
    let shown = try summary(
      .variableDriverConfig, MadeUpLogs.variable(MadeUpLogs.globalVariable, name, [1]))
    #expect(shown == "\(name) = 01")
    #expect(try summary(.efiAction, [UInt8](repeating: 0x41, count: 100_000)).count == 121)
  }
}
