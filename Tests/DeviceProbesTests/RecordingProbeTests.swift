import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("RecordingProbe")
struct RecordingProbeTests {
  static let laptop = Checkout.root.appendingPathComponent("Tests/Corpus/recordings-own/laptop").path
  static let facts = FactCatalog.embedded.entries.map(\.declaration)

  private func message(_ path: String) -> String {
    do throws(ProbeError) {
      return spelled(try RecordingProbe(path: path).observe(Self.facts))
    } catch {
      return "\(error)"
    }
  }

  @Test("a whole recording gives every fact that the catalogue has a source in Windows for")
  func whole() throws {
    let probe = RecordingProbe(path: Self.laptop)
    let found = try probe.observe(Self.facts)
    for entry in FactCatalog.embedded.entries where entry.sources.contains(where: { $0.kind == .windows }) {
      guard entry.derivedFrom == nil else { continue }
      let observation = try #require(found[entry.name], "\(entry.name)")
      #expect(observation.value?.isOf(entry.type) == true, "\(entry.name): \(observation)")
      #expect(observation.source.hasPrefix("\(probe.name)/"), "\(entry.name): \(observation.source)")
      #expect(observation.level == .reported)
    }
    for name in found.keys {
      let entry = try #require(FactCatalog.embedded[name])
      #expect(entry.sources.contains { $0.kind == .windows }, "\(name)")
    }
  }

  @Test("a whole recording is of one piece: no two of its files differ")
  func noContradictions() throws {
    let snapshot = try ProbeSet([RecordingProbe(path: Self.laptop)]).observe(Self.facts)
    #expect(snapshot.contradictions == [])
    #expect(snapshot["os.build"]?.source == "recording:\(Self.laptop)/windows.json (CurrentVersion)")
    #expect(snapshot["device.platform"]?.value == .symbol("physical"))
    #expect(snapshot["dma.kernel_protection"]?.source == "recording:\(Self.laptop)/msinfo32.txt")
  }

  @Test("two files that differ are a contradiction, and the one with the first word counts")
  func contradiction() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("windows.json", #"{"Control":{"PEFirmwareType":2,"SystemStartOptions":"NOVGA"}}"#)
    _ = try folder.file(
      "bcdedit.txt", "Windows Boot Loader\n-------\nidentifier {current}\ntestsigning Yes\ndebug No\n")
    let probe = RecordingProbe(path: folder.url.path)
    let snapshot = try ProbeSet([probe]).observe(declarations("boot.test_signing", "boot.kernel_debugging"))
    #expect(snapshot.contradictions.map(\.fact) == ["boot.test_signing"])
    #expect(snapshot.contradictions.first?.setAside.source == "\(probe.name)/bcdedit.txt")
    #expect(snapshot["boot.test_signing"]?.value == .bool(false))
    #expect(try probe.observe(declarations("boot.test_signing"))["boot.test_signing"]?.value == .bool(false))
  }

  @Test("names of files are read without regard to case and separators, others are left alone")
  func names() throws {
    for name in ["Win32_Processor.txt", "win32-processor.LOG", "WIN32PROCESSOR.json", "win32 processor.out"] {
      #expect(RecordingProbe.source(of: name)?.name == "Win32_Processor", "\(name)")
    }
    for name in [
      "Win32_Processor", "Win32_Processor.exe", ".txt", "txt", "", "Win32_Processors.txt", "boot.log",
    ] {
      #expect(RecordingProbe.source(of: name) == nil, "\(name)")
    }
  }

  @Test("a fact that no file tells is unknown, with the files that would")
  func missing() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("Win32_Processor.txt", "Architecture : 9\n")
    _ = try folder.file("dxdaig.txt", "Driver Model: WDDM 3.0\n")
    let found = try RecordingProbe(path: folder.url.path).observe(
      declarations("os.architecture", "graphics.wddm", "boot.uefi", "antivirus.status"))
    #expect(
      spelled(found)
        == "boot.uefi?the folder has no windows.json, no Control.txt; graphics.wddm?the folder has no dxdiag.txt; is 'dxdaig.txt' meant to be dxdiag.txt?; os.architecture=x64"
    )
  }

  @Test("what is no recording is an error, and nothing is opened when no fact of it is wanted")
  func refuses() throws {
    #expect(message("nowhere") == "'nowhere' does not exist")
    let folder = try TemporaryFolder()
    let file = try folder.file("windows.json", "{}")
    #expect(
      message(file) == "'\(file)' cannot be reached: a part of the path that must be a folder is a file")
    #expect(
      message(folder.url.path).contains("os.build?the JSON has no member that is the name of a question"))
    let empty = try TemporaryFolder()
    #expect(
      message(empty.url.path).hasPrefix(
        "the folder '\(empty.url.path)' has no file of a recording; it may have windows.json, "))
    #expect(try RecordingProbe(path: "nowhere").observe(declarations("antivirus.status")) == [:])
  }

  @Test("links, folders and files without end in a recording are not read")
  func hostile() throws {
    let folder = try TemporaryFolder()
    let outside = try TemporaryFolder()
    let secret = try outside.file("secret", "Architecture : 9\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("Win32_Processor.txt").path, withDestinationPath: secret)
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("dxdiag.txt"), withIntermediateDirectories: true)
    let large = try folder.file("msinfo32.txt", "")
    truncate(large, (4 << 20) + 1)
    let found = try RecordingProbe(path: folder.url.path).observe(
      declarations("os.architecture", "graphics.wddm", "dma.kernel_protection"))
    #expect(
      spelled(found)
        == "dma.kernel_protection?'\(large)' is larger than 4 MiB, the most allowed for this kind of file; graphics.wddm?'dxdiag.txt' is no regular file, and links are not followed; os.architecture?'Win32_Processor.txt' is no regular file, and links are not followed"
    )
  }

  @Test("a folder with thousands of files is refused")
  func tooMany() throws {
    let folder = try TemporaryFolder()
    for number in 0...RecordingProbe.fileLimit { _ = try folder.file("\(number).txt", "") }
    #expect(message(folder.url.path).contains("more than 1000"))
  }

  @Test("outputs of other people's machines make a recording")
  func recorded() throws {
    let shared = Checkout.root.deletingLastPathComponent().appendingPathComponent("shared/data/recordings")
    guard FileManager.default.fileExists(atPath: shared.path) else {
      print("skipped: recordings of other machines, since ../shared/data is not there")
      return
    }
    let folder = try TemporaryFolder()
    for (source, name) in [
      ("dsregcmd/04.txt", "dsregcmd.txt"), ("get-tpm/02.txt", "Get-Tpm.txt"),
      ("tpmtool/01.txt", "tpmtool.txt"),
      ("manage-bde/02.txt", "manage-bde.txt"), ("win32_tpm/01.txt", "Win32_Tpm.txt"),
    ] {
      try FileManager.default.copyItem(
        at: shared.appendingPathComponent(source), to: folder.url.appendingPathComponent(name))
    }
    let found = try RecordingProbe(path: folder.url.path).observe(Self.facts)
    #expect(found["join.type"]?.value == .symbol("hybrid_joined"))
    #expect(found["entra.key_in_tpm"]?.value == .bool(true))
    #expect(found["tpm.manufacturer"]?.value == .string("INTC"))
    #expect(found["tpm.version"]?.value != nil)
    #expect(found["tpm.ready_for_attestation"]?.value != nil)
    #expect(found["bitlocker.os_volume"]?.value != nil)
  }

  @Test("a registration that is dead is told from where its key is kept, with the lines that say so")
  func deadRegistration() throws {
    let path = Checkout.root.appendingPathComponent("Tests/Corpus/recordings-own/dead-registration").path
    let source = "recording:\(path)/dsregcmd.txt"
    let found = try RecordingProbe(path: path).observe(Self.facts)
    #expect(found["entra.key_in_tpm"] == Observation(.value(.bool(true)), source: source))
    #expect(found["entra.recovery_needed"] == Observation(.value(.bool(true)), source: source))
    #expect(
      found["entra.device_authenticated"]
        == Observation(
          .value(.bool(false)),
          source: "\(source), 'DeviceAuthStatus : FAILED. Device is either disabled or deleted'"))
    #expect(
      found["entra.key_usable"]
        == Observation(.value(.bool(false)), source: "\(source), 'KeySignTest : FAILED. (0x80090016)'"))
  }
}
