import Foundation
import TPMEvidence
import TestSupport
import Testing

/// `check --evidence` with a made-up quote, whose key is one of software.
@Suite("policyc check --evidence")
struct EvidenceCommandTests {
  private static let evidence = "\(Checkout.root.path)/Tests/Fuzz/seeds/evidence/p256.json"
  private static let nonce = "0102030405060708"
  private static let key = name(ofKeyIn: evidence)

  /// The name of a file's own key, which was known before, as far as these tests go.
  private static func name(ofKeyIn path: String) -> String {
    guard let data = FileManager.default.contents(atPath: path),
      let file = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let area = (file["attestation_key"] as? String).flatMap({ Data(base64Encoded: $0) }),
      let key = try? TPMPublic(Array(area))
    else { return "" }
    return hexadecimal(key.name)
  }

  /// Runs `check` over a policy that asks for attested evidence.
  private func check(
    _ arguments: [String], clause: String = "", project: String? = nil, environment: [String: String] = [:]
  ) throws -> Run {
    let folder = try Folder()
    if let project { try folder.write(project, to: "policyc.yaml") }
    try folder.write(
      """
      policy evidence version 1.0.0 {
        applies to windows 11
        \(clause)
        require tpm_present { that attested tpm.present }
        require secure_boot { that attested boot.secure_boot == on }
      }

      """, to: "p.attpolicy")
    let build = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder)
    try #require(build.status == 0, "\(build)")
    let compiled = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).first {
        $0.hasSuffix(".compiled.json")
      })
    return try Tool.run(
      ["check", "out/\(compiled)", "--lang", "en"] + arguments, in: folder, environment: environment)
  }

  /// A folder where the loader finds a file of libcrypto's name that is no library.
  private static func withoutLibrary() throws -> (folder: Folder, environment: [String: String]) {
    let folder = try Folder()
    try folder.write("", to: "libcrypto.so.3")
    return (folder, ["LD_LIBRARY_PATH": folder.path])
  }

  @Test("without libcrypto evidence is an error that names the package, and no refusal")
  func noLibrary() throws {
    let (folder, environment) = try Self.withoutLibrary()
    defer { withExtendedLifetime(folder) {} }
    let options = ["--evidence", Self.evidence, "--nonce", Self.nonce]
    let run = try check(options + ["--ak", Self.key], environment: environment)
    #expect(run.status == 4 && run.output.isEmpty, "\(run)")
    #expect(
      run.errors.contains("cannot be judged: libcrypto.so.3 (OpenSSL 3) is not installed"), "\(run)")
    #expect(run.errors.contains("libssl3"), "\(run)")
    let roots = try Folder()
    try roots.write("", to: "root.pem")
    let rooted = try check(options + ["--ek-roots", roots.path], environment: environment)
    #expect(rooted.status == 4 && rooted.errors.contains("libssl3"), "\(rooted)")
    let tokens = "\(Checkout.root.path)/Tests/Corpus/tokens"
    let token = try check(
      ["--probe", "maa:\(tokens)/es256.jwt", "--maa-keys", "\(tokens)/keys.json"], environment: environment)
    #expect(token.status == 4 && token.errors.contains("libssl3"), "\(token)")
  }

  @Test("without libcrypto policies are built, payloads validated and devices checked without evidence")
  func noLibraryNeeded() throws {
    let (folder, environment) = try Self.withoutLibrary()
    try folder.write(
      "policy plain version 1.0.0 {\n  applies to windows 11\n  require tpm { that tpm.present }\n}\n",
      to: "p.attpolicy")
    try folder.write("tpm.present: true\nos.build: 10.0.26100.1\n", to: "device.yaml")
    let build = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder, environment: environment)
    #expect(build.status == 0, "\(build)")
    let check = try Tool.run(
      ["check", "out/plain.compiled.json", "--probe", "file:device.yaml"], in: folder,
      environment: environment)
    #expect(check.status == 0, "\(check)")
  }

  @Test("a device whose key is known complies by its quote")
  func complies() throws {
    let run = try check(["--evidence", Self.evidence, "--nonce", Self.nonce, "--ak", Self.key])
    #expect(run.status == 0 && run.output.contains("evidence:\(Self.evidence), attested"), "\(run)")
    let json = try check([
      "--probe", "evidence:\(Self.evidence)", "--nonce", Self.nonce, "--ak", Self.key, "--format", "json",
    ])
    #expect(
      json.output.contains(
        #""note":"quoted by the key \#(Self.key) in sha256: it is the key that was known before""#),
      "\(json)")
  }

  @Test("without a known key the report says that the quote holds, and what is missing")
  func unknownKey() throws {
    let run = try check(["--evidence", Self.evidence, "--nonce", Self.nonce])
    #expect(run.status == 3)
    #expect(
      run.output.contains("the quote by the key \(Self.key) holds, but the key is not trusted"), "\(run)")
  }

  @Test("a bank that whoever judges names and the quote does not have leaves the verdict open")
  func otherBank() throws {
    let judged = ["--evidence", Self.evidence, "--nonce", Self.nonce, "--ak", Self.key]
    let run = try check(judged + ["--banks", "sha256,sha384"])
    #expect(run.status == 3 && run.output.contains("the quote has no sha384"), "\(run)")
    let named = try check(judged + ["--banks", "sha256", "--allow-weak-signatures"])
    #expect(named.status == 0, "\(named)")
  }

  @Test("the banks that a policy or policyc.yaml names count, and --banks cannot contradict them")
  func banksOfThePolicy() throws {
    let judged = ["--evidence", Self.evidence, "--nonce", Self.nonce, "--ak", Self.key]
    let missing = try check(judged, clause: "evidence banks sha256, sha384")
    #expect(missing.status == 3 && missing.output.contains("the quote has no sha384"), "\(missing)")
    let agreed = try check(judged + ["--banks", "sha256"], clause: "evidence banks sha256")
    #expect(agreed.status == 0, "\(agreed)")
    let contradicted = try check(judged + ["--banks", "sha256"], clause: "evidence banks sha384")
    #expect(
      contradicted.status == 2
        && contradicted.errors.contains("by which the banks that count are sha384; leave the option out"),
      "\(contradicted)")
    let configured = try check(judged, project: "evidence:\n  banks: sha384\n")
    #expect(configured.status == 3 && configured.output.contains("the quote has no sha384"), "\(configured)")
    let overridden = try check(
      judged, clause: "evidence banks sha256", project: "evidence:\n  banks: [sha384]\n")
    #expect(overridden.status == 0, "\(overridden)")
  }

  @Test("a quote over another nonce says nothing")
  func otherNonce() throws {
    let run = try check(["--evidence", Self.evidence, "--nonce", "0102030405060709", "--ak", Self.key])
    #expect(
      run.status == 3 && run.output.contains("the quote was made over another nonce, \(Self.nonce)"), "\(run)"
    )
  }

  @Test("evidence that contradicts itself is refused in the first line, whatever else passes")
  func refused() throws {
    let path = "\(Checkout.root.path)/Tests/Fuzz/seeds/evidence/stranger.json"
    let judged = ["--nonce", Self.nonce, "--ak", Self.name(ofKeyIn: path)]
    let folder = try Folder()
    try folder.write(
      """
      policy lenient version 1.0.0 {
        applies to windows 11
        require build { that os.build >= 10.0.22000.0 }
        require secure_boot { that boot.secure_boot == on  unknown allowed }
      }

      """, to: "p.attpolicy")
    try folder.write("os.build: 10.0.26100.1\nboot.secure_boot: on\n", to: "device.yaml")
    let build = try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder)
    try #require(build.status == 0, "\(build)")
    let compiled = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).first {
        $0.hasSuffix(".compiled.json")
      })
    for probes in [
      ["--evidence", path], ["--evidence", path, "--probe", "file:device.yaml"],
      ["--probe", "file:device.yaml", "--evidence", path],
    ] {
      let run = try Tool.run(["check", "out/\(compiled)", "--lang", "en"] + probes + judged, in: folder)
      let first = run.output.split(separator: "\n").first ?? ""
      #expect(run.status == 3, "\(run)")
      #expect(first.contains("indeterminate: the evidence is refused: event "), "\(run)")
      #expect(first.contains("'CN=My own key, O=Contoso'"), "\(run)")
      #expect(!run.output.contains("boot.secure_boot = on"), "\(run)")
    }
    let json = try Tool.run(
      ["check", "out/\(compiled)", "--evidence", path, "--format", "json"] + judged, in: folder)
    #expect(json.output.contains(#""refused":{"source":"evidence:\#(path)","text":"#), "\(json)")
  }

  @Test(
    "a command line that cannot judge evidence is refused with what to write",
    arguments: [
      (["--evidence", evidence], "give it in hexadecimal with --nonce"),
      (["--ak", key], "--ak is for judging evidence; name it with --evidence FILE"),
      (["--nonce", nonce], "--nonce is for judging evidence"),
      (["--ek-roots", "."], "--ek-roots is for judging"),
      (["--banks", "sha256"], "--banks is for judging"),
      (["--allow-weak-signatures"], "--allow-weak-signatures is for judging"),
      (
        ["--evidence", evidence, "--nonce", nonce, "--banks", "sha256,md5"],
        "--banks takes names of sha1, sha256"
      ),
      (["--evidence", evidence, "--nonce", nonce, "--banks", "sha256,"], "each once, separated by commas"),
      (["--evidence", evidence, "--nonce", nonce, "--banks", "sha256,sha256"], "each once"),
      (["--evidence", evidence, "--nonce", nonce, "--banks", ""], "--banks takes names"),
      (["--accept-authority", "46de"], "--accept-authority is for judging"),
      (["--mdm-key", "mdm.cer"], "--mdm-key is for judging"),
      (["--entra-key", "entra.cer"], "--entra-key is for judging"),
      (
        ["--evidence", evidence, "--nonce", nonce, "--accept-authority", "46de"],
        "--accept-authority takes the SHA-1 or SHA-256 digest"
      ),
      (["--evidence", evidence, "--nonce", "01020304050607"], "--nonce takes 8 to 64 bytes in hexadecimal"),
      (
        ["--evidence", evidence, "--nonce", String(repeating: "a1", count: 65)], "--nonce takes 8 to 64 bytes"
      ),
      (["--evidence", evidence, "--nonce", "xyz"], "--nonce takes 8 to 64 bytes in hexadecimal"),
      (["--evidence", evidence, "--nonce", ""], "--nonce takes 8 to 64 bytes in hexadecimal"),
      (["--evidence", evidence, "--nonce", nonce, "--ak", "000b00"], "--ak takes the name of a TPM's key"),
    ])
  func refusals(_ arguments: [String], _ message: String) throws {
    let run = try check(arguments)
    #expect(run.status == 2 && run.errors.contains(message), "\(run)")
  }

  @Test("a file that is no evidence, no secret and no folder of roots ends with 4")
  func otherFiles() throws {
    let judged = ["--nonce", Self.nonce]
    for arguments in [
      ["--evidence", "p.attpolicy"], ["--evidence", "none.json"],
      ["--evidence", Self.evidence, "--secret", "p.attpolicy"],
      ["--evidence", Self.evidence, "--ek-roots", "none"],
      ["--evidence", Self.evidence, "--mdm-key", "p.attpolicy"],
      ["--evidence", Self.evidence, "--entra-key", "none"],
    ] {
      let run = try check(arguments + judged)
      #expect(run.status == 4 && !run.errors.isEmpty, "\(arguments): \(run)")
    }
  }
}
