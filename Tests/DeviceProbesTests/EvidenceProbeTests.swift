import CSPCatalog
import EvidenceSupport
import Foundation
import PolicyModel
import TPMEvidence
import TestSupport
import Testing

@testable import DeviceProbes

@Suite("EvidenceProbe")
struct EvidenceProbeTests {
  private static let key = SoftwareKey(.p256)
  private static let nonce = Array("made-up nonce".utf8)
  private static let facts = FactCatalog.embedded.entries.map(\.declaration)
  private static let known = EvidenceOptions(nonce: nonce, attestationKeyName: key.name)

  private static func log(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: EventLogProbeTests.path(name))))
  }

  private static func evidence(_ log: String = "windows.log") throws -> Evidence {
    try key.evidence(of: try Self.log(log), nonce: nonce)
  }

  private func observe(
    _ evidence: Evidence, _ options: EvidenceOptions = known, facts: JSONValue? = nil
  ) throws -> [String: Observation] {
    try EvidenceProbe.observations(
      of: EvidenceFile(evidence, facts: facts), Self.facts, options, source: "evidence:x.json")
  }

  private func reason(_ observation: Observation?) -> String {
    guard case .unknown(let reason)? = observation?.content else { return "" }
    return reason
  }

  @Test("policies name the banks that can be computed, by the same names")
  func bankNames() {
    #expect(PCRBank.allCases.map(\.rawValue) == HashAlgorithm.computable.map(\.name))
  }

  @Test("what a trusted key quoted is attested, and the note says whose quote it is")
  func attested() throws {
    let found = try observe(try Self.evidence())
    let expected: [String: Value] = [
      "boot.secure_boot": .symbol("on"), "boot.uefi": .bool(true), "tpm.present": .bool(true),
      "tpm.version": .version(Version(2, 0)),
    ]
    for (name, value) in expected {
      #expect(found[name]?.value == value && found[name]?.level == .attested, "\(name)")
      let banks = name.hasPrefix("boot.") ? " in sha256" : ""
      #expect(
        found[name]?.note
          == "quoted by the key \(hexadecimal(Self.key.name))\(banks): it is the key that was known before")
    }
    #expect(found["tpm.pcr_sha256"]?.level == .attested)
    #expect(found["tpm.pcr_sha384"] == nil)
  }

  @Test("what Windows measured is attested only where it is shown that it was Windows")
  func otherSigner() throws {
    let found = try observe(try Self.evidence())
    for name in BootLogFacts.Basis.windows.facts {
      #expect(found[name]?.value != nil && found[name]?.level == .reported, "\(name)")
      #expect(found[name]?.note?.contains("no certificate of Windows verified an image") == true, "\(name)")
    }
  }

  @Test("a key that is weak is reported, with what takes it all the same")
  func weakKey() throws {
    let key = try SoftwareKey(rsa: .rsapss, bits: 1024)
    var options = EvidenceOptions(nonce: Self.nonce, attestationKeyName: key.name)
    let evidence = try key.evidence(of: try Self.log("windows.log"), nonce: Self.nonce)
    let found = try observe(evidence, options)
    for name in ["boot.secure_boot", "tpm.present", "tpm.pcr_sha256"] {
      #expect(found[name]?.value != nil && found[name]?.level == .reported, "\(name)")
      #expect(found[name]?.note?.contains("it is a key of RSA with 1024 bits") == true, "\(name)")
    }
    options.terms.acceptsWeakSignatures = true
    let accepted = try observe(evidence, options)["boot.secure_boot"]
    #expect(accepted?.level == .attested && accepted?.note?.contains("RSA with 1024 bits") == true)
  }

  @Test("the bank that vouched is named, and what another one says otherwise; the snapshot replaces nothing")
  func banks() throws {
    let log = try Self.log("windows.log")
    var values = PCRValues()
    for bank in [HashAlgorithm.sha1, .sha256] {
      for register in SoftwareKey.bootRegisters {
        values.banks[bank, default: [:]][register] = try EventLog(log).replay(bank)?[register]
      }
    }
    values.banks[.sha1]?[7] = [UInt8](repeating: 3, count: 20)
    let evidence = try Self.key.evidence(of: log, nonce: Self.nonce, values: values)
    let note = try observe(evidence)["boot.secure_boot"]?.note
    #expect(note?.contains(" in sha256: it is the key that was known before; ") == true)
    #expect(
      note?.hasSuffix(
        "a bank that does not count: the log leads to other values of sha1 than were quoted in PCR 7") == true
    )
    var options = Self.known
    options.terms.banks = [.sha1, .sha256]
    let snapshot = JSONValue.object([JSONMember("boot.secure_boot", .string("on"))])
    #expect(
      reason(try observe(evidence, options, facts: snapshot)["boot.secure_boot"]).hasPrefix(
        "the log does not lead to the quoted values of sha1: PCR 7 in sha1: "))
    options.terms.banks = [.sha384]
    #expect(
      reason(try observe(evidence, options, facts: snapshot)["boot.secure_boot"]).hasPrefix(
        "the quote has no sha384"))
  }

  @Test("what a key quoted that nobody vouches for is reported, with what to do")
  func reported() throws {
    let found = try observe(try Self.evidence(), EvidenceOptions(nonce: Self.nonce))
    for name in ["boot.secure_boot", "tpm.present", "tpm.version", "boot.debugging"] {
      #expect(found[name]?.value != nil && found[name]?.level == .reported, "\(name)")
      #expect(found[name]?.note?.contains("the key is not trusted: the evidence has no certificate") == true)
    }
    #expect(reason(found["tpm.trusted"]) == "the evidence has no certificate of an endorsement key")
  }

  @Test("evidence that does not hold says nothing at all, whatever comes along with it")
  func refused() throws {
    let snapshot = JSONValue.object([
      JSONMember("os.build", .string("10.0.26100.1")), JSONMember("boot.secure_boot", .string("on")),
    ])
    var stale = Self.known
    stale.nonce = [1]
    let found = try observe(try Self.evidence(), stale, facts: snapshot)
    #expect(Set(found.keys) == EvidenceFacts.names.union(["os.build"]))
    for (name, observation) in found {
      #expect(
        reason(observation).hasPrefix("the evidence does not hold: the quote was made over another nonce"),
        "\(name)")
    }
  }

  @Test("evidence that contradicts itself is refused whole, and no other word takes its place")
  func contradiction() throws {
    let snapshot = JSONValue.object([
      JSONMember("os.build", .string("10.0.26100.1")), JSONMember("boot.secure_boot", .string("on")),
    ])
    let found = try observe(try Self.evidence("stranger.log"), facts: snapshot)
    #expect(Set(found.keys) == EvidenceFacts.names.union(["os.build"]))
    for (name, observation) in found {
      #expect(observation.isRefused, "\(name)")
      #expect(
        reason(observation).hasPrefix("the evidence is refused: event "), "\(name): \(reason(observation))")
    }
    // A log of another boot, whose contradictions the quote does not vouch for, is merely another log.
    var other = try Self.evidence()
    other.bootLog = try Self.log("stranger.log")
    let otherFound = try observe(other, facts: snapshot)
    #expect(otherFound["tpm.present"]?.level == .attested)
    #expect(reason(otherFound["boot.secure_boot"]).contains("does not lead to the quoted values"))
    // One whose registers are not vouched for neither.
    let unquoted = try Self.key.evidence(
      of: try Self.log("stranger.log"), nonce: Self.nonce, registers: [0, 4])
    #expect(try observe(unquoted)["tpm.present"]?.level == .attested)
  }

  @Test("a resume says nothing of the kernel that runs")
  func resume() throws {
    let found = try observe(try Self.evidence("resume.log"))
    #expect(found["boot.secure_boot"]?.level == .attested)
    for name in BootLogFacts.Basis.windows.facts {
      #expect(reason(found[name]).hasPrefix("the log is of a resume from hibernation"), "\(name)")
    }
  }

  @Test(
    "the logs of the starts before a resume say how its kernel was started, and are reported, in any order")
  func earlierLogs() throws {
    var evidence = try Self.evidence("resume-9.log")
    let (start, resume) = (try Self.log("start-7.log"), try Self.log("resume-8.log"))
    let snapshot = JSONValue.object([JSONMember("boot.test_signing", .bool(true))])
    for logs in [[start, resume], [resume, start], [try Self.log("resume-9.log"), start, resume]] {
      // Which log is that of the quoted start the quote decides.
      if logs.count == 3 { evidence.bootLog = nil }
      evidence.earlierLogs = logs
      let found = try observe(evidence, facts: snapshot)
      #expect(found["boot.secure_boot"]?.level == .attested)
      for name in BootLogFacts.Basis.windows.facts {
        #expect(found[name]?.value != nil && found[name]?.level == .reported, "\(name)")
        #expect(
          found[name]?.note?.hasPrefix("by the log of start 7, whose kernel the quoted boot resumed") == true)
      }
      #expect(found["boot.test_signing"]?.value == .bool(false))
      #expect(found["vbs.running"]?.value == .bool(true))
    }
    (evidence.bootLog, evidence.earlierLogs) = (start, [try Self.log("resume-9.log"), resume])
    #expect(try observe(evidence)["boot.kernel_debugging"]?.value == .bool(false))
  }

  @Test(
    "earlier logs that do not fit together leave the facts of Windows open, and no other word takes their place"
  )
  func misfits() throws {
    let snapshot = JSONValue.object([JSONMember("boot.test_signing", .bool(false))])
    func found(_ logs: [[UInt8]]) throws -> [String: Observation] {
      var evidence = try Self.evidence("resume-9.log")
      evidence.earlierLogs = logs
      return try observe(evidence, facts: snapshot)
    }
    let (start, resume) = (try Self.log("start-7.log"), try Self.log("resume-8.log"))
    let doubt = "the log is of a resume from hibernation, and those of the starts before it do not help: "
    for (logs, text) in [
      ([start], "the log of start 8 is missing"), ([resume], "the log of start 7 is missing"),
      ([start, resume, resume], "two of the logs are of start 8"),
      ([start, resume, Array(start.prefix(900))], "boot log 4 of 4 is damaged: event "),
      (
        [try Self.log("windows.log"), start, resume],
        "nothing tells which start one of the earlier logs is of"
      ),
      ([start, resume, try Self.log("sha1-only.log")], "one of the earlier logs has no sha256"),
    ] {
      let all = try found(logs)
      #expect(reason(all["boot.test_signing"]).hasPrefix(doubt + text), "\(reason(all["boot.test_signing"]))")
      #expect(all["boot.secure_boot"]?.level == .attested, "\(text)")
    }
    #expect(try found([])["boot.test_signing"]?.value == .bool(false), "the snapshot, as before")
  }

  @Test("earlier logs beside that of a start of Windows change nothing")
  func needlessLogs() throws {
    var evidence = try Self.evidence("start-7.log")
    let alone = try observe(evidence)
    evidence.earlierLogs = [try Self.log("resume-9.log"), try Self.log("windows.log"), [1, 2, 3]]
    #expect(try observe(evidence) == alone)
  }

  @Test("what one stage says at the start or at a resume is joined on the unsafe side")
  func joined() throws {
    func evidence(_ name: String) throws -> BootEvidence { BootEvidence(try EventLog(Self.log(name))) }
    let (safe, unsafe) = (try evidence("resume-9.log"), try evidence("debugged-resume-9.log"))
    let start = try evidence("start-7.log")
    let facts = BootLogFacts.findings(of: KernelStart(counter: 7, logs: [start, safe]))
    #expect(
      facts["boot.debugging"] == .known(.bool(false)) && facts["boot.code_integrity"] == .known(.bool(true)))
    let joined = BootLogFacts.findings(of: KernelStart(counter: 7, logs: [start, unsafe, safe]))
    #expect(joined["boot.debugging"] == .known(.bool(true)))
    #expect(joined["boot.code_integrity"] == .known(.bool(false)))
    #expect(joined["boot.kernel_debugging"] == .known(.bool(false)))
  }

  @Test("the log that comes nearest to the quoted values is sent as that of the quoted start")
  func arranged() throws {
    let logs = [try Self.log("start-7.log"), [1], try Self.log("resume-9.log"), try Self.log("resume-8.log")]
    var evidence = try Self.evidence("resume-9.log")
    evidence.add(logs)
    #expect(evidence.bootLog == logs[2] && evidence.earlierLogs == [logs[0], logs[1], logs[3]])
    evidence.add([logs[0]])
    #expect(evidence.bootLog == logs[0] && evidence.earlierLogs == [])
  }

  @Test("a boot log that leads elsewhere makes its facts unknown, whatever the operating system says")
  func divergence() throws {
    var evidence = try Self.evidence()
    evidence.bootLog = try Self.log("secure-boot-off.log")
    let snapshot = JSONValue.object([JSONMember("boot.secure_boot", .string("on"))])
    let found = try observe(evidence, facts: snapshot)
    #expect(found["boot.secure_boot"]?.value == nil)
    #expect(found["tpm.present"]?.level == .attested)
    evidence.bootLog = nil
    #expect(reason(try observe(evidence)["boot.secure_boot"]) == "the evidence has no boot log")
  }

  @Test("where the boot log is silent the operating system may speak, and is reported")
  func snapshot() throws {
    let snapshot = JSONValue.object([
      JSONMember(
        "boot.debugging",
        .object([JSONMember("value", .bool(false)), JSONMember("level", .string("attested"))])),
      JSONMember("boot.secure_boot", .string("off")), JSONMember("os.build", .string("10.0.26100.1")),
    ])
    let found = try observe(try Self.evidence("linux.bin"), facts: snapshot)
    #expect(found["boot.debugging"]?.value == .bool(false) && found["boot.debugging"]?.level == .reported)
    #expect(found["os.build"]?.level == .reported)
    #expect(
      found["boot.secure_boot"]?.value == .symbol("on") && found["boot.secure_boot"]?.level == .attested)
    #expect(throws: SnapshotError.self) {
      try observe(try Self.evidence(), facts: .object([JSONMember("os.biuld", .string("1"))]))
    }
  }

  @Test("the TPM is trusted as far as its endorsement key's certificate and the challenge go")
  func trusted() throws {
    var evidence = try Self.evidence()
    let area = Marshal.publicArea(SoftwareKey(.p384).key, .null)
    evidence.endorsementKey = area
    evidence.endorsementCertificate = [1]
    let secret = ChallengeSecret(
      secret: Array(0..<32), attestationKeyName: Self.key.name, endorsementKeyName: try TPMPublic(area).name)
    evidence.activation = secret.secret
    func trusted(_ finding: EndorsementFinding, _ secret: ChallengeSecret?) throws -> [String: Observation] {
      try observe(
        evidence, EvidenceOptions(nonce: Self.nonce, secret: secret, endorsement: { _ in finding }))
    }
    let linked = try trusted(.verified("CN=Contoso Root"), secret)
    #expect(linked["tpm.trusted"]?.value == .bool(true) && linked["tpm.trusted"]?.level == .attested)
    #expect(linked["boot.secure_boot"]?.level == .attested)
    #expect(
      linked["tpm.ek_certificate"]?.value == .bool(true) && linked["tpm.ek_certificate"]?.level == .reported)
    let alone = try trusted(.verified("CN=Contoso Root"), nil)
    #expect(alone["tpm.trusted"]?.value == .bool(true) && alone["tpm.trusted"]?.level == .reported)
    #expect(alone["boot.secure_boot"]?.level == .reported)
    let refused = try trusted(.refused("it has expired"), secret)
    #expect(refused["tpm.trusted"]?.value == .bool(false) && refused["tpm.trusted"]?.level == .reported)
    #expect(refused["tpm.trusted"]?.note?.contains("it has expired") == true)
    let unread = try trusted(.unread("policyc cannot read the certificate"), secret)
    #expect(reason(unread["tpm.trusted"]).hasPrefix("policyc cannot read the certificate; check "))
    #expect(unread["boot.secure_boot"]?.level == .reported)
    #expect(reason(try trusted(.noRoots, secret)["tpm.trusted"]).contains("--ek-roots"))
  }

  private static let recordings: URL? = {
    let folder = Checkout.root.appending(path: "../shared/data/eventlogs/google+go-attestation")
      .standardizedFileURL
    guard FileManager.default.fileExists(atPath: folder.path) else {
      print("skipped: there is no folder ../shared/data/eventlogs beside the checkout")
      return nil
    }
    return folder
  }()

  private static func recording(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: try #require(recordings).appending(path: "attest_testdata_\(name)")))
  }

  @Test("the quote of a Windows machine attests how its firmware started", .enabled(if: recordings != nil))
  func recordedQuote() throws {
    func bytes(_ name: String) throws -> [UInt8] { try Self.recording("windows_gcp_shielded_vm.\(name)") }
    let evidence = Evidence(
      nonce: [], attestationKey: try bytes("ak_pub.tpmt.bin"), quote: try bytes("quote.bin"),
      signature: try bytes("signature.bin"), bootLog: try bytes("eventlog.bin"))
    let name = try TPMPublic(evidence.attestationKey).name
    var options = EvidenceOptions(nonce: [], attestationKeyName: name)
    #expect(reason(try observe(evidence, options)["boot.secure_boot"]).hasPrefix("the quote has no sha256"))
    options.terms = EvidenceTerms(banks: [.sha1], acceptsWeakSignatures: true)
    let found = try observe(evidence, options)
    let plain = BootLogFacts.findings(of: BootEvidence(try EventLog(try bytes("eventlog.bin"))))
    for (name, finding) in plain { #expect(found[name]?.value == finding.value, "\(name)") }
    for name in ["boot.secure_boot", "boot.uefi", "tpm.version"] {
      #expect(found[name]?.level == .attested, "\(name)")
      #expect(found[name]?.note?.contains("SHA-1, which is weak") == true)
    }
    // Its db holds Microsoft's root, under which more is signed than Windows.
    #expect(found["boot.kernel_debugging"]?.level == .reported)
  }

  @Test("the log of a Windows PC attests what Windows measured", .enabled(if: recordings != nil))
  func recordedPC() throws {
    let log = try Self.recording("option_rom_eventlog")
    var options = Self.known
    options.terms.banks = [.sha1]
    let plainly = try observe(try Self.key.evidence(of: log, nonce: Self.nonce), options)
    #expect(plainly["boot.secure_boot"]?.level == .attested)
    #expect(plainly["boot.test_signing"]?.level == .reported)
    #expect(plainly["boot.test_signing"]?.note?.contains("CN=Microsoft Corporation UEFI CA 2011") == true)
    // A card's driver, which whoever judges may accept.
    options.acceptedAuthorities = [
      bytes(hexadecimal: "46def63b5ce61cf8ba0de2e6639c1019d0ed14f3".utf8) ?? []
    ]
    let found = try observe(try Self.key.evidence(of: log, nonce: Self.nonce), options)
    let plain = BootLogFacts.findings(of: BootEvidence(try EventLog(log)))
    #expect(plain.values.filter { $0.value != nil }.count > 8)
    for (name, finding) in plain {
      #expect(found[name]?.value == finding.value, "\(name)")
      guard finding.value != nil else { continue }
      #expect(found[name]?.level == .attested, "\(name): \(String(describing: found[name]?.note))")
    }
  }

  @Test("a file that is no evidence is an error that names it")
  func otherFiles() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("x.json", #"{"format": "policyc-evidence", "version": 1}"#)
    let error = #expect(throws: ProbeError.self) {
      try EvidenceProbe(path: path, options: Self.known).observe(Self.facts)
    }
    #expect(
      error?.description == "'\(path)' is not evidence that can be read: $: the member \"nonce\" is missing")
    #expect(throws: ProbeError.self) {
      try EvidenceProbe(path: path + "no", options: Self.known).observe(Self.facts)
    }
    var file = EvidenceFile(try Self.evidence())
    file.facts = .object([JSONMember("os.biuld", .null)])
    let other = try folder.file("y.json", String(decoding: file.encode(), as: UTF8.self))
    let refusal = #expect(throws: ProbeError.self) {
      try EvidenceProbe(path: other, options: Self.known).observe(Self.facts)
    }
    #expect(
      refusal?.description.contains("$.facts: there is no fact 'os.biuld'; did you mean os.build?") == true)
    file.facts = nil
    let good = try folder.file("z.json", String(decoding: file.encode(), as: UTF8.self))
    let found = try EvidenceProbe(path: good, options: Self.known).observe(Self.facts)
    #expect(
      found["boot.secure_boot"]?.level == .attested && found["boot.secure_boot"]?.source == "evidence:\(good)"
    )
  }

  @Test("every fact rests on some PCRs, and none on two sets of them")
  func bases() {
    let facts = BootLogFacts.Basis.allCases.flatMap(\.facts)
    #expect(facts.sorted() == BootLogFacts.names.sorted())
  }

  @Test("evidence cannot be judged without a nonce")
  func nonce() throws {
    let error = #expect(throws: ProbeSpecError.self) {
      try ProbeSpec("evidence:x.json").probe(ProbeOptions())
    }
    #expect(error?.help == "give it in hexadecimal with --nonce")
    let probe = try ProbeSpec("evidence:x.json").probe(ProbeOptions(evidence: Self.known))
    #expect(probe.name == "evidence:x.json")
  }
}
