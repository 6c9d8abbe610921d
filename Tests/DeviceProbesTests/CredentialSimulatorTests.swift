import Foundation
import TPMEvidence
import Testing

private let hasCredentialTools: Bool = {
  let missing = ["tpm2_createek", "tpm2_createak", "tpm2_activatecredential", "tpm2_makecredential"]
    .filter { findProgram($0) == nil }
  if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
  return missing.isEmpty
}()

@Suite("Credential on a simulator", .serialized, .enabled(if: Simulator.isInstalled && hasCredentialTools))
struct CredentialSimulatorTests {
  /// The file in which tpm2-tools pass on a credential: a mark, a version, and both buffers behind their sizes.
  private func toolFile(_ challenge: Challenge) -> Data {
    func sized(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes }
    return Data(
      [0xBA, 0xDC, 0xC0, 0xDE, 0, 0, 0, 1] + sized(challenge.credential) + sized(challenge.encryptedSecret))
  }

  private func challenge(inToolFile data: Data, names: Challenge) throws -> Challenge {
    var reader = TPMReader([UInt8](data)[...], of: "the file")
    #expect(try reader.uint32("the mark") == 0xBADC_C0DE)
    #expect(try reader.uint32("the version") == 1)
    var challenge = names
    challenge.credential = Array(try reader.sized("the credential", limit: 134))
    challenge.encryptedSecret = Array(try reader.sized("the secret", limit: 512))
    try reader.finish()
    return challenge
  }

  @Test(
    "a TPM recovers our secret and that of tpm2_makecredential, and from no changed challenge",
    arguments: ["rsa", "ecc"])
  func activation(kind: String) throws {
    let simulator = try Simulator()
    let folder = FileManager.default.temporaryDirectory.appending(path: "policyc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String) -> URL { folder.appending(path: name) }
    func shell(_ line: String) throws -> String? {
      try output(of: "bash", ["-ec", "cd '\(folder.path)'; \(line)"], tcti: simulator.tcti)
    }
    func recovered(_ challenge: Challenge) throws -> [UInt8]? {
      try toolFile(challenge).write(to: file("blob"))
      try? FileManager.default.removeItem(at: file("answer"))
      _ = try shell(
        """
        tpm2_flushcontext -t; tpm2_flushcontext -l; tpm2_flushcontext -s
        tpm2_startauthsession --policy-session -S session
        tpm2_policysecret -S session -c e
        tpm2_activatecredential -c ak.ctx -C ek.ctx -i blob -o answer -P session:session
        """)
      return (try? Data(contentsOf: file("answer"))).map { Array($0) }
    }
    try #require(
      try shell(
        """
        tpm2_createek -c ek.ctx -G \(kind) -u ek.pub; tpm2_flushcontext -t
        tpm2_createak -C ek.ctx -c ak.ctx -G \(kind) -g sha256 -s \(kind == "rsa" ? "rsassa" : "ecdsa") -u ak.pub -n ak.name
        """) != nil)
    let key = try TPMPublic(Array(Data(contentsOf: file("ek.pub"))))
    let name = Array(try Data(contentsOf: file("ak.name")))
    #expect(try TPMPublic(Array(Data(contentsOf: file("ak.pub")))).name == name)

    var random = SystemRandomNumberGenerator()
    for count in [1, 20, 32] {
      let secret = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let made = try Credential.make(secret: secret, for: name, to: key, random: &random)
      #expect(try recovered(try Challenge.decode(made.encode())) == secret)
    }

    let secret = [UInt8](1...32)
    let made = try Credential.make(secret: secret, for: name, to: key, random: &random)
    var changed = made
    changed.credential[40] ^= 1
    #expect(try recovered(changed) == nil)
    var otherName = name
    otherName[10] ^= 1
    #expect(
      try recovered(try Credential.make(secret: secret, for: otherName, to: key, random: &random)) == nil)

    try Data(secret).write(to: file("secret"))
    let hex = name.map { String(format: "%02x", $0) }.joined()
    try #require(
      try shell("tpm2_flushcontext -t; tpm2_makecredential -u ek.pub -s secret -n \(hex) -o theirs") != nil)
    let theirs = try challenge(inToolFile: try Data(contentsOf: file("theirs")), names: made)
    #expect(theirs.credential.count == made.credential.count)
    #expect(theirs.encryptedSecret.count == made.encryptedSecret.count)
    #expect(try recovered(theirs) == secret)
  }
}
