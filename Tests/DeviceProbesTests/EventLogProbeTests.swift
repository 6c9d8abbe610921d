import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("EventLogProbe")
struct EventLogProbeTests {
  static func path(_ name: String) -> String {
    Checkout.root.appendingPathComponent("Tests/Corpus/bootlogs/\(name)").path
  }

  static let facts = BootLogFacts.names.compactMap { FactCatalog.embedded[$0]?.declaration }

  @Test("a healthy Windows PC gives every fact, of the fact's type and reported")
  func windows() throws {
    let probe = EventLogProbe(path: Self.path("windows.log"))
    let found = try probe.observe(Self.facts)
    let expected: [String: Value] = [
      "boot.secure_boot": .symbol("on"), "boot.uefi": .bool(true), "boot.debugging": .bool(false),
      "boot.kernel_debugging": .bool(false), "boot.test_signing": .bool(false),
      "boot.flight_signing": .bool(false), "boot.code_integrity": .bool(true), "boot.safe_mode": .bool(false),
      "boot.winpe": .bool(false), "boot.elam": .bool(true), "vbs.running": .bool(true),
      "hvci.status": .symbol("running"),
    ]
    #expect(found.mapValues(\.value) == expected)
    for fact in Self.facts {
      #expect(found[fact.name]?.value?.isOf(fact.type) == true, "\(fact.name)")
      #expect(found[fact.name]?.level == .reported && found[fact.name]?.source == probe.name)
    }
    #expect(found.keys.sorted() == BootLogFacts.names.sorted())
  }

  @Test(
    "every form of log is read",
    arguments: [
      ("sha1-only.log", .symbol("on")), ("sm3.bin", .symbol("on")), ("secure-boot-off.log", .symbol("off")),
      ("linux.bin", .symbol("on")), ("edited.log", nil), ("confidential.bin", nil),
    ] as [(String, Value?)])
  func forms(name: String, expected: Value?) throws {
    let found = try EventLogProbe(path: Self.path(name)).observe(declarations("boot.secure_boot"))
    #expect(found["boot.secure_boot"]?.value == expected)
    #expect(found.count == 1)
  }

  @Test("Linux leaves Windows' facts unknown, with the reason")
  func linux() throws {
    let found = try EventLogProbe(path: Self.path("linux.bin")).observe(declarations("boot.debugging"))
    #expect(
      found["boot.debugging"]?.content
        == .unknown(reason: "the log has no event of PCR 12, into which Windows' boot applications measure"))
  }

  @Test("a file that is no boot log, damaged, missing or too large is an error, and none of it counts")
  func refuses() throws {
    func message(_ path: String) -> String {
      do throws(ProbeError) {
        return "\(try EventLogProbe(path: path).observe(Self.facts))"
      } catch {
        return "\(error)"
      }
    }
    let folder = try TemporaryFolder()
    let text = try folder.file("notes.txt", "This is a text of some lines, and no boot log at all.\n")
    #expect(message(text).hasPrefix("'\(text)' is not a boot log, or is damaged: event 0, at byte 32: "))
    #expect(message(text).contains(#"C:\Windows\Logs\MeasuredBoot"#))
    #expect(
      message(Self.path("cut.log")).contains("' is not a boot log, or is damaged: event 4, at byte 620: "))
    #expect(message("nowhere.log") == "'nowhere.log' does not exist")
    let large = try folder.file("large.log", "")
    truncate(large, (16 << 20) + 1)
    #expect(message(large) == "'\(large)' is larger than 16 MiB, the most allowed for this kind of file")
  }

  @Test("the file is not opened when no fact of it is wanted")
  func lazy() throws {
    #expect(try EventLogProbe(path: "nowhere.log").observe(declarations("tpm.version")) == [:])
  }
}
