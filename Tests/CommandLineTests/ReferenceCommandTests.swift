import Foundation
import TPMEvidence
import TestSupport
import Testing

private let hasSimulator: Bool = {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  let missing = ["swtpm", "swtpm_setup", "swtpm_localca", "tpm2_pcrextend"].filter { name in
    !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
  if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
  return missing.isEmpty
}()

@Suite("policyc reference", .serialized)
struct ReferenceCommandTests {
  private static let corpus = "\(Checkout.root.path)/Tests/Corpus"

  /// A folder with the files of the golden case and the policy of the same, compiled.
  private func folder(_ name: String = "notebooks") throws -> Folder {
    let folder = try Folder()
    let place = "\(Self.corpus)/reference/\(name)"
    for file in try FileManager.default.contentsOfDirectory(atPath: place) where file != "command.sh" {
      try folder.write([UInt8](try Data(contentsOf: URL(filePath: "\(place)/\(file)"))), to: file)
    }
    let build = try Tool.run(["build", "input.attpolicy", "-o", "out"], in: folder)
    try #require(build.status == 0, "\(build)")
    return folder
  }

  /// Blocks of docs/reference-values.md that begin with a command. What stands before a line of `…` is the beginning of what is printed.
  @Test("what docs/reference-values.md shows is what is printed")
  func transcript() throws {
    let page = try String(
      contentsOf: Checkout.root.appendingPathComponent("docs/reference-values.md"), encoding: .utf8)
    let folder = try folder()
    try FileManager.default.moveItem(
      atPath: folder.path("out/how-it-booted.compiled.json"), toPath: folder.path("baseline.compiled.json"))
    var lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    var commands = 0
    while let line = lines.popFirst() {
      guard line.hasPrefix("    $ policyc reference ") || line.hasPrefix("    $ policyc check ") else {
        continue
      }
      var shown: [String] = []
      while let next = lines.first, next.isEmpty || next.hasPrefix("    "), !next.hasPrefix("    $ ") {
        shown.append(String(next.dropFirst(4)))
        lines.removeFirst()
      }
      while shown.last?.isEmpty ?? false { shown.removeLast() }
      commands += 1
      let run = try Tool.shell(
        "NONCE=0102030405060708 AK=$(cat ak.txt); { \(line.dropFirst(6)); } 2>&1", in: folder,
        environment: ["COLUMNS": "100"])
      // Digests and keys are other ones each time that the evidence is recorded.
      let isPart = shown.last == "…"
      if isPart { shown.removeLast() }
      let expected = shown.joined(separator: "\n")
      let printed = run.output.split(separator: "\n", omittingEmptySubsequences: false).prefix(shown.count)
        .joined(separator: "\n")
      #expect(
        isPart ? printed == expected : run.output == expected + "\n", "\(line)\n\(run.output)")
    }
    #expect(commands == 4)
  }

  @Test("a policy names the reference values that may be used, and no others are taken")
  func namedByThePolicy() throws {
    let folder = try folder()
    let make = try Tool.run(
      ["reference", "make", "golden-1.json", "golden-2.json", "-o", "model.json"], in: folder)
    try #require(make.status == 0, "\(make)")
    let other = try Tool.run(["reference", "make", "golden-1.json", "-o", "other.json"], in: folder)
    try #require(other.status == 0, "\(other)")
    let digest = try #require(make.errors.split(separator: " ").last).trimmingCharacters(in: .newlines)
    try folder.write(
      """
      policy named version 1.0.0 {
        evidence reference "\(digest)"
        require no_test_signing { that attested boot.test_signing == false }
      }

      """, to: "named.attpolicy")
    let build = try Tool.run(["build", "named.attpolicy", "-o", "out"], in: folder)
    try #require(build.status == 0, "\(build)")
    func check(_ arguments: [String]) throws -> Run {
      let ak = try String(contentsOfFile: folder.path("ak.txt"), encoding: .utf8).trimmingCharacters(
        in: .whitespacesAndNewlines)
      return try Tool.run(
        [
          "check", "out/named.compiled.json", "--lang", "en", "--evidence", "laptop.json", "--nonce",
          "0102030405060708", "--ak", ak,
        ] + arguments, in: folder)
    }
    let named = try check(["--reference", "model.json"])
    #expect(named.status == 0 && named.errors == "", "\(named)")
    let refused = try check(["--reference", "model.json", "--reference", "other.json"])
    #expect(
      refused.status == 2
        && refused.errors.contains("--reference other.json is not a file that the policy names"), "\(refused)"
    )
    let none = try check([])
    #expect(
      none.status == 3 && none.errors.hasPrefix("warning: the policy names reference values"), "\(none)")
  }

  @Test(
    "a TPM that booted as the golden device did is attested, and one that started more is not, nor later extensions",
    .enabled(if: hasSimulator))
  func simulated() throws {
    let folder = try folder()
    func log(_ name: String) throws -> EventLog {
      try EventLog([UInt8](try Data(contentsOf: URL(filePath: "\(Self.corpus)/bootlogs/\(name)"))))
    }
    func extensions(_ log: EventLog, _ events: [Int]? = nil) -> String {
      (events ?? log.events.indices.filter { log.events[$0].isExtended }).map { event in
        "tpm2_pcrextend \(log.events[event].register):sha256=\(hexadecimal(log.digest(of: event, bank: 0) ?? []))"
      }.joined(separator: " && ")
    }
    let notebook = try log("notebook.log")
    let odd = try log("notebook-odd.log")
    // The firmware's own program, listed before the boot manager, is extended once more by whoever runs.
    let program = try #require(
      notebook.events.indices.first { notebook.summary(of: $0).hasPrefix("Fv(") })
    let range = Int(notebook.events[program].offset)..<Int(notebook.events[program + 1].offset)
    try folder.write(notebook.bytes + notebook.bytes[range], to: "replayed.log")
    try folder.write(notebook.bytes, to: "notebook.log")
    try folder.write(odd.bytes, to: "odd.log")
    try folder.write(
      """
      set -u
      SECOND=$POLICYC_TCTI OTHER_ROOTS=$POLICYC_EK_ROOTS
      N1=\(String(repeating: "a1", count: 32)) N2=\(String(repeating: "b2", count: 32))
      judge() { # NAME TCTI ROOTS LOG OPTION...
        local name=$1 tcti=$2 roots=$3 log=$4; shift 4
        "$POLICYC" attest -o first.json --nonce $N1 --probe "tpm:$tcti" --log "$log" 2>>errors
        "$POLICYC" challenge first.json -o challenge.json --secret secret.json --ek-roots "$roots"
        "$POLICYC" attest -o evidence.json --nonce $N2 --probe "tpm:$tcti" --log "$log" --challenge challenge.json 2>>errors
        "$POLICYC" check out/how-it-booted.compiled.json --evidence evidence.json --nonce $N2 --ek-roots "$roots" \\
          --secret secret.json "$@" >>reports 2>&1
        echo "$name $?"
      }
      TPM2TOOLS_TCTI=$FIRST; \(extensions(notebook))
      TPM2TOOLS_TCTI=$SECOND; \(extensions(odd))
      export TPM2TOOLS_TCTI
      "$POLICYC" attest -o golden.json --nonce $N1 --probe "tpm:$FIRST" --log notebook.log 2>>errors
      "$POLICYC" reference make golden.json -o model.json 2>>errors; echo "make $?"
      judge plain "$FIRST" "$ROOTS" notebook.log
      judge reference "$FIRST" "$ROOTS" notebook.log --reference model.json
      judge odd "$SECOND" "$OTHER_ROOTS" odd.log --reference model.json
      judge lying-log "$SECOND" "$OTHER_ROOTS" notebook.log --reference model.json
      TPM2TOOLS_TCTI=$FIRST; \(extensions(notebook, [program]))
      judge replayed "$FIRST" "$ROOTS" replayed.log --reference model.json
      judge hidden "$FIRST" "$ROOTS" notebook.log --reference model.json
      """, to: "script.sh")
    let simulator = "\(Checkout.root.path)/scripts/with-swtpm"
    let line =
      "export TPM2TOOLS_TCTI FIRST=$POLICYC_TCTI ROOTS=$POLICYC_EK_ROOTS; '\(simulator)' bash script.sh"
    let run = try Tool.start(
      [simulator, "bash", "-c", line], in: folder, environment: ["POLICYC": Tool.path, "LC_ALL": ""]
    ).end(within: 300)
    #expect(
      run.output == "make 0\nplain 3\nreference 0\nodd 3\nlying-log 3\nreplayed 3\nhidden 3\n",
      "\(run)\n\(folder.text("reports"))\n\(folder.text("errors"))")
    let reports = folder.text("reports")
    #expect(reports.contains(#"'\EFI\x\x.efi' by the log, sha256 "#), "\(reports)")
  }

  @Test(
    "a command line that cannot be followed is refused with what to write",
    arguments: [
      (["reference", "make", "a.json"], "Missing expected argument '--output"),
      (["reference", "make", "-o", "x"], "Missing expected argument '<evidence> ...'"),
      (["reference", "make", "-", "-", "-o", "x"], "standard input can be read only once"),
      (["reference", "make", "golden-1.json", "-o", "x", "--banks", "md5"], "--banks takes names of sha1"),
      (
        ["reference", "make", "golden-1.json", "-o", "x", "--accept-authority", "46de"],
        "--accept-authority takes"
      ),
      (
        ["reference", "make", "golden-1.json", "-o", "x", "--require", "all"],
        "'firmware', 'images', 'authorities' or 'keys'"
      ),
      (["check", "x.json", "--reference", "x.json"], "--reference is for judging evidence"),
    ])
  func refusals(_ arguments: [String], _ message: String) throws {
    let run = try Tool.run(arguments, in: try folder())
    #expect(run.status == 2 && run.errors.contains(message), "\(run)")
  }

  @Test("a file that cannot be used ends with 4, and nothing is written")
  func otherFiles() throws {
    let folder = try folder()
    for file in ["none.json", "input.attpolicy", "ak.txt"] {
      let run = try Tool.run(["reference", "make", "golden-1.json", file, "-o", "x.json"], in: folder)
      #expect(run.status == 4 && run.errors.contains(file), "\(run)")
      let check = try Tool.run(
        [
          "check", "out/how-it-booted.compiled.json", "--evidence", "laptop.json", "--nonce",
          "0102030405060708", "--reference", file,
        ], in: folder)
      #expect(check.status == 4 && check.errors.contains(file), "\(check)")
    }
    #expect(folder.bytes("x.json") == nil)
  }

  @Test("an edited file is read, and another digest")
  func edited() throws {
    let folder = try folder()
    let made = try Tool.run(["reference", "make", "golden-1.json", "-o", "m.json"], in: folder)
    let digest = hexadecimal(HashAlgorithm.sha256.digest(of: folder.bytes("m.json") ?? []) ?? [])
    #expect(made.status == 0 && made.errors.hasSuffix("SHA-256 \(digest)\n"), "\(made)")
    let object = try JSONSerialization.jsonObject(with: Data(folder.bytes("m.json") ?? []))
    try folder.write(
      [UInt8](try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted])), to: "e.json")
    let run = try Tool.shell(
      "policyc probe evidence:laptop.json --nonce 0102030405060708 --ak $(cat ak.txt) --reference e.json",
      in: folder)
    #expect(
      run.status == 0 && run.output.contains("nothing differs from the reference values of 'e.json'"),
      "\(run)")
  }
}
