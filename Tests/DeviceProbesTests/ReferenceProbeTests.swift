import CSPCatalog
import EvidenceSupport
import Foundation
import PolicyModel
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("EvidenceProbe with reference values")
struct ReferenceProbeTests {
  private static let key = SoftwareKey(.p256)
  private static let nonce = Array("made-up nonce".utf8)
  private static let facts = FactCatalog.embedded.entries.map(\.declaration)

  private static func evidence(_ name: String) throws -> Evidence {
    let log = Array(try Data(contentsOf: URL(filePath: EventLogProbeTests.path(name))))
    return try key.evidence(of: log, nonce: nonce)
  }

  private func values(
    _ names: [String], requiring required: Set<ReferenceValues.Section> = [],
    accepting accepted: Set<[UInt8]> = [], banks: [HashAlgorithm] = [.sha256]
  ) throws -> ReferenceValues {
    let devices = try names.map {
      try GoldenDevice(try Self.evidence($0), name: $0, banks: banks, accepting: accepted)
    }
    let bytes = ReferenceLearning(devices, requiring: required).values.encode()
    return try ReferenceValues.decode(bytes, name: "model.json")
  }

  private func observe(
    _ evidence: Evidence, _ references: [ReferenceValues], accepting accepted: Set<[UInt8]> = [],
    key: [UInt8]? = key.name
  ) throws -> [String: Observation] {
    var options = EvidenceOptions(nonce: Self.nonce, attestationKeyName: key)
    options.references = references
    options.acceptedAuthorities = accepted
    return try EvidenceProbe.observations(
      of: EvidenceFile(evidence), Self.facts, options, source: "evidence:x.json")
  }

  @Test("what Windows measured is attested where the values account for all that the firmware started")
  func attested() throws {
    let evidence = try Self.evidence("notebook.log")
    let plain = try observe(evidence, [])
    let found = try observe(evidence, [try values(["notebook.log"])])
    for name in BootLogFacts.Basis.windows.facts {
      #expect(plain[name]?.level == .reported && found[name]?.level == .attested, "\(name)")
      #expect(plain[name]?.value == found[name]?.value)
      #expect(found[name]?.note?.contains("the reference values of 'model.json' account for event ") == true)
    }
    #expect(found["boot.secure_boot"]?.level == .attested && found["tpm.present"]?.level == .attested)
    // Values make no key trusted.
    let unknown = try observe(evidence, [try values(["notebook.log"])], key: nil)
    #expect(unknown["boot.test_signing"]?.level == .reported)
    #expect(unknown["boot.test_signing"]?.note?.contains("the key is not trusted") == true)
  }

  @Test("what differs is named in the note, and where it must not, all facts of the boot are reported")
  func required() throws {
    let evidence = try Self.evidence("notebook-updated.log")
    let lenient = try observe(evidence, [try values(["notebook.log"])])
    let strict = try observe(evidence, [try values(["notebook.log"], requiring: [.firmware])])
    for name in ["boot.secure_boot", "boot.uefi", "boot.test_signing"] {
      #expect(lenient[name]?.level == .attested, "\(name)")
      #expect(lenient[name]?.note?.contains("'EV_S_CRTM_VERSION: 1.3.0' by the log") == true)
      #expect(strict[name]?.level == .reported && strict[name]?.value == lenient[name]?.value, "\(name)")
      #expect(
        strict[name]?.note?.contains(
          "holds, but the device must not differ from the reference values of 'model.json', and does: event 1 in PCR 0"
        )
          == true)
    }
    #expect(strict["tpm.present"]?.level == .attested, "that rests on the quote alone")
    let newer = try observe(
      evidence, [try values(["notebook.log", "notebook-updated.log"], requiring: [.firmware])])
    #expect(newer["boot.test_signing"]?.level == .attested)
  }

  @Test("a contradiction refuses evidence, whatever is listed")
  func contradiction() throws {
    let found = try observe(try Self.evidence("stranger.log"), [try values(["notebook.log"])])
    #expect(found["boot.secure_boot"]?.isRefused == true && found["boot.test_signing"]?.isRefused == true)
  }

  @Test("values and accepted authorities go together")
  func composed() throws {
    let evidence = try Self.evidence("server.log")
    let log = BootEvidence(try EventLog(evidence.bootLog ?? []))
    guard case .certificate(let thirdParty)? = log.secureBoot.authorities.first?.entry else {
      Issue.record("the log has no authority")
      return
    }
    let server = try values(["server.log"], accepting: [thirdParty.thumbprint])
    #expect(try observe(evidence, [server])["boot.test_signing"]?.level == .attested)
    let accepted = try observe(evidence, [], accepting: [thirdParty.thumbprint])["boot.test_signing"]
    #expect(accepted?.level == .reported && accepted?.note?.contains("before its separator") == true)
    let notebook = try values(["notebook.log"])
    #expect(
      try observe(evidence, [notebook], accepting: [thirdParty.thumbprint])["boot.test_signing"]?.level
        == .reported)
    #expect(try observe(evidence, [notebook, server])["boot.test_signing"]?.level == .attested)
  }

  private static let recording: String? = {
    let path = Checkout.root.appending(
      path: "../shared/data/eventlogs/google+go-attestation/attest_testdata_option_rom_eventlog"
    ).standardizedFileURL.path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: there is no folder ../shared/data/eventlogs beside the checkout")
      return nil
    }
    return path
  }()

  @Test("the log of a real PC whose card has a driver is explained by itself", .enabled(if: recording != nil))
  func recordedPC() throws {
    let log = Array(try Data(contentsOf: URL(filePath: try #require(Self.recording))))
    let evidence = try Self.key.evidence(of: log, nonce: Self.nonce)
    let thirdParty = bytes(hexadecimal: "46def63b5ce61cf8ba0de2e6639c1019d0ed14f3".utf8) ?? []
    #expect(throws: GoldenDevice.Refusal.self) {
      try GoldenDevice(evidence, name: "x", banks: [.sha1], accepting: [])
    }
    let device = try GoldenDevice(evidence, name: "x", banks: [.sha1], accepting: [thirdParty])
    let values = ReferenceLearning([device], requiring: Set(ReferenceValues.Section.allCases)).values
    var options = EvidenceOptions(nonce: Self.nonce, attestationKeyName: Self.key.name)
    options.terms.banks = [.sha1]
    options.references = [values]
    let found = try EvidenceProbe.observations(
      of: EvidenceFile(evidence), Self.facts, options, source: "evidence:x.json")
    #expect(found["boot.test_signing"]?.level == .attested, "\(found["boot.test_signing"]?.note ?? "")")
    #expect(found["boot.secure_boot"]?.level == .attested)
  }
}
