import Foundation
import TPMEvidence
import Testing

@testable import DeviceProbes

private let nonce = Array("a nonce of 32 bytes for a quote!".utf8)

private let hasTools = ["tpm2_checkquote", "tpm2_makecredential"].allSatisfy { findProgram($0) != nil }

/// TPM2B: a size of 16 bits, then the bytes.
private func sized(_ bytes: [UInt8]) -> [UInt8] {
  [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
}

/// TPM2B_NAME of a key whose name is made by SHA-256, without its size.
private func name(_ publicArea: [UInt8]) -> [UInt8] {
  [0x00, 0x0B] + (HashAlgorithm.sha256.digest(of: publicArea) ?? [])
}

/// Runs a program of tpm2-tools; whether it ended well.
private func run(_ simulator: Simulator, _ program: String, _ arguments: String...) throws -> Bool {
  try output(of: program, arguments, tcti: simulator.tcti) != nil
}

private func capability(_ simulator: Simulator, _ name: String) throws -> String {
  try #require(try output(of: "tpm2_getcap", [name], tcti: simulator.tcti))
}

extension TemporaryFolder {
  fileprivate func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = url.appendingPathComponent(name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }
}

@Suite("TPMAttester on a simulator", .serialized, .enabled(if: Simulator.isInstalled && hasTools))
struct TPMAttesterSimulatorTests {
  @Test(
    "a TPM verifies the signature of each kind of key, and tpm2_checkquote accepts the nonce and the PCRs and no others",
    arguments: AttestationKey.allCases)
  func checkQuote(key: AttestationKey) throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    #expect(try run(simulator, "tpm2_pcrextend", "7:sha256=" + String(repeating: "5a", count: 32)))
    let evidence = try TPMAttester(tcti: simulator.tcti, key: key).attest(nonce: nonce).evidence
    let publicArea = try folder.write("ak.pub", sized(evidence.attestationKey))
    let quote = try folder.write("quote", evidence.quote)
    let signature = try folder.write("signature", evidence.signature)
    let pcrs = try folder.write("pcrs", try serialized(evidence.pcrs))
    let context = folder.url.appendingPathComponent("ak.ctx").path
    #expect(try run(simulator, "tpm2_loadexternal", "-C", "n", "-u", publicArea, "-c", context))
    #expect(try run(simulator, "tpm2_flushcontext", "-t"))
    func verify(_ quote: String) throws -> Bool {
      defer { _ = try? run(simulator, "tpm2_flushcontext", "-t") }
      return try run(
        simulator, "tpm2_verifysignature", "-c", context, "-g", "sha256", "-m", quote, "-s", signature)
    }
    #expect(try verify(quote))
    #expect(try !verify(pcrs))
    // It knows no RSAPSS.
    guard key != .rsapss else { return }
    func check(_ nonce: [UInt8], _ pcrs: String) throws -> Bool {
      try run(
        simulator, "tpm2_checkquote", "-u", publicArea, "-m", quote, "-s", signature, "-g", "sha256", "-q",
        hexadecimal(nonce), "-f", pcrs)
    }
    #expect(try check(nonce, pcrs))
    #expect(try !check(nonce.reversed(), pcrs))
    var other = evidence.pcrs
    other.banks[.sha256]?[7]?[0] ^= 1
    #expect(try !check(nonce, try folder.write("other", try serialized(other))))
  }

  @Test("the values are those that tpm2_pcrread prints")
  func registers() throws {
    let simulator = try Simulator()
    #expect(try run(simulator, "tpm2_pcrextend", "0:sha1=" + String(repeating: "11", count: 20)))
    #expect(try run(simulator, "tpm2_pcrextend", "12:sha384=" + String(repeating: "22", count: 48)))
    let evidence = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce).evidence
    let text = try #require(try output(of: "tpm2_pcrread", [], tcti: simulator.tcti))
    let all = try PCRValues(pcrread: Array(text.utf8))
    #expect(Set(evidence.pcrs.banks.keys) == [.sha1, .sha256, .sha384])
    for (bank, values) in evidence.pcrs.banks {
      #expect(Set(values.keys) == TPMAttester.registers)
      for (register, value) in values { #expect(value == all.banks[bank]?[register]) }
    }
  }

  @Test(
    "the attestation key is the same each time, also when the TPM was cleared, and the one that tpm2_createprimary makes by the template that is documented"
  )
  func sameKey() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    let first = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    let second = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce.reversed())
    #expect(first.evidence.attestationKey == second.evidence.attestationKey)
    #expect(first.evidence.quote != second.evidence.quote)
    #expect(try run(simulator, "tpm2_clear", "-c", "p"))
    let third = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    #expect(third.evidence.attestationKey == first.evidence.attestationKey)
    let made = folder.url.appendingPathComponent("made.pub").path
    let context = folder.url.appendingPathComponent("made.ctx").path
    let attributes = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|sign"
    #expect(
      try run(
        simulator, "tpm2_createprimary", "-C", "e", "-g", "sha256", "-G", "rsa2048:rsassa-sha256:null", "-a",
        attributes, "-c", context))
    #expect(try run(simulator, "tpm2_readpublic", "-c", context, "-o", made))
    #expect(try run(simulator, "tpm2_flushcontext", "-t"))
    #expect(
      [UInt8](try Data(contentsOf: URL(fileURLWithPath: made))) == sized(first.evidence.attestationKey))
    let keys = try AttestationKey.allCases.map {
      try TPMAttester(tcti: simulator.tcti, key: $0).attest(nonce: nonce).evidence.attestationKey
    }
    #expect(Set(keys).count == 3)
  }

  @Test("the endorsement key is the one of the certificate that tpm2_nvread reads, and nothing is odd")
  func endorsement() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    let result = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    #expect(result.warnings == [])
    let path = folder.url.appendingPathComponent("ek.der").path
    #expect(try run(simulator, "tpm2_nvread", "0x1c00002", "-o", path))
    let stored = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let certificate = try #require(result.evidence.endorsementCertificate)
    #expect(stored.starts(with: certificate))
    guard case .rsa(let modulus)? = CertifiedKey(certificate: certificate) else {
      Issue.record("the certificate has no key of RSA")
      return
    }
    #expect(result.evidence.endorsementKey?.suffix(256) == modulus[...])
    // A certificate that is cut off has no key, unless only its signature is missing.
    for count in certificate.indices where count < 600 {
      #expect(CertifiedKey(certificate: Array(certificate.prefix(count))) == nil, "\(count) bytes")
    }
  }

  @Test("a secret that tpm2_makecredential wrapped for both keys is recovered, and no other TPM recovers it")
  func activation() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    let evidence = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce).evidence
    let secret = Array("what only that TPM can read".utf8)
    let challenge = try challenge(secret, for: evidence, folder)
    let answer = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce, challenge: challenge)
    #expect(answer.evidence.activation == secret)
    #expect(answer.evidence.attestationKey == evidence.attestationKey)

    #expect(
      throws: AttestationError.challenge(
        "the challenge was made for another attestation key; --key has to be what it was for the evidence that it answers"
      )
    ) { try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: nonce, challenge: challenge) }
    let other = try Simulator()
    #expect(
      throws: AttestationError.challenge("the challenge was made for the endorsement key of another TPM")
    ) { try TPMAttester(tcti: other.tcti).attest(nonce: nonce, challenge: challenge) }
    // One whose names were changed to those of the other TPM's keys is refused by the TPM.
    let foreign = try TPMAttester(tcti: other.tcti).attest(nonce: nonce).evidence
    var forged = challenge
    forged.attestationKeyName = try TPMPublic(foreign.attestationKey).name
    forged.endorsementKeyName = try TPMPublic(try #require(foreign.endorsementKey)).name
    let refusal = #expect(throws: AttestationError.self) {
      try TPMAttester(tcti: other.tcti).attest(nonce: nonce, challenge: forged)
    }
    #expect(refusal?.description.hasPrefix("the TPM refused the challenge: ") == true)
    if case .challenge? = refusal {} else { Issue.record("\(String(describing: refusal))") }
    for one in [simulator, other] { try expectNothingLeft(one) }
  }

  @Test("a TPM whose only certificate is for a key of ECC P-384 attests and activates with that key")
  func highRange() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    #expect(try run(simulator, "tpm2_nvundefine", "-C", "p", "0x1c00002"))
    let result = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: nonce)
    #expect(result.warnings == [])
    let certificate = try #require(result.evidence.endorsementCertificate)
    guard case .ecc(let x, _)? = CertifiedKey(certificate: certificate) else {
      Issue.record("the certificate has no key of an elliptic curve")
      return
    }
    #expect((46...48).contains(x.count))
    let secret = Array("another".utf8)
    let challenge = try challenge(secret, for: result.evidence, folder)
    let answer = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(
      nonce: nonce, challenge: challenge)
    #expect(answer.evidence.activation == secret)
    try expectNothingLeft(simulator)
  }

  @Test(
    "an endorsement key that the TPM keeps is the one that it makes where it keeps none",
    arguments: [0x1c00002, 0x1c00016])
  func keptKey(certificate: Int) throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    if certificate != 0x1c00002 { #expect(try run(simulator, "tpm2_nvundefine", "-C", "p", "0x1c00002")) }
    #expect(try capability(simulator, "handles-persistent").contains("0x810100"))
    let kept = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    for handle in ["0x81010001", "0x81010016"] {
      #expect(try run(simulator, "tpm2_evictcontrol", "-C", "o", "-c", handle))
    }
    let made = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    #expect(made.warnings == [])
    #expect(made.evidence.endorsementKey == kept.evidence.endorsementKey)
    #expect(made.evidence.endorsementCertificate == kept.evidence.endorsementCertificate)
    let challenge = try challenge(Array("made".utf8), for: kept.evidence, folder)
    let answer = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce, challenge: challenge)
    #expect(answer.evidence.activation == Array("made".utf8))
    try expectNothingLeft(simulator)
  }

  @Test("a TPM that has got another endorsement seed says that its certificates are for other keys")
  func otherSeed() throws {
    let simulator = try Simulator()
    #expect(try run(simulator, "tpm2_changeeps"))
    let result = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    #expect(result.evidence.endorsementCertificate == nil)
    #expect(result.evidence.endorsementKey != nil)
    #expect(
      result.warnings == [
        "the certificate at NV index 0x1c00002 is for another key than the TPM makes by the template L-1",
        "the certificate at NV index 0x1c00016 is for another key than the TPM makes by the template H-3",
        "the TPM has no certificate of its endorsement key that would say whose TPM it is",
      ])
    try expectNothingLeft(simulator)
  }

  @Test(
    "certificates of authorities in NV memory come along, and so does a template that the manufacturer keeps there"
  )
  func manufacturerData() throws {
    let simulator = try Simulator()
    let folder = try TemporaryFolder()
    let plain = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce).evidence
    let certificate = try #require(plain.endorsementCertificate)
    #expect(try run(simulator, "tpm2_evictcontrol", "-C", "o", "-c", "0x81010001"))
    // Two certificates, cut where the first index ends, and padding behind them.
    let both = certificate + certificate + [UInt8](repeating: 0xFF, count: 20)
    try define(simulator, "0x1c00100", Array(both.prefix(1500)), folder)
    try define(simulator, "0x1c00101", Array(both.dropFirst(1500)), folder)
    try define(simulator, "0x1c00004", [0x00, 0x01, 0x00], folder)
    let error = #expect(throws: AttestationError.self) {
      _ = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    }
    #expect(error?.description == "a template for a key in the TPM's NV memory is damaged")
    #expect(try run(simulator, "tpm2_nvundefine", "-C", "p", "0x1c00004"))
    try define(simulator, "0x1c00004", EndorsementTemplate.all[0].standard, folder)
    let result = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    #expect(result.evidence.intermediateCertificates == [certificate, certificate])
    #expect(result.evidence.endorsementKey == plain.endorsementKey)
    #expect(result.warnings == [])
  }

  @Test("an endorsement hierarchy with a password, or switched off, is an error that says what to do")
  func hierarchy() throws {
    let simulator = try Simulator()
    #expect(try run(simulator, "tpm2_changeauth", "-c", "endorsement", "secret"))
    func reason() -> String {
      do throws(AttestationError) {
        _ = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(reason().contains("tpm2_changeauth -c endorsement -p PASSWORD"))
    #expect(try run(simulator, "tpm2_changeauth", "-c", "endorsement", "-p", "secret"))
    #expect(reason() == "")
    #expect(try run(simulator, "tpm2_hierarchycontrol", "-C", "p", "ehEnable", "clear"))
    #expect(reason().contains("its endorsement hierarchy is switched off"))
  }

  @Test("a TPM whose room is taken is an error that says how to free it")
  func noRoom() throws {
    let simulator = try Simulator()
    for _ in 0..<3 { #expect(try run(simulator, "tpm2_createprimary", "-C", "o", "-G", "ecc")) }
    let error = #expect(throws: AttestationError.self) {
      try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
    }
    #expect(error?.description.contains("tpm2_flushcontext -t") == true)
    #expect(try run(simulator, "tpm2_flushcontext", "-t"))
    _ = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
  }

  @Test("a TPM in lockout attests as well")
  func lockout() throws {
    let simulator = try Simulator()
    #expect(try run(simulator, "tpm2_dictionarylockout", "-s", "-n", "1", "-t", "600", "-l", "600"))
    #expect(
      try run(
        simulator, "tpm2_nvdefine", "0x1500001", "-C", "o", "-s", "8", "-p", "right", "-a",
        "authread|authwrite|ownerwrite"))
    #expect(try !run(simulator, "tpm2_nvread", "0x1500001", "-C", "0x1500001", "-P", "wrong"))
    #expect(try capability(simulator, "properties-variable").contains("inLockout:                 1"))
    _ = try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce)
  }

  @Test("nonces of 8 to 64 bytes are signed", arguments: [8, 20, 48, 64])
  func nonceLengths(count: Int) throws {
    let simulator = try Simulator()
    let nonce = [UInt8](repeating: 0xA5, count: count)
    let evidence = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: nonce).evidence
    #expect(Data(evidence.quote).range(of: Data(nonce)) != nil)
    try expectNothingLeft(simulator)
  }

  @Test("a TPM that lies about its lengths and contents is refused or believed, never a trap")
  func damagedAnswers() throws {
    let simulator = try Simulator()
    let plain = try TPMAttester(tcti: simulator.tcti, key: .ecc).attest(nonce: nonce).evidence
    let challenge = try challenge(Array("secret".utf8), for: plain, try TemporaryFolder())
    for seed in 0..<60 {
      let proxy = try LyingProxy(to: simulator.port, seed: seed)
      let attester = TPMAttester(
        tcti: "swtpm:host=127.0.0.1,port=\(proxy.port)", seconds: 5, key: .ecc)
      _ = try? attester.attest(nonce: nonce, challenge: seed % 2 == 0 ? challenge : nil)
      _ = try run(simulator, "tpm2_flushcontext", "-t")
      _ = try run(simulator, "tpm2_flushcontext", "-l")
    }
    #expect(throws: Never.self) { try TPMAttester(tcti: simulator.tcti).attest(nonce: nonce) }
  }

  /// PCR values as `tpm2_quote -o` stores them: the structures TPML_PCR_SELECTION and TPML_DIGEST as they lie in memory.
  private func serialized(_ pcrs: PCRValues) throws -> [UInt8] {
    let banks = pcrs.banks.sorted { $0.key.rawValue < $1.key.rawValue }
    var bytes: [UInt8] = [UInt8(banks.count), 0, 0, 0]
    for (bank, values) in banks {
      var map: [UInt8] = [0, 0, 0]
      for register in values.keys { map[register / 8] |= 1 << (register % 8) }
      bytes += [UInt8(bank.rawValue & 0xFF), UInt8(bank.rawValue >> 8), 3] + map + [0, 0]
    }
    bytes += [UInt8](repeating: 0, count: 132 - bytes.count)
    let digests = banks.flatMap { bank in bank.value.sorted { $0.key < $1.key }.map(\.value) }
    let lists = stride(from: 0, to: digests.count, by: 8).map {
      Array(digests[$0..<min($0 + 8, digests.count)])
    }
    bytes += [UInt8(lists.count), 0, 0, 0]
    for list in lists {
      bytes += [UInt8(list.count), 0, 0, 0]
      for digest in list {
        bytes += [UInt8(digest.count), 0] + digest + [UInt8](repeating: 0, count: 64 - digest.count)
      }
      bytes += [UInt8](repeating: 0, count: (8 - list.count) * 66)
    }
    return bytes
  }

  /// That no key and no session is left in the TPM.
  private func expectNothingLeft(_ simulator: Simulator) throws {
    for kind in ["handles-transient", "handles-loaded-session", "handles-saved-session"] {
      #expect(
        try capability(simulator, kind).trimmingCharacters(in: .whitespacesAndNewlines) == "", "\(kind)")
    }
  }

  /// What `tpm2_makecredential`, which needs no TPM for it, wraps for the keys of some evidence.
  private func challenge(
    _ secret: [UInt8], for evidence: Evidence, _ folder: TemporaryFolder
  ) throws -> Challenge {
    let endorsementKey = try #require(evidence.endorsementKey)
    let wrapped = folder.url.appendingPathComponent("credential").path
    let arguments = [
      "-T", "none", "-u", try folder.write("ek.pub", sized(endorsementKey)), "-s",
      try folder.write("secret", secret), "-n", hexadecimal(name(evidence.attestationKey)), "-o", wrapped,
    ]
    #expect(try output(of: "tpm2_makecredential", arguments, tcti: "none") != nil)
    // A magic number and a version of four bytes each, then both parts behind their sizes.
    var rest = [UInt8](try Data(contentsOf: URL(fileURLWithPath: wrapped))).dropFirst(8)
    func part() throws -> [UInt8] {
      try #require(rest.count >= 2)
      let count = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return Challenge(
      attestationKeyName: name(evidence.attestationKey),
      endorsementKeyName: try TPMPublic(endorsementKey).name, credential: try part(),
      encryptedSecret: try part())
  }

  private func define(
    _ simulator: Simulator, _ index: String, _ bytes: [UInt8], _ folder: TemporaryFolder
  ) throws {
    #expect(
      try run(
        simulator, "tpm2_nvdefine", index, "-C", "p", "-s", "\(bytes.count)", "-a",
        "ppwrite|ppread|ownerread|authread|no_da|platformcreate"))
    #expect(try run(simulator, "tpm2_nvwrite", index, "-C", "p", "-i", try folder.write("nv", bytes)))
  }
}

@Suite("TPMAttester without a TPM", .serialized)
struct TPMAttesterTests {
  private func reason(_ attester: TPMAttester, nonce bytes: [UInt8] = nonce) -> String {
    do throws(AttestationError) {
      _ = try attester.attest(nonce: bytes)
      return ""
    } catch {
      return error.description
    }
  }

  @Test("a TPM that never answers is given up when the time is over")
  func neverAnswers() throws {
    let (commands, control) = try ListeningSocket.pair()
    let start = ContinuousClock.now
    let tcti = "swtpm:host=127.0.0.1,port=\(commands.port)"
    #expect(
      reason(TPMAttester(tcti: tcti, seconds: 1))
        == "the TPM behind '\(tcti)' was not done within 1 s; --timeout gives it more time")
    #expect(ContinuousClock.now - start < .seconds(4))
    withExtendedLifetime(control) {}
  }

  @Test("nobody listening, a device that is not there and a TCTI that does not exist are named")
  func unreachable() throws {
    let port = try ListeningSocket().port
    #expect(
      reason(TPMAttester(tcti: "swtpm:host=127.0.0.1,port=\(port)"))
        .hasPrefix("no TPM can be reached through 'swtpm:host=127.0.0.1,port=\(port)'"))
    #expect(reason(TPMAttester(tcti: "device:/dev/tpm-none")) == "there is no device /dev/tpm-none")
    #expect(reason(TPMAttester(tcti: "nosuch:x")).hasPrefix("no TPM can be reached through 'nosuch:x'"))
  }

  @Test("a machine without a TPM, and one of version 1.2, cannot attest")
  func noTPM() throws {
    let folder = try TemporaryFolder()
    func attester() -> TPMAttester {
      TPMAttester(
        tcti: TPMProbe.defaultTCTI, seconds: 1, key: .rsa,
        devices: TPMDevices(
          devices: folder.url.appendingPathComponent("dev").path,
          list: folder.url.appendingPathComponent("class").path))
    }
    let list = folder.url.appendingPathComponent("class/tpm0")
    try FileManager.default.createDirectory(
      at: list.deletingLastPathComponent(), withIntermediateDirectories: true)
    #expect(reason(attester()) == "the device has no TPM")
    try FileManager.default.createDirectory(at: list, withIntermediateDirectories: true)
    try "1\n".write(to: list.appendingPathComponent("tpm_version_major"), atomically: false, encoding: .utf8)
    #expect(reason(attester()) == "the TPM is of version 1.2, and one of version 2.0 is needed")
  }

  @Test("a nonce that is too short or too long is refused before any TPM is asked", arguments: [0, 7, 65])
  func nonceLengths(count: Int) {
    let nonce = [UInt8](repeating: 1, count: count)
    #expect(
      reason(TPMAttester(tcti: "nosuch:x"), nonce: nonce)
        == "a nonce has 8 to 64 bytes, and this one \(count)")
  }
}
