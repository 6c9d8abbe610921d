import Foundation
import TestSupport
import Testing

@Suite("policyc probe")
struct ProbeCommandTests {
  private static let snapshots = "\(Checkout.root.path)/Tests/Corpus/snapshots"

  @Test("its JSON and its YAML are snapshots that say the same", arguments: ["json", "yaml"])
  func roundTrip(format: String) throws {
    let folder = try Folder()
    let first = try Tool.run(
      ["probe", "file:\(Self.snapshots)/hyper-v.yaml", "--format", format], in: folder)
    try #require(first.status == 0 && first.errors.isEmpty, "\(first)")
    try folder.write(first.output, to: "copy.\(format)")
    let again = try Tool.run(["probe", "file:copy.\(format)", "--format", "json"], in: folder)
    try #require(again.status == 0, "\(again)")
    let (before, after) = (
      try facts(
        try Tool.run(["probe", "file:\(Self.snapshots)/hyper-v.yaml", "--format", "json"], in: folder).output),
      try facts(again.output)
    )
    #expect(before.count > 60 && before.keys == after.keys)
    for (name, fact) in before {
      #expect(fact["value"] as? NSObject == after[name]?["value"] as? NSObject, "\(name)")
      #expect(fact["unknown"] as? String == after[name]?["unknown"] as? String, "\(name)")
    }
    #expect(before["tpm.ek_certificate"]?["unknown"] as? String == "the probe had no administrator rights")
    #expect(
      after["tpm.manufacturer"]?["source"] as? String
        == "file:copy.\(format) (file:\(Self.snapshots)/hyper-v.yaml)")
  }

  private func facts(_ json: String) throws -> [String: [String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [String: Any]])
  }

  @Test(
    "a probe that there is not is answered with the usage of the command that was called",
    arguments: [["probe"], ["remedy", "clear_tpm", "--probe"], ["check", "x.compiled.json", "--probe"]])
  func noSuchProbe(command: [String]) throws {
    let run = try Tool.run(command + ["floppy:a"], in: try Folder())
    #expect(run.status == 2)
    #expect(run.errors.contains("there is no probe 'floppy'"), "\(run)")
    #expect(run.errors.contains("Usage: policyc \(command[0]) "), "\(run)")
  }

  @Test("a snapshot that claims to be attested is not")
  func claims() throws {
    let folder = try Folder()
    try folder.write("boot.secure_boot: {value: on, level: attested, source: the TPM}\n", to: "s.yaml")
    let run = try Tool.run(["probe", "file:s.yaml"], in: folder)
    #expect(run.output.contains("file:s.yaml (the TPM), reported"), "\(run)")
  }

  @Test("probes that differ are warned of beside the data")
  func contradictions() throws {
    let folder = try Folder()
    try folder.write("tpm.present: true\n", to: "a.yaml")
    try folder.write("tpm.present: false\n", to: "b.yaml")
    let run = try Tool.run(["probe", "file:a.yaml", "file:b.yaml", "--format", "yaml"], in: folder)
    #expect(run.status == 0)
    #expect(run.output.contains(#"tpm.present: {value: true, level: "reported", source: "file:a.yaml"}"#))
    #expect(
      run.errors
        == "warning: tpm.present = true (file:a.yaml, reported), not false (file:b.yaml, reported)\n")
  }

  @Test(
    "what is wrong is said, with the exit code for it",
    arguments: [
      (["probe", "file:none.yaml"], 4, "none.yaml"), (["probe", "fle:x"], 2, "did you mean 'file:x'?"),
      (["probe", "tpm", "--timeout", "0"], 2, "--timeout takes 1 to 3600 seconds"),
      (["probe", "tpm", "--lang", "fr"], 2, "--lang takes en or ja"),
      (
        ["probe", "maa:x", "--maa-nonce", "0x"], 2,
        "--maa-nonce takes at least 8 bytes in hexadecimal, and not '0x'"
      ),
      (
        ["probe", "maa:x", "--maa-nonce", "01020304050607"], 2,
        "--maa-nonce takes at least 8 bytes in hexadecimal, and not '01020304050607'"
      ),
      (["probe", "maa:x", "--maa-keys", "y"], 4, "'x' does not exist"),
    ] as [([String], Int32, String)])
  func mistakes(arguments: [String], status: Int32, text: String) throws {
    let run = try Tool.run(arguments, in: try Folder())
    #expect(run.status == status && run.errors.contains(text) && run.output.isEmpty, "\(run)")
  }
}
