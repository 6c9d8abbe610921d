import Foundation
import TestSupport
import Testing

@Suite("policyc challenge")
struct ChallengeCommandTests {
  /// An attestation key on a made-up point, which nothing here looks at.
  private static func attestationKey(restricted: Bool = true) -> [UInt8] {
    let point = [0, 32] + [UInt8](repeating: 1, count: 32)
    return [0, 0x23, 0, 0x0B, 0, restricted ? 5 : 4, 0, 0x72, 0, 0, 0, 0x10, 0, 0x18, 0, 0x0B, 0, 3, 0, 0x10]
      + point + point
  }

  /// An endorsement key of RSA with a made-up modulus.
  private static let endorsementKey: [UInt8] =
    [0, 0x01, 0, 0x0B, 0, 3, 0, 0xB2, 0, 0, 0, 0x06, 0, 128, 0, 0x43, 0, 0x10, 8, 0, 0, 0, 0, 0, 1, 0]
    + [UInt8](repeating: 0xC5, count: 256)

  private static func evidence(
    _ attestationKey: [UInt8] = attestationKey(), endorsementKey: [UInt8]? = endorsementKey
  ) -> String {
    func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
    let endorsement = endorsementKey.map { #""endorsement_key":"\#(text($0))","# } ?? ""
    return """
      {"attestation_key":"\(text(attestationKey))",\(endorsement)"format":"policyc-evidence","nonce":"AQIDBAUGBwg=",\
      "pcrs":{},"quote":"AQ==","signature":"AQ==","version":1}
      """
  }

  private func run(_ evidence: String, _ arguments: String..., in folder: Folder) throws -> Run {
    try folder.write(evidence, to: "evidence.json")
    return try Tool.run(
      ["challenge", "evidence.json", "-o", "challenge.json", "--secret", "secret.json"] + arguments,
      in: folder)
  }

  @Test("a challenge and its secret are written, the secret for its owner only")
  func files() throws {
    let folder = try Folder()
    try folder.write("old", to: "secret.json")
    let run = try run(Self.evidence(), in: folder)
    #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run)")
    #expect(folder.text("challenge.json").contains(#""format":"policyc-challenge""#))
    #expect(folder.text("secret.json").contains(#""format":"policyc-challenge-secret""#))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("secret.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let first = folder.text("secret.json")
    #expect(try self.run(Self.evidence(), in: folder).status == 0)
    #expect(folder.text("secret.json") != first)
  }

  @Test("for a key that proves nothing there is no challenge, and nothing is written")
  func refusals() throws {
    let folder = try Folder()
    let unrestricted = try run(Self.evidence(Self.attestationKey(restricted: false)), in: folder)
    #expect(unrestricted.status == 1, "\(unrestricted)")
    #expect(
      unrestricted.errors
        == "error: evidence.json: the key of the quote is no attestation key: it is not restricted, and signs whatever it is given\n"
    )
    let bare = try run(Self.evidence(endorsementKey: nil), in: folder)
    #expect(bare.status == 1 && bare.errors.contains("has no endorsement key"), "\(bare)")
    try folder.write(Self.root, to: "roots/root.pem")
    let uncertified = try run(Self.evidence(), "--ek-roots", "roots", in: folder)
    #expect(
      uncertified.status == 1 && uncertified.errors.contains("no certificate of its endorsement key"),
      "\(uncertified)")
    #expect(folder.bytes("challenge.json") == nil && folder.bytes("secret.json") == nil)
  }

  @Test("when the challenge cannot be written the old secret stays, and the other way round")
  func together() throws {
    let folder = try Folder()
    try folder.write(Self.evidence(), to: "evidence.json")
    try folder.write("old", to: "secret.json")
    try folder.write("", to: "folder/x")
    for output in ["folder", "missing/challenge.json", "/dev/full"] {
      let run = try Tool.run(
        ["challenge", "evidence.json", "-o", output, "--secret", "secret.json"], in: folder)
      #expect(run.status == 4, "\(run)")
      #expect(folder.text("secret.json") == "old")
    }
    let run = try Tool.run(["challenge", "evidence.json", "-o", "c.json", "--secret", "folder"], in: folder)
    #expect(run.status == 4 && folder.bytes("c.json") == nil, "\(run)")
    let closed = try Tool.shell(
      "policyc challenge evidence.json -o - --secret secret.json > /dev/full", in: folder)
    #expect(closed.status == 4 && folder.text("secret.json") == "old", "\(closed)")
    let printed = try Tool.run(
      ["challenge", "evidence.json", "-o", "-", "--secret", "secret.json"], in: folder)
    #expect(printed.status == 0 && printed.output.contains("policyc-challenge"), "\(printed)")
    #expect(folder.text("secret.json").contains("policyc-challenge-secret"))
  }

  @Test(
    "one file for both is refused before anything is written, whatever the paths look like",
    arguments: ["x", "./x", "a/../x", "link", "-"])
  func sameFile(path: String) throws {
    let folder = try Folder()
    try folder.write(Self.evidence(), to: "evidence.json")
    try folder.write("old", to: "x")
    try folder.write("", to: "a/y")
    #expect(symlink("x", folder.path("link")) == 0)
    for (output, secret) in [("x", path), (path, "x"), (path, path)] where path != "-" || output == secret {
      let run = try Tool.run(["challenge", "evidence.json", "-o", output, "--secret", secret], in: folder)
      #expect(run.status == 2 && run.errors.contains("the same file"), "\(run)")
    }
    #expect(folder.text("x") == "old")
  }

  @Test("files that cannot be used end the command with 4")
  func unusableFiles() throws {
    let folder = try Folder()
    #expect(try run("{}", in: folder).status == 4)
    #expect(try run(Self.evidence(), "--ek-roots", "none", in: folder).status == 4)
    try folder.write("hello", to: "roots/readme.pem")
    let run = try run(Self.evidence(), "--ek-roots", "roots", in: folder)
    #expect(run.status == 4, "\(run)")
    #expect(run.errors == "error: roots/readme.pem: there is no certificate in it\n")
  }

  /// A root of a made-up manufacturer.
  private static let root = """
    -----BEGIN CERTIFICATE-----
    MIIBczCCARqgAwIBAgIUbLVNf0Xrz9bHLW7vFnlEeQDjcKUwCgYIKoZIzj0EAwIw
    GDEWMBQGA1UEAwwNRXhhbXBsaWEgUm9vdDAeFw0yNjExMjExNTAyMTRaFw00NjAx
    MjAxNTAyMTRaMBgxFjAUBgNVBAMMDUV4YW1wbGlhIFJvb3QwWTATBgcqhkjOPQIB
    BggqhkjOPQMBBwNCAATU3AbhjpGm/VgsKFhJitOi+boCsuUNsK2U/d5nn0YF2geF
    35a1iuHkCoYks7AvM9Hp5l7gZCAiuEQhBGfGNHc+o0IwQDAPBgNVHRMBAf8EBTAD
    AQH/MA4GA1UdDwEB/wQEAwICBDAdBgNVHQ4EFgQUKGg8kAC1UeLM4l2QMZgNXOOp
    Z+wwCgYIKoZIzj0EAwIDRwAwRAIgP+WmKsKhX5NCp+kmyJ3CvLhgDHh6fAKo5CcN
    8AVP3dMCIC7z4cVCgZDDOvv8QUJUnWAe4Bwg/Mm96fsK2KCxH+42
    -----END CERTIFICATE-----
    """
}
