import CSPCatalog
import Foundation
import PolicyModel
import TestSupport
import Testing

@testable import DeviceProbes
@testable import TPMEvidence

/// The attacks of docs/boot-evidence.md on simulated TPMs whose PCRs are really extended. The made-up boot manager's certificate stands for
/// Windows', so that an attack is told from a boot that would be attested.
@Suite(
  "Attacks on a simulator", .serialized,
  .enabled(if: Simulator.isInstalled && findProgram("tpm2_pcrextend") != nil))
struct SimulatedAttackTests {
  private static let nonce = Array("a nonce of 32 bytes for a quote!".utf8)
  private static let facts = FactCatalog.embedded.entries.map(\.declaration)

  /// How evidence ends.
  enum Outcome: Hashable {
    /// It was Windows that measured.
    case windows
    /// Secure Boot is attested, and that it was Windows is not proved; the reason has this text.
    case unproven(String)
    /// Nothing in it is believed; the reason has this text.
    case refused(String)
    /// The kernel that runs was not started by this boot.
    case otherKernel
  }

  static let cases: [(log: String, outcome: Outcome)] = [
    ("windows.log", .windows), ("start-7.log", .windows),
    ("attacks/own-key.log", .unproven("CN=My own key")),
    (
      "attacks/own-key-alone.log",
      .refused("database of what may be started, as it was measured, does not have it")
    ),
    ("stranger.log", .refused("database of what may be started, as it was measured, does not have it")),
    ("attacks/authority-before-separator.log", .unproven("CN=My own key")),
    ("attacks/image-before-separator.log", .unproven("before its separator: more was started")),
    ("attacks/second-image.log", .unproven("more was started than Windows' boot manager")),
    ("attacks/shim.log", .unproven("is of a loader that is not Windows': 'Shim'")),
    ("attacks/debug-mode.log", .refused("the firmware was open to a debugger")),
    ("attacks/two-separators.log", .refused("PCR 7 has 2 separators")),
    ("attacks/wiped.log", .refused("is not the digest of its data")),
    ("resume.log", .otherKernel),
  ]

  /// A TPM that was extended as a log says.
  private func simulator(_ log: EventLog) throws -> Simulator {
    let simulator = try Simulator()
    let extensions = log.events.indices.filter { log.events[$0].isExtended }.map { event in
      let digests = log.banks.indices.map { bank in
        "\(log.banks[bank].algorithm.name)=\(hexadecimal(log.digest(of: event, bank: bank) ?? []))"
      }
      return "\(log.events[event].register):\(digests.joined(separator: ","))"
    }
    #expect(try output(of: "tpm2_pcrextend", extensions, tcti: simulator.tcti) != nil)
    return simulator
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: EventLogProbeTests.path(name))))
  }

  private func windows() throws -> Set<[UInt8]> {
    let log = BootEvidence(try EventLog(try bytes("windows.log")))
    guard case .certificate(let certificate)? = log.secureBoot.authorities.first?.entry else { return [] }
    return [certificate.thumbprint]
  }

  private func judged(_ evidence: Evidence) throws -> (EvidenceVerification, [String: Observation]) {
    let name = try TPMPublic(evidence.attestationKey).name
    let options = EvidenceOptions(nonce: Self.nonce, attestationKeyName: name)
    let verification = EvidenceVerification(
      evidence, nonce: Self.nonce, trust: EvidenceTrust(attestationKeyName: name))
    return (
      verification,
      try EvidenceProbe.observations(
        of: EvidenceFile(evidence), Self.facts, options, source: "evidence:x")
    )
  }

  @Test("a boot is attested as Windows' where nothing else ran, and else is not", arguments: cases.indices)
  func boots(index: Int) throws {
    let (name, outcome) = Self.cases[index]
    let log = try bytes(name)
    let simulator = try simulator(try EventLog(log))
    var evidence = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: Self.nonce).evidence
    evidence.bootLog = log
    let (verification, found) = try judged(evidence)
    let quoted = try verification.bootLog.get()
    let basis = BootLogFacts.Basis.windows.registers
    #expect(quoted.defect(of: basis) == nil, "\(name)")
    let boot = try #require(quoted.evidence(of: basis).value)
    let signer = boot.loader.signer(accepting: [], windows: try windows())
    let flag = found["boot.test_signing"]
    switch outcome {
    case .windows:
      #expect(signer.value != nil && boot.contradictions == [], "\(name)")
      #expect(found["boot.secure_boot"]?.level == .attested && flag?.value == .bool(false))
    case .unproven(let text):
      #expect(signer.reason?.contains(text) == true, "\(name): \(signer)")
      #expect(found["boot.secure_boot"]?.level == .attested)
    case .refused(let text):
      #expect(boot.contradictions.contains { $0.reason.contains(text) }, "\(name): \(boot.contradictions)")
      for fact in EvidenceFacts.names { #expect(found[fact]?.isRefused == true, "\(name): \(fact)") }
    case .otherKernel:
      #expect(boot.windows.isResume && flag?.value == nil)
    }
    for fact in BootLogFacts.Basis.windows.facts {
      #expect(found[fact]?.level != .attested, "the made-up certificate is not Windows'")
    }
  }

  @Test("a friendly event of Windows behind its separator leaves its facts open")
  func late() throws {
    let log = try bytes("attacks/late-windows.log")
    let simulator = try simulator(try EventLog(log))
    var evidence = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: Self.nonce).evidence
    evidence.bootLog = log
    let found = try judged(evidence).1
    for fact in BootLogFacts.Basis.windows.facts { #expect(found[fact]?.value == nil, "\(fact)") }
  }

  @Test(
    "the log of a healthy boot says nothing for a TPM that booted otherwise",
    arguments: ["attacks/own-key.log", "attacks/image-before-separator.log", "resume.log"])
  func otherLog(name: String) throws {
    let simulator = try simulator(try EventLog(try bytes(name)))
    var evidence = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: Self.nonce).evidence
    evidence.bootLog = try bytes("windows.log")
    let found = try judged(evidence).1
    for fact in BootLogFacts.Basis.windows.facts { #expect(found[fact]?.value == nil, "\(fact)") }
  }

  @Test("a kernel that was resumed is reported by the logs of the starts before, and not without any of them")
  func resumed() throws {
    let names = ["start-7.log", "resume-8.log", "resume-9.log"]
    let simulator = try simulator(try EventLog(try bytes("resume-9.log")))
    let quoted = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: Self.nonce).evidence
    func flag(_ names: [String]) throws -> Observation? {
      var evidence = quoted
      evidence.add(try names.map(bytes))
      return try judged(evidence).1["boot.test_signing"]
    }
    for order in [names, names.reversed()] {
      let found = try flag(order)
      #expect(found?.value == .bool(false) && found?.level == .reported)
    }
    for missing in names {
      #expect(try flag(names.filter { $0 != missing })?.value == nil, "without \(missing)")
    }
  }

  @Test(
    "a quote by a key of RSA with 1024 bits, or over SHA-1, is reported and no more",
    arguments: [("rsa1024", "sha256"), ("rsa2048", "sha1")])
  func weak(kind: (key: String, hash: String)) throws {
    let log = try bytes("windows.log")
    let simulator = try simulator(try EventLog(log))
    let folder = try TemporaryFolder()
    func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
    func run(_ program: String, _ arguments: String...) throws -> Bool {
      try output(of: program, arguments, tcti: simulator.tcti) != nil
    }
    func read(_ name: String, from offset: Int = 0) throws -> [UInt8] {
      Array(try Data(contentsOf: URL(filePath: path(name))).dropFirst(offset))
    }
    let attributes = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign"
    guard
      try run(
        "tpm2_createprimary", "-C", "e", "-G", "\(kind.key):rsassa-\(kind.hash):null", "-a", attributes, "-c",
        path("key"))
    else {
      // A simulator may be built without such keys; real TPMs have them.
      try #require(kind.key == "rsa1024")
      return
    }
    try #require(try run("tpm2_readpublic", "-c", path("key"), "-f", "tpmt", "-o", path("public")) == true)
    let banks = "sha256:" + TPMAttester.registers.sorted().map(String.init).joined(separator: ",")
    try #require(
      try run(
        "tpm2_quote", "-c", path("key"), "-l", banks, "-q", hexadecimal(Self.nonce), "-g", kind.hash, "-m",
        path("quote"), "-s", path("signature")) == true)
    let evidence = Evidence(
      nonce: Self.nonce, attestationKey: try read("public"), quote: try read("quote"),
      signature: try read("signature"), bootLog: log)
    let found = try judged(evidence).1
    #expect(
      found["boot.secure_boot"]?.value == .symbol("on") && found["boot.secure_boot"]?.level == .reported)
    #expect(found["boot.secure_boot"]?.note?.contains("weak") == true)
  }
}
