import Foundation
import TestSupport
import Testing

@testable import policyc

/// What `policyc check` says is to be done, by the policy of the golden case `check-remedies-safe`.
@Suite("Remedies of policyc check")
struct CheckRemediesTests {
  private static let locked = "bitlocker: {os_volume: on, recovery_key_escrowed: false}\n"
  private static let escrowed = "bitlocker: {os_volume: on, recovery_key_escrowed: true}\n"

  /// A folder with the compiled policy `p`.
  private func folder() throws -> Folder {
    let folder = try Folder()
    let golden = try #require(GoldenCase.all(of: "input").first { $0.name == "check-remedies-safe" })
    try folder.write(try #require(golden.bytes("input.attpolicy")), to: "p.attpolicy")
    try #require(try Tool.run(["build", "p.attpolicy", "-o", "out"], in: folder).status == 0)
    return folder
  }

  /// A snapshot of a device that complies, but for what is given.
  private func snapshot(ready: Bool = true, key: Bool = true, _ more: String = "") -> String {
    "os.build: 10.0.22631.4037\ntpm.ready: \(ready)\nentra.key_in_tpm: \(key)\n\(more)"
  }

  private func check(_ folder: Folder, _ arguments: String..., input: String = "") throws -> Run {
    try Tool.run(
      ["check", "out/ready-to-attest.compiled.json"] + arguments, in: folder, input: Array(input.utf8))
  }

  private struct Report: Decodable {
    struct Remedy: Decodable {
      struct Runbook: Decodable {
        struct Part: Decodable {
          struct Step: Decodable {
            let destroys: Bool
          }

          let title: String?
          let steps: [Step]
          let stopped_by: String?
        }

        struct Precondition: Decodable {
          let id: String
          let state: String
        }

        let before: [Precondition]
        let parts: [Part]
        let stopped: Bool
        let stopped_because: String?
        let needs_administrator: Bool
        let impact: String
        let duration: String
      }

      let id: String
      let text: String
      let further: Bool
      let withheld: Bool
      let command: [String]?
      let runbook: Runbook
    }

    let remedies: [Remedy]
  }

  private func report(_ run: Run) throws -> Report {
    try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
  }

  @Test("the command that it shows prints the runbook that it prints itself, whatever the file is called")
  func shownCommand() throws {
    let folder = try folder()
    let name = "it's the $(laptop) of \"A\".yaml"
    try folder.write(snapshot(ready: false, Self.locked), to: name)
    let run = try check(folder, "--probe", "file:\(name)", "--runbooks", "--timeout", "50", "--lang", "ja")
    #expect(run.status == 1 && run.errors.isEmpty, "\(run)")
    let commands = run.output.split(separator: "\n").compactMap { line -> String? in
      line.firstRange(of: "手順: policyc").map { String(line[$0.upperBound...]) }
    }
    #expect(commands.count == 3)
    for command in commands {
      let shown = try Tool.shell("policyc\(command)", in: folder)
      #expect(shown.status == 0 && run.output.contains("\n\n\(shown.output)"), "\(shown)")
    }
  }

  @Test(
    "clearing stops without a kept recovery key and is complete with one, in text and JSON",
    arguments: ["en", "ja"])
  func clearing(language: String) throws {
    let folder = try folder()
    let step = language == "en" ? "choose Clear TPM" : "を選び、確認画面で"
    for (state, isShown) in [(Self.locked, false), ("", false), (Self.escrowed, true)] {
      try folder.write(snapshot(ready: false, state), to: "s.yaml")
      let text = try check(folder, "--probe", "file:s.yaml", "--lang", language, "--runbooks")
      #expect(text.output.contains(step) == isShown && text.output.contains("⚠") != isShown, "\(text)")
      #expect(text.output.contains("!!") != isShown)
      let json = try check(folder, "--probe", "file:s.yaml", "--lang", language, "--format", "json")
      let remedies = try report(json).remedies
      #expect(remedies.map(\.id) == ["reboot_and_retry", "prepare_tpm", "clear_tpm"])
      let clearing = try #require(remedies.last)
      #expect(clearing.further && clearing.withheld != isShown && clearing.runbook.stopped != isShown)
      #expect(clearing.runbook.parts.flatMap(\.steps).contains(where: \.destroys) == isShown)
      #expect(clearing.runbook.parts.allSatisfy { $0.stopped_by == (isShown ? nil : "recovery_key") })
      #expect((clearing.runbook.stopped_because == nil) == isShown)
      #expect(clearing.runbook.before.first?.state == (isShown ? "done" : "missing"))
      #expect(clearing.runbook.impact == "loses_data" && clearing.runbook.needs_administrator)
      #expect(
        clearing.command == ["policyc", "remedy", "clear_tpm", "--probe", "file:s.yaml", "--lang", language])
    }
  }

  @Test(
    "registering again is for the way in which the device is joined, or for all three",
    arguments: [
      ("entra_joined", ["Entra joined device"]), ("hybrid_joined", ["Entra hybrid joined device"]),
      ("registered", ["Entra registered personal device"]), ("workgroup", []),
      (
        nil,
        ["Entra joined device", "Entra hybrid joined device", "Entra registered personal device"]
      ),
    ] as [(String?, [String])])
  func joinTypes(type: String?, titles: [String]) throws {
    let folder = try folder()
    try folder.write(
      snapshot(key: false, Self.escrowed + (type.map { "join.type: \($0)\n" } ?? "")), to: "s.yaml")
    let remedies = try report(try check(folder, "--probe", "file:s.yaml", "--format", "json")).remedies
    #expect(remedies.map(\.id) == ["retry_attestation", "register_device"])
    #expect(remedies.last?.runbook.parts.compactMap(\.title) == titles)
  }

  @Test("a snapshot on standard input is read once and tells all that the runbooks ask")
  func standardInput() throws {
    let run = try check(
      try folder(), "--probe", "file:-", "--runbooks", input: snapshot(ready: false, Self.escrowed))
    #expect(run.status == 1 && run.errors.isEmpty && run.output.contains("choose Clear TPM"), "\(run)")
  }

  @Test("a program is asked again only where a remedy is shown, and only for what is missing")
  func programs() throws {
    let folder = try folder()
    func asked(_ ready: Bool, with other: String...) throws -> [String] {
      try folder.write(
        """
        #!/bin/sh
        echo "$POLICYC_FACTS" >> asked
        echo '{"os.build": "10.0.22631.4037", "tpm.ready": \(ready), "entra.key_in_tpm": true,
          "bitlocker.os_volume": "on", "bitlocker.recovery_key_escrowed": true}'
        """, to: "probe.sh")
      try folder.write("", to: "asked")
      let mode = try Tool.shell("chmod +x probe.sh", in: folder)
      try #require(mode.status == 0)
      let run = try Tool.run(
        [
          "check", "out/ready-to-attest.compiled.json", "--probe", "exec:./probe.sh", "--runbooks",
          "--timeout", "50",
        ] + other,
        in: folder)
      #expect(run.status == (ready ? 0 : 1) && run.output.contains("choose Clear TPM") != ready, "\(run)")
      return folder.text("asked").split(separator: "\n").map(String.init)
    }
    let first = "entra.key_in_tpm os.branch os.build tpm.ready"
    #expect(try asked(true) == [first])
    #expect(try asked(false) == [first, "bitlocker.os_volume bitlocker.recovery_key_escrowed"])
    try folder.write("bitlocker.os_volume: on\n", to: "s.yaml")
    #expect(
      try asked(false, with: "--probe", "file:s.yaml") == [first, "bitlocker.recovery_key_escrowed"])
  }

  @Test("a device that complies has no advice, also with --runbooks")
  func compliant() throws {
    let folder = try folder()
    try folder.write(snapshot(), to: "s.yaml")
    let plain = try check(folder, "--probe", "file:s.yaml")
    #expect(plain.status == 0 && !plain.output.contains("What to do"))
    #expect(try check(folder, "--probe", "file:s.yaml", "--runbooks").output == plain.output)
    #expect(try report(try check(folder, "--probe", "file:s.yaml", "--format", "json")).remedies.isEmpty)
  }

  /// What the shipped enrollment policy advises for a device that is wrong in one thing; `>` is before what is for when the rest does not help.
  static let advice: [(change: String, to: String, remedies: String)] = [
    ("10.0.22631.4037", "10.0.22631.2000", "update_windows"),
    ("10.0.22631.4037", "10.0.19044.6000", "update_windows"),
    ("platform: physical", "platform: hyper_v", "use_physical_device"),
    ("present: true", "present: false", "enable_tpm >update_firmware >replace_device"),
    ("  version: 2.0", "  version: 1.2", "update_firmware >replace_device"),
    ("  ready: true", "  ready: false", "reboot_and_retry prepare_tpm >clear_tpm"),
    ("aik_certificate: true", "aik_certificate: false", "check_network >reboot_and_retry >retry_attestation"),
    ("key_in_tpm: true", "key_in_tpm: false", "retry_attestation register_device"),
    ("status: finished", "status: in_progress", "retry_attestation"),
    ("status: finished", "status: tpm_not_ready", "reboot_and_retry >prepare_tpm >clear_tpm"),
    ("status: finished", "status: request_rejected", "check_network >register_device"),
    (
      "status: finished", "status: authentication_failed",
      "reboot_and_retry >retry_attestation >register_device"
    ),
    (
      "attestation:", "tpm.trusted: false\nattestation:",
      "update_firmware >contact_manufacturer >replace_device"
    ),
    ("attestation:", "attestation.supported: false\nattestation:", "update_windows"),
    ("attestation:", "attestation.token_has_device: false\nattestation:", "register_device"),
    (
      "attestation:", "attestation.token_matches_device: false\nattestation:",
      "update_windows >retry_attestation"
    ),
    ("vulnerable_firmware: false", "vulnerable_firmware: true", "update_firmware"),
  ]

  @Test("the shipped policy leads to remedies that fit what is wrong", arguments: advice.indices)
  func shippedPolicy(index: Int) throws {
    let (change, replacement, remedies) = Self.advice[index]
    let folder = try Folder()
    let built = try Tool.run(["build", Checkout.root.path + "/Policies", "-o", "out"], in: folder)
    try #require(built.status == 0, "\(built)")
    let healthy = try String(
      contentsOf: Checkout.root.appendingPathComponent("Tests/Corpus/snapshots/healthy-laptop.yaml"),
      encoding: .utf8)
    try #require(healthy.contains(change))
    try folder.write(healthy.replacing(change, with: replacement, maxReplacements: 1), to: "s.yaml")
    let run = try Tool.run(
      [
        "check", "out/windows-enrollment-attestation.compiled.json", "--probe", "file:s.yaml", "--format",
        "json",
      ], in: folder)
    let found = try report(run).remedies
    #expect(found.map { ($0.further ? ">" : "") + $0.id }.joined(separator: " ") == remedies)
    for remedy in found {
      #expect(remedy.withheld == (remedy.runbook.impact == "loses_data"), "\(remedy.id)")
      #expect(!remedy.text.isEmpty && !remedy.runbook.duration.isEmpty)
    }
  }

  @Test("what is to be repeated for remedy is understood by it")
  func arguments() throws {
    var check = DeviceCheck(compiled: "p", probes: ["file:a b.yaml", "evidence:e.json"])
    check.language = .japanese
    check.timeout = 7
    check.tokens = TokenJudgement(
      keys: "keys.json", issuer: "https://maa.example", nonce: [0xAB, 1, 2, 3, 4, 5, 6, 7])
    check.evidence = EvidenceJudgement(
      nonce: "0011223344556677", ak: "000b", ekRoots: "roots", secret: "s.json", banks: "sha256,sha384",
      allowsWeakSignatures: true, acceptAuthority: [String(repeating: "0a", count: 20)], mdmKey: "mdm.cer",
      entraKey: "000b\(String(repeating: "0a", count: 32))", reference: ["a.json", "b c.json"])
    let repeated = try #require(check.remedyArguments)
    let command = try #require(try RemedyCommand.parse(["clear_tpm"] + repeated) as RemedyCommand?)
    #expect(command.probe == check.probes && command.tokens.judgement == check.tokens)
    #expect(command.evidenceArguments.judgement == check.evidence)
    #expect(command.probing.languages.chosen == .japanese && command.probing.timeout == 7)
    #expect(
      ["--probe tpm --probe linux", "--probe windows"].contains(
        DeviceCheck(compiled: "p").remedyArguments?.joined(separator: " ")))
    #expect(DeviceCheck(compiled: "p", probes: ["exec:./a.sh"]).remedyArguments != nil)
  }

  @Test("arguments of a program are for no report", arguments: ["text", "json"])
  func programArguments(format: String) throws {
    let folder = try folder()
    try folder.write(
      "#!/bin/sh\necho '{\"tpm.ready\": false, \"os.build\": \"10.0.22631.4037\"}'\n", to: "a.sh")
    try #require(try Tool.shell("chmod +x a.sh", in: folder).status == 0)
    let run = try check(
      folder, "--probe", #"exec:["./a.sh", "hush"]"#, "--format", format, "--runbooks", "--lang", "en")
    #expect(run.status == 1 && !run.output.contains("hush") && run.errors.isEmpty, "\(run)")
    #expect(
      run.output.contains(
        format == "json" ? "\"command\":null" : "policyc remedy clear_tpm, with the probes of this check"))
  }
}
