import CSPCatalog
import Foundation
import PolicyModel
import Testing

@testable import DeviceProbes
@testable import TPMEvidence

/// Keys of simulated TPMs, made by tpm2-tools, certified by policyc and, the other way round, by tpm2_certify.
@Suite(
  "Certified keys of a simulator", .serialized,
  .enabled(if: Simulator.isInstalled && findProgram("tpm2_certify") != nil && findProgram("openssl") != nil))
struct DeviceKeySimulatorTests {
  private static let nonce = Array("a nonce of 32 bytes for a quote!".utf8)
  private static let bound = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign"
  private static let facts = ["attestation.mdm_key_in_tpm", "entra.key_in_tpm"].map {
    FactDeclaration(name: $0, type: .bool)
  }

  /// A simulator with keys that it keeps, and files about them.
  private final class Device {
    let simulator: Simulator
    let folder: TemporaryFolder

    init() throws {
      simulator = try Simulator()
      folder = try TemporaryFolder()
      try run("tpm2_createprimary -Q -C o -G ecc -c parent.ctx; tpm2_flushcontext -t")
    }

    /// Runs lines of shell in the folder beside the simulator.
    func run(_ lines: String) throws {
      let script = "cd '\(folder.url.path)' && set -e; \(lines)"
      try #require(try output(of: "bash", ["-c", script], tcti: simulator.tcti) != nil, "\(lines)")
    }

    /// Makes a key that the TPM keeps: NAME.pub, NAME.pem and NAME.ctx are of it.
    func make(_ name: String, _ handle: String, _ attributes: String = bound, _ options: String = "") throws {
      try run(
        """
        tpm2_create -Q -C parent.ctx -G rsa2048 -u \(name).pub -r \(name).priv -a '\(attributes)' \(options)
        tpm2_load -Q -C parent.ctx -u \(name).pub -r \(name).priv -c \(name).ctx; tpm2_flushcontext -t
        tpm2_readpublic -Q -c \(name).ctx -f pem -o \(name).pem; tpm2_flushcontext -t
        tpm2_evictcontrol -Q -C o -c \(name).ctx \(handle); tpm2_flushcontext -t
        """)
    }

    func bytes(_ name: String) throws -> [UInt8] {
      [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(name)))
    }

    func known(_ name: String) throws -> KnownKey { try KnownKey(file: try bytes(name)) }

    func attest(
      _ keys: String..., key: AttestationKey = .rsa, nonce: [UInt8] = DeviceKeySimulatorTests.nonce
    ) throws -> TPMAttester.Result {
      try TPMAttester(tcti: simulator.tcti, key: key)
        .attest(nonce: nonce, certifying: try keys.map { try KeyToCertify($0) })
    }

    func refusal(_ key: String) throws -> String {
      let error = #expect(throws: AttestationError.self) { try attest(key) }
      guard case .certification(let reason)? = error else { return "not about a key: \(error as Any)" }
      return reason
    }
  }

  /// What evidence says of both facts to somebody who knows its attestation key.
  private func facts(
    _ evidence: Evidence, mdm: KnownKey? = nil, entra: KnownKey? = nil
  ) throws -> [Observation] {
    var options = EvidenceOptions(
      nonce: Self.nonce, attestationKeyName: try TPMPublic(evidence.attestationKey).name)
    options.deviceKeys = KnownDeviceKeys(mdm: mdm, entra: entra)
    let found = try EvidenceProbe.observations(
      of: EvidenceFile(evidence), Self.facts, options, source: "evidence:x.json")
    return try Self.facts.map { try #require(found[$0.name]) }
  }

  @Test(
    "keys that the TPM keeps are certified by each kind of attestation key, by the names that tpm2_readpublic gives",
    arguments: AttestationKey.allCases)
  func certified(key: AttestationKey) throws {
    let device = try Device()
    try device.make("mdm", "0x81010020")
    try device.make("entra", "0x81010021", Self.bound + "|noda")
    let result = try device.attest("mdm=0x81010020", "entra=0x81010021", key: key)
    #expect(result.warnings == [])
    #expect(result.evidence.certifiedKeys.map(\.role) == [.mdm, .entra])
    for (name, certification) in zip(["mdm", "entra"], result.evidence.certifiedKeys) {
      #expect(try device.known("\(name).pub").isKey(of: try TPMPublic(certification.key)))
      #expect(try device.known("\(name).pem").isKey(of: try TPMPublic(certification.key)))
    }
    // The file carries them.
    let file = EvidenceFile(result.evidence)
    #expect(try EvidenceFile.decode(file.encode()) == file)
    let unknown = try facts(result.evidence)
    #expect(unknown.allSatisfy { $0.value == .bool(true) && $0.level == .reported })
    let known = try facts(
      result.evidence, mdm: try device.known("mdm.pem"), entra: try device.known("entra.pub"))
    #expect(known.allSatisfy { $0.value == .bool(true) && $0.level == .attested }, "\(known)")
    let swapped = try facts(result.evidence, mdm: try device.known("entra.pem"))
    #expect(swapped[0].level == .attested)
    try device.run("openssl genrsa -out soft.key 2048; openssl rsa -in soft.key -pubout -out soft.pem")
    #expect(try facts(result.evidence, mdm: try device.known("soft.pem"))[0].isRefused)
  }

  @Test("what tpm2_certify states of a key holds as well, but not over the nonce, which it does not take")
  func certifiedByTools() throws {
    let device = try Device()
    try device.make("mdm", "0x81010020")
    var evidence = try device.attest().evidence
    // The same attestation key, by the template that is documented.
    try device.run(
      """
      tpm2_createprimary -Q -C e -g sha256 -G rsa2048:rsassa-sha256:null -c ak.ctx \
        -a 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|sign'
      tpm2_flushcontext -t
      tpm2_certify -c 0x81010020 -C ak.ctx -g sha256 -o statement -s signature
      tpm2_flushcontext -t
      """)
    let statement = try device.bytes("statement")
    let certification = KeyCertification(
      role: .mdm, key: try TPMPublic(try device.bytes("mdm.pub")).bytes, statement: statement,
      signature: try device.bytes("signature"))
    let signedAlong = try TPMCertification(statement).extraData
    let key = try DeviceKey(
      certification, by: try TPMPublic(evidence.attestationKey), nonce: signedAlong)
    #expect(try device.known("mdm.pem").isKey(of: key.area))
    evidence.certifiedKeys = [certification]
    let found = try facts(evidence, mdm: .name(key.area.name))[0]
    guard case .unknown(let reason) = found.content else { return }
    #expect(found.isRefused && reason.contains("it was made over another nonce"))
  }

  @Test("what another TPM certified, or the same one over another nonce or of another key, is refused")
  func attacks() throws {
    let (device, other) = (try Device(), try Device())
    for one in [device, other] { try one.make("mdm", "0x81010020") }
    try device.make("second", "0x81010021")
    let good = try device.attest("mdm=0x81010020").evidence
    let known = try device.known("mdm.pem")
    #expect(try facts(good, mdm: known)[0].level == .attested)

    func refused(_ certification: KeyCertification) throws -> String {
      var evidence = good
      evidence.certifiedKeys = [certification]
      let found = try facts(evidence, mdm: known)
      #expect(found.allSatisfy { $0.isRefused })
      guard case .unknown(let reason) = found[0].content else { return "" }
      return reason
    }
    let mine = try #require(good.certifiedKeys.first)
    let foreign = try #require(try other.attest("mdm=0x81010020").evidence.certifiedKeys.first)
    #expect(try refused(foreign).contains("the attestation key did not sign it"))
    let stale = try #require(
      try device.attest("mdm=0x81010020", nonce: Self.nonce.reversed()).evidence.certifiedKeys.first)
    #expect(try refused(stale).contains("it was made over another nonce"))
    let second = try #require(try device.attest("mdm=0x81010021").evidence.certifiedKeys.first)
    var relabelled = second
    relabelled.key = mine.key
    #expect(
      try refused(relabelled).contains(
        ", but comes with the key \(hexadecimal(try TPMPublic(mine.key).name))"))
    // The statement of the key itself, with attributes that it does not have.
    var edited = second
    edited.key[7] ^= 0x04
    #expect(try refused(edited).contains(", but comes with the key "))
    // A quote, which the same key signed over the same nonce, certifies nothing.
    #expect(
      try refused(
        KeyCertification(role: .mdm, key: mine.key, statement: good.quote, signature: good.signature)
      )
      .contains("it is a statement of type 0x8018"))
    // Another key of the same TPM under the same name is honest, and not the key.
    let found = try facts(try device.attest("mdm=0x81010021").evidence, mdm: known)
    #expect(found[0].isRefused && !found[1].isRefused)
  }

  @Test("a key that was made outside and loaded is certified by the TPM, and counts as none of it")
  func softwareKey() throws {
    let device = try Device()
    try device.run(
      """
      openssl genrsa -out soft.key 2048; openssl rsa -in soft.key -pubout -out soft.pem
      tpm2_loadexternal -Q -C n -G rsa -r soft.key -c soft.ctx
      """)
    let loaded = try device.attest("mdm=0x80000000")
    #expect(
      loaded.warnings == [
        "the MDM key at 0x80000000 does not count as kept in the TPM: it can be copied out of its TPM"
      ])
    let known = try device.known("soft.pem")
    let found = try facts(loaded.evidence, mdm: known)[0]
    #expect(found.value == .bool(false) && found.level == .attested, "\(found)")
    try device.run(
      """
      tpm2_flushcontext -t
      tpm2_import -Q -C parent.ctx -G rsa -i soft.key -u in.pub -r in.priv; tpm2_flushcontext -t
      tpm2_load -Q -C parent.ctx -u in.pub -r in.priv -c in.ctx; tpm2_flushcontext -t
      tpm2_evictcontrol -Q -C o -c in.ctx 0x81010030; tpm2_flushcontext -t
      """)
    let imported = try facts(try device.attest("mdm=0x81010030").evidence, mdm: known)[0]
    #expect(imported.value == .bool(false) && imported.level == .attested, "\(imported)")
    try device.make("loose", "0x81010031", "sensitivedataorigin|userwithauth|sign")
    let loose = try facts(try device.attest("0x81010031").evidence, mdm: try device.known("loose.pem"))[0]
    #expect(loose.value == .bool(false) && loose.level == .attested)
  }

  @Test("a key that is merely loaded is certified, and is there afterwards; nothing else is")
  func loadedKey() throws {
    let device = try Device()
    try device.run(
      """
      tpm2_create -Q -C parent.ctx -G ecc -u key.pub -r key.priv -a '\(Self.bound)'; tpm2_flushcontext -t
      tpm2_load -Q -C parent.ctx -u key.pub -r key.priv -c key.ctx; tpm2_flushcontext -t
      """)
    // None is loaded: the key that policyc makes first does not stand for it.
    #expect(
      try device.refusal("0x80000000")
        == "the TPM has no key at 0x80000000; tpm2_getcap handles-transient lists what it has")
    try device.run("tpm2_createprimary -Q -C o -G ecc -c p.ctx")
    for _ in 0..<2 {
      let evidence = try device.attest("mdm=0x80000000").evidence
      #expect(evidence.certifiedKeys.count == 1)
    }
    #expect(
      try output(of: "tpm2_getcap", ["handles-transient"], tcti: device.simulator.tcti) == "- 0x80000000\n")
  }

  @Test(
    "a key with a password, one that asks for its policy, one without its secret part and none at all are told apart"
  )
  func refusals() throws {
    let device = try Device()
    try device.make("password", "0x81010020", Self.bound, "-p secret")
    try device.run("head -c 32 /dev/zero >policy")
    try device.make(
      "policy", "0x81010021", "fixedtpm|fixedparent|sensitivedataorigin|adminwithpolicy|sign", "-L policy")
    try device.make("good", "0x81010022")
    try device.run("tpm2_loadexternal -Q -C o -u good.pub -c public.ctx")
    #expect(
      try device.refusal("mdm=0x81010020").hasSuffix(
        "it has a password, and only keys without one are certified (a wrong password counts towards the TPM's lockout)"
      ))
    #expect(
      try device.refusal("0x81010021").hasSuffix(
        "it asks for its policy, and only keys for which an empty password is enough are certified"))
    #expect(try device.refusal("0x81010021").hasPrefix("the TPM refused to certify the key at 0x81010021: "))
    #expect(
      try device.refusal("hello=0x80000000").hasSuffix(
        "; no TPM certifies a key of which it holds only the public part"))
    try device.run("tpm2_flushcontext -t")
    #expect(
      try device.refusal("0x81010099")
        == "the TPM has no key at 0x81010099; tpm2_getcap handles-persistent lists what it has")
    // The endorsement key is one that asks for its policy.
    #expect(try device.refusal("0x81010001").contains("it asks for its policy"))
    try device.run(
      """
      tpm2_create -Q -C parent.ctx -G aes -u aes.pub -r aes.priv; tpm2_flushcontext -t
      tpm2_load -Q -C parent.ctx -u aes.pub -r aes.priv -c aes.ctx; tpm2_flushcontext -t
      tpm2_evictcontrol -Q -C o -c aes.ctx 0x81010040; tpm2_flushcontext -t
      """)
    #expect(
      try device.refusal("0x81010040").hasPrefix("the key at 0x81010040 cannot be certified for evidence: "))
    // One that fails spoils all of it.
    #expect(throws: AttestationError.self) { try device.attest("0x81010022", "0x81010099") }
    #expect(try device.attest("0x81010022").evidence.certifiedKeys.count == 1)
  }

  @Test("eight keys are certified, and a TPM that lies about them is refused or believed, never a trap")
  func many() throws {
    let device = try Device()
    let handles = (0..<8).map { "0x8101003\($0)" }
    try device.make("key", handles[0])
    for handle in handles.dropFirst() {
      try device.run("tpm2_evictcontrol -Q -C o -c key.ctx \(handle); tpm2_flushcontext -t")
    }
    let keys = try handles.map { try KeyToCertify($0) }
    let evidence = try TPMAttester(tcti: device.simulator.tcti, key: .ecc)
      .attest(nonce: Self.nonce, certifying: keys).evidence
    #expect(evidence.certifiedKeys.count == 8)
    #expect(try facts(evidence, mdm: try device.known("key.pem"))[0].level == .attested)
    for seed in 0..<40 {
      let proxy = try LyingProxy(to: device.simulator.port, seed: seed)
      let attester = TPMAttester(tcti: "swtpm:host=127.0.0.1,port=\(proxy.port)", seconds: 5, key: .ecc)
      _ = try? attester.attest(nonce: Self.nonce, certifying: Array(keys.prefix(2)))
      try device.run("tpm2_flushcontext -t; tpm2_flushcontext -l")
    }
  }
}
