import CSPCatalog
import Foundation
import PolicyModel
import Testing
import YAMLInput

@testable import DeviceProbes

/// What a probe says of TPM facts: the values, and the reasons of what is unknown.
private func ask(_ probe: TPMProbe, _ names: [String] = TPMFacts.names) throws -> [String: Observation
  .Content]
{
  try probe.observe(names.map { FactDeclaration(name: $0, type: FactCatalog.embedded[$0]?.type ?? .string) })
    .mapValues(\.content)
}

@Suite("TPMProbe on a simulator", .serialized, .enabled(if: Simulator.isInstalled))
struct TPMProbeSimulatorTests {
  @Test("a simulator says who it is, and every value has the type of its fact")
  func identity() throws {
    let simulator = try Simulator()
    let probe = TPMProbe(tcti: simulator.tcti)
    let answers = try ask(probe)
    #expect(answers["tpm.present"] == .value(.bool(true)))
    #expect(answers["tpm.version"] == .value(.version(Version(2, 0))))
    #expect(answers["tpm.manufacturer"] == .value(.string("IBM")))
    #expect(answers["tpm.ek_certificate"] == .value(.bool(true)))
    for bank in ["sha1", "sha256", "sha384"] { #expect(answers["tpm.pcr_\(bank)"] == .value(.bool(true))) }
    #expect(answers["tpm.lockout_counter"] == .value(.int(0)))
    #expect(answers["tpm.locked_out"] == .value(.bool(false)))
    #expect(Set(answers.keys) == Set(TPMFacts.names))
    for (name, content) in answers {
      let type = try #require(FactCatalog.embedded[name]).type
      guard case .value(let value) = content else {
        Issue.record("\(name): \(content)")
        continue
      }
      #expect(value.isOf(type), "\(name)")
    }
    #expect(try ask(probe, ["tpm.version", "os.build"]).keys.sorted() == ["tpm.version"])
  }

  @Test("what the probe says is what tpm2_getcap prints", .enabled(if: findProgram("tpm2_getcap") != nil))
  func agreesWithTools() throws {
    let simulator = try Simulator()
    // A failed authorization, so that the lockout counter is not what it is in a new TPM.
    _ = try output(
      of: "tpm2_dictionarylockout", ["-s", "-n", "7", "-t", "600", "-l", "600"], tcti: simulator.tcti)
    func properties(_ kind: String) throws -> [String: [String: String]] {
      let text = try #require(try output(of: "tpm2_getcap", [kind], tcti: simulator.tcti))
      var found: [String: [String: String]] = [:]
      for entry in try YAMLNode(yaml: Array(text.utf8)).entries(kind) {
        guard case .mapping(let fields) = entry.value.content else { continue }
        found[entry.key] = Dictionary(
          fields.map { ($0.key, $0.value.scalar?.text ?? "") }, uniquingKeysWith: { first, _ in first })
      }
      return found
    }
    func number(_ text: String?) throws -> UInt32 {
      let text = try #require(text)
      return try #require(text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text))
    }
    let fixed = try properties("properties-fixed")
    let answers = try ask(TPMProbe(tcti: simulator.tcti))

    #expect(
      answers["tpm.version"]
        == .value(.version(try #require(Version(fixed["TPM2_PT_FAMILY_INDICATOR"]?["value"] ?? "")))))
    #expect(
      answers["tpm.spec_revision"]
        == .value(.version(try #require(Version(fixed["TPM2_PT_REVISION"]?["value"] ?? "")))))
    #expect(
      answers["tpm.manufacturer"] == .value(.string(try #require(fixed["TPM2_PT_MANUFACTURER"]?["value"]))))
    let first = try number(fixed["TPM2_PT_FIRMWARE_VERSION_1"]?["raw"])
    let second = try number(fixed["TPM2_PT_FIRMWARE_VERSION_2"]?["raw"])
    #expect(
      answers["tpm.firmware"]
        == .value(.version(Version(first >> 16, first & 0xFFFF, second >> 16, second & 0xFFFF))))

    let variable = try #require(try output(of: "tpm2_getcap", ["properties-variable"], tcti: simulator.tcti))
    #expect(variable.contains("TPM2_PT_LOCKOUT_COUNTER: 0x0\n"))
    #expect(answers["tpm.lockout_counter"] == .value(.int(0)))
    #expect(variable.contains("inLockout:                 0\n"))

    let handles = try #require(try output(of: "tpm2_getcap", ["handles-nv-index"], tcti: simulator.tcti))
    #expect(handles.contains("0x1C00002"))
  }

  @Test(
    "failed authorizations show as the lockout counter and then as a lockout",
    .enabled(if: findProgram("tpm2_createprimary") != nil))
  func lockout() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    let key = folder.url.appendingPathComponent("key").path
    func run(_ program: String, _ arguments: String...) throws -> Bool {
      try output(of: program, arguments, tcti: simulator.tcti) != nil
    }
    #expect(try run("tpm2_dictionarylockout", "-s", "-n", "2", "-t", "600", "-l", "600"))
    #expect(try run("tpm2_createprimary", "-C", "o", "-c", "\(key).primary"))
    #expect(
      try run(
        "tpm2_create", "-C", "\(key).primary", "-p", "right", "-u", "\(key).pub", "-r", "\(key).priv", "-i",
        try folder.file("secret", "s")))
    #expect(try run("tpm2_flushcontext", "-t"))
    #expect(
      try run(
        "tpm2_load", "-C", "\(key).primary", "-u", "\(key).pub", "-r", "\(key).priv", "-c", "\(key).ctx"))
    #expect(try run("tpm2_flushcontext", "-t"))
    #expect(try !run("tpm2_unseal", "-c", "\(key).ctx", "-p", "wrong"))
    _ = try run("tpm2_flushcontext", "-t")
    let once = try ask(TPMProbe(tcti: simulator.tcti), ["tpm.lockout_counter", "tpm.locked_out"])
    #expect(once == ["tpm.lockout_counter": .value(.int(1)), "tpm.locked_out": .value(.bool(false))])
    #expect(try !run("tpm2_unseal", "-c", "\(key).ctx", "-p", "wrong"))
    _ = try run("tpm2_flushcontext", "-t")
    let twice = try ask(TPMProbe(tcti: simulator.tcti), ["tpm.lockout_counter", "tpm.locked_out"])
    #expect(twice == ["tpm.lockout_counter": .value(.int(2)), "tpm.locked_out": .value(.bool(true))])
  }

  @Test("a TPM that lies about its lengths and contents is refused or believed, never a trap")
  func damagedAnswers() throws {
    let simulator = try Simulator()
    for seed in 0..<120 {
      let proxy = try LyingProxy(to: simulator.port, seed: seed)
      let answers = try ask(TPMProbe(tcti: "swtpm:host=127.0.0.1,port=\(proxy.port)", seconds: 5))
      #expect(Set(answers.keys) == Set(TPMFacts.names), "seed \(seed)")
    }
  }
}

@Suite("TPMProbe without a TPM", .serialized)
struct TPMProbeTests {
  private func reasons(_ answers: [String: Observation.Content]) -> Set<String> {
    Set(answers.values.compactMap { if case .unknown(let reason) = $0 { reason } else { nil } })
  }

  @Test("nobody listening makes every fact unknown, at once")
  func nobodyListens() throws {
    let port = try ListeningSocket().port
    let start = ContinuousClock.now
    let answers = try ask(TPMProbe(tcti: "swtpm:host=127.0.0.1,port=\(port)"))
    #expect(Set(answers.keys) == Set(TPMFacts.names))
    #expect(reasons(answers).count == 1)
    #expect(
      reasons(answers).first?.hasPrefix("no TPM can be reached through 'swtpm:host=127.0.0.1,port=\(port)'")
        == true)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("a TPM that never answers makes every fact unknown when the time is over")
  func neverAnswers() throws {
    let (commands, control) = try ListeningSocket.pair()
    let start = ContinuousClock.now
    let tcti = "swtpm:host=127.0.0.1,port=\(commands.port)"
    let answers = try ask(TPMProbe(tcti: tcti, seconds: 1))
    #expect(reasons(answers) == ["the TPM behind '\(tcti)' did not answer within 1 s"])
    #expect(ContinuousClock.now - start < .seconds(4))
    withExtendedLifetime(control) {}
  }

  @Test("a TCTI that tpm2-tss does not have makes every fact unknown")
  func unknownTCTI() throws {
    let answers = try ask(TPMProbe(tcti: "nosuchtcti:x"))
    #expect(reasons(answers).first?.hasPrefix("no TPM can be reached through 'nosuchtcti:x'") == true)
  }

  @Test("a device that is not there is named in the reason")
  func missingDevice() throws {
    #expect(reasons(try ask(TPMProbe(tcti: "device:/dev/tpm-none"))) == ["there is no device /dev/tpm-none"])
  }

  @Test("a machine without tpm2-tss makes every fact unknown and says what is missing")
  func noLibrary() throws {
    let probe = TPMProbe(tcti: "swtpm:port=1", seconds: 1, devices: TPMDevices()) {
      TSSLibrary(esys: "libtss2-esys-that-is-not-there.so.0")
    }
    #expect(
      reasons(try ask(probe)) == [
        "libtss2-esys is not installed; on Debian and Ubuntu it comes with tpm2-tools"
      ])
  }

  @Test("facts that no TPM answers are left alone")
  func otherFacts() throws {
    #expect(try ask(TPMProbe(tcti: "nosuchtcti"), ["os.build", "tpm.ready"]).isEmpty)
  }

  private func probe(_ folder: TemporaryFolder, _ build: (URL) throws -> Void) throws -> TPMProbe {
    try build(folder.url)
    let devices = TPMDevices(
      devices: folder.url.appendingPathComponent("dev").path,
      list: folder.url.appendingPathComponent("class").path)
    return TPMProbe(tcti: TPMProbe.defaultTCTI, seconds: 1, devices: devices)
  }

  private func makeFolder(_ url: URL, _ path: String) throws {
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent(path), withIntermediateDirectories: true)
  }

  @Test("a kernel that lists its TPMs and has none means that there is no TPM")
  func absent() throws {
    let folder = try TemporaryFolder()
    let answers = try ask(try probe(folder) { try makeFolder($0, "class") })
    #expect(answers["tpm.present"] == .value(.bool(false)))
    #expect(answers["tpm.version"] == .unknown(reason: "the device has no TPM"))
  }

  @Test("a kernel that does not list TPMs leaves it open whether there is one")
  func notListed() throws {
    let folder = try TemporaryFolder()
    let answers = try ask(try probe(folder) { _ in })
    guard case .unknown(let reason) = answers["tpm.present"] else {
      Issue.record("\(answers)")
      return
    }
    #expect(reason.hasSuffix("class that would say whether there is a TPM"))
  }

  @Test("a TPM of version 1.2 is present with its version, and nothing else is known")
  func version12() throws {
    let folder = try TemporaryFolder()
    let answers = try ask(
      try probe(folder) { url in
        try makeFolder(url, "dev/tpm0")
        try makeFolder(url, "class/tpm0")
        try "1\n".write(
          to: url.appendingPathComponent("class/tpm0/tpm_version_major"), atomically: false, encoding: .utf8)
      })
    #expect(answers["tpm.present"] == .value(.bool(true)))
    #expect(answers["tpm.version"] == .value(.version(Version(1, 2))))
    #expect(
      answers["tpm.firmware"] == .unknown(reason: "the TPM is of version 1.2, which this probe cannot ask"))
  }

  @Test("a TPM that the kernel has but that has no device here leaves the facts open")
  func noDevice() throws {
    let folder = try TemporaryFolder()
    let answers = try ask(
      try probe(folder) { url in
        try makeFolder(url, "class/tpm0")
        try "2\n".write(
          to: url.appendingPathComponent("class/tpm0/tpm_version_major"), atomically: false, encoding: .utf8)
      })
    #expect(reasons(answers).first?.contains("the kernel has the TPM tpm0 but there is no") == true)
    #expect(answers["tpm.present"].map { if case .unknown = $0 { true } else { false } } == true)
  }

  @Test(
    "an account that may not use the device learns how to get access",
    .disabled(if: getuid() == 0, "root may do everything"))
  func noRights() throws {
    let folder = try TemporaryFolder()
    let answers = try ask(
      try probe(folder) { url in
        try makeFolder(url, "dev")
        let path = url.appendingPathComponent("dev/tpmrm0").path
        _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0])
      })
    #expect(reasons(answers).first?.contains("add the account to the group") == true)
  }
}

@Suite("TPMFacts")
struct TPMFactsTests {
  @Test(
    "a manufacturer's four bytes are text without the blanks and NULs at their end",
    arguments: [
      (0x4942_4D00, "IBM"), (0x5354_4D20, "STM"), (0x494E_5443, "INTC"), (0x4850_4500, "HPE"), (0, nil),
      (0x0042_4D00, nil), (0x49FF_4D00, nil), (0x2020_2020, nil), (0x4920_4D00, nil),
    ] as [(UInt32, String?)])
  func text(number: UInt32, expected: String?) {
    #expect(TPMFacts.text(number) == expected)
  }

  @Test("properties decode as Windows prints them")
  func identity() {
    // An Intel TPM that Windows shows as 303.12.0.0, and a revision of 138 for specification 1.38.
    let answers = TPMFacts.identity([
      0x100: 0x322E_3000, 0x102: 138, 0x105: 0x494E_5443, 0x10B: 303 << 16 | 12, 0x10C: 0,
    ])
    #expect(answers["tpm.firmware"] == .success(.version(Version(303, 12, 0, 0))))
    #expect(answers["tpm.spec_revision"] == .success(.version(Version(1, 38))))
    #expect(answers["tpm.version"] == .success(.version(Version(2, 0))))
  }

  @Test("a property that the TPM keeps to itself makes its fact unknown and no other")
  func missing() {
    let answers = TPMFacts.identity([0x105: 0x494E_5443])
    #expect(answers["tpm.manufacturer"] == .success(.string("INTC")))
    #expect(answers["tpm.version"] == .failure(TPMFailure(reason: "the TPM does not say its family")))
    #expect(
      answers["tpm.firmware"] == .failure(TPMFailure(reason: "the TPM does not say its firmware version")))
    #expect(
      TPMFacts.lockout([:])["tpm.locked_out"]
        == .failure(TPMFailure(reason: "the TPM does not say its permanent attributes")))
    #expect(TPMFacts.lockout([0x200: 1 << 9])["tpm.locked_out"] == .success(.bool(true)))
    #expect(TPMFacts.lockout([0x200: 0x8000_0187])["tpm.locked_out"] == .success(.bool(false)))
  }
}
