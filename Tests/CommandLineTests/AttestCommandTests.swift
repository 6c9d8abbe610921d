import Foundation
import TPMEvidence
import TestSupport
import Testing

/// What a flow of commands with simulated TPMs needs beside policyc.
private let hasSimulator: Bool = {
  let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  let missing = ["swtpm", "swtpm_setup", "swtpm_localca", "tpm2_pcrextend"].filter { name in
    !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
  if !missing.isEmpty { print("skipped: \(missing.joined(separator: ", ")) is not installed") }
  return missing.isEmpty
}()

/// A boot log, made up or recorded.
struct BootLogCase: CustomTestStringConvertible {
  let name: String
  let path: String
  /// A log of another boot, which the TPM was not extended by.
  let otherPath: String
  /// The banks that count.
  var banks = "sha256"
  var testDescription: String { name }

  private static let corpus = "\(Checkout.root.path)/Tests/Corpus/bootlogs"
  private static let recorded =
    "\(Checkout.root.path)/../shared/data/eventlogs/google+go-attestation/attest_testdata_windows_gcp_shielded_vm.eventlog.bin"

  /// The made-up log, and an authority that was added after boot.
  static let stranger = BootLogCase(
    name: "with a stranger", path: "\(corpus)/stranger.log", otherPath: "\(corpus)/windows.log")

  static let all: [BootLogCase] = {
    var cases = [
      BootLogCase(name: "made up", path: "\(corpus)/windows.log", otherPath: "\(corpus)/edited.log")
    ]
    if FileManager.default.fileExists(atPath: recorded) {
      cases.append(
        BootLogCase(
          name: "of a Windows VM", path: recorded, otherPath: "\(corpus)/windows.log", banks: "sha1"))
    } else {
      print("skipped: there is no folder ../shared/data/eventlogs beside the checkout")
    }
    return cases
  }()

  /// A line of shell that extends a TPM, or some banks of it, as the boot did.
  func extensions(_ names: [String]? = nil) throws -> String {
    let log = try EventLog(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
    return log.events.indices.filter { log.events[$0].isExtended }.map { index in
      let banks = log.banks.indices.filter { names?.contains(log.banks[$0].algorithm.name) ?? true }
      let digests = banks.map { bank in
        "\(log.banks[bank].algorithm.name)=\(hexadecimal(log.digest(of: index, bank: bank) ?? []))"
      }
      return "tpm2_pcrextend \(log.events[index].register):\(digests.joined(separator: ","))"
    }.joined(separator: " && ")
  }
}

@Suite("policyc attest", .serialized)
struct AttestCommandTests {
  private static let policy = """
    policy "how-it-booted" version 1.0.0 {
      title "How it booted"
      require secure_boot {
        that    attested boot.secure_boot == on
        message en "Secure Boot has to be on."
      }
    }
    """
  private static let nonces = (String(repeating: "a1", count: 32), String(repeating: "b2", count: 32))

  /// Runs a script beside two simulators that have nothing in common; `$FIRST` and `$ROOTS` are of the first, `$SECOND` and
  /// `$OTHER_ROOTS` of the other.
  private func besideTwoTPMs(_ script: String, in folder: Folder) throws -> Run {
    let simulator = "\(Checkout.root.path)/scripts/with-swtpm"
    try folder.write(Self.policy, to: "policy.attpolicy")
    try folder.write(
      """
      set -u
      SECOND=$POLICYC_TCTI OTHER_ROOTS=$POLICYC_EK_ROOTS
      policyc() { "$POLICYC" "$@"; }
      attest() { policyc attest "$@" 2>>errors; }
      judge_by() { # NAME OPTION...: the exit code of a check
        local name=$1; shift
        policyc check out/how-it-booted.compiled.json "$@" >>reports 2>&1
        echo "$name $?"
      }
      judge() { judge_by "$@"; }
      value() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p" "$2"; }
      N1=\(Self.nonces.0) N2=\(Self.nonces.1)
      policyc build policy.attpolicy -o out >/dev/null || echo "the policy does not build"
      \(script)
      """, to: "script.sh")
    let line = "export FIRST=$POLICYC_TCTI ROOTS=$POLICYC_EK_ROOTS; '\(simulator)' bash script.sh"
    return try Tool.start(
      [simulator, "bash", "-c", line], in: folder, environment: ["POLICYC": Tool.path]
    ).end(within: 300)
  }

  @Test(
    "evidence with an answered challenge attests how a machine booted, and nothing less does",
    .enabled(if: hasSimulator), arguments: BootLogCase.all)
  func flow(log: BootLogCase) throws {
    let folder = try Folder()
    let run = try besideTwoTPMs(
      """
      TPM2TOOLS_TCTI=$FIRST; \(try log.extensions())
      log='\(log.path)'
      attest -o first.json --nonce $N1 --probe "tpm:$FIRST" --log "$log" || echo "no evidence"
      policyc challenge first.json -o challenge.json --secret secret.json --ek-roots "$ROOTS" || echo "no challenge"
      attest -o evidence.json --nonce $N2 --probe "tpm:$FIRST" --log "$log" --challenge challenge.json ||
        echo "no answer"
      judge() { judge_by "$@" --banks \(log.banks); }
      trusted=(--ek-roots "$ROOTS" --secret secret.json)
      judge complete --evidence evidence.json --nonce $N2 "${trusted[@]}"

      judge wrong-nonce --evidence evidence.json --nonce $N1 "${trusted[@]}"
      judge replayed --evidence first.json --nonce $N2 "${trusted[@]}"
      judge unanswered --evidence first.json --nonce $N1 "${trusted[@]}"
      sed 's/"activation":"[^"]*",//' evidence.json >stripped.json
      judge stripped --evidence stripped.json --nonce $N2 "${trusted[@]}"
      judge without-secret --evidence evidence.json --nonce $N2 --ek-roots "$ROOTS"
      judge without-roots --evidence evidence.json --nonce $N2 --secret secret.json
      judge other-roots --evidence evidence.json --nonce $N2 --ek-roots "$OTHER_ROOTS" --secret secret.json
      attest -o other-log.json --nonce $N2 --probe "tpm:$FIRST" --log '\(log.otherPath)' --challenge challenge.json
      judge other-log --evidence other-log.json --nonce $N2 "${trusted[@]}"
      attest -o no-log.json --nonce $N2 --probe "tpm:$FIRST" --challenge challenge.json
      judge no-log --evidence no-log.json --nonce $N2 "${trusted[@]}"

      attest -o other.json --nonce $N2 --probe "tpm:$SECOND" --log "$log" --challenge challenge.json
      echo "other-tpm $?"
      [ ! -e other.json ] || echo "evidence of the other TPM was written"
      TPM2TOOLS_TCTI=$SECOND; \(try log.extensions())
      attest -o other.json --nonce $N2 --probe "tpm:$SECOND" --log "$log"
      sed "s|^{|{\\"activation\\":\\"$(value activation evidence.json)\\",|" other.json >spliced.json
      judge spliced --evidence spliced.json --nonce $N2 --ek-roots "$ROOTS" --secret secret.json
      judge spliced-both-roots --evidence spliced.json --nonce $N2 --ek-roots "$OTHER_ROOTS" --secret secret.json

      name=000b$(value attestation_key first.json | base64 -d | sha256sum | cut -d ' ' -f 1)
      judge known-key --evidence first.json --nonce $N1 --ak "$name"
      judge other-known-key --evidence other.json --nonce $N2 --ak "$name"
      """, in: folder)
    let results = run.output.split(separator: "\n").map(String.init)
    let expected = [
      "complete 0", "wrong-nonce 3", "replayed 3", "unanswered 3", "stripped 3", "without-secret 3",
      "without-roots 3", "other-roots 3", "other-log 3", "no-log 3", "other-tpm 1", "spliced 3",
      "spliced-both-roots 3", "known-key 0", "other-known-key 3",
    ]
    #expect(results == expected, "\(run)\(folder.text("errors"))\(folder.text("reports"))")
    #expect(folder.text("errors").contains("the challenge was made for the endorsement key of another TPM"))
    #expect(folder.text("reports").contains("attested"))
  }

  @Test("a bank decides only where whoever judges says that it counts", .enabled(if: hasSimulator))
  func banks() throws {
    let folder = try Folder()
    let on = BootLogCase.all[0]
    let off = BootLogCase(
      name: "off", path: on.path.replacing("windows.log", with: "secure-boot-off.log"), otherPath: on.path)
    let run = try besideTwoTPMs(
      """
      evidence() { # TPM LOG FILE: evidence with a log, and the name of its key
        attest -o $3 --nonce $N1 --probe "tpm:$1" --log "$2"
        name=000b$(value attestation_key $3 | base64 -d | sha256sum | cut -d ' ' -f 1)
      }
      # The first TPM started with Secure Boot off, and its owner filled SHA-1 with another boot.
      TPM2TOOLS_TCTI=$FIRST; \(try off.extensions(["sha256"])); \(try on.extensions(["sha1"]))
      evidence "$FIRST" '\(on.path)' filled.json
      known=(--nonce $N1 --ak "$name")
      judge filled --evidence filled.json "${known[@]}"
      judge filled-both --evidence filled.json "${known[@]}" --banks sha1,sha256
      judge filled-named --evidence filled.json "${known[@]}" --banks sha1
      # The second started with Secure Boot on; SHA-1 holds something else, and SHA-384 nothing.
      TPM2TOOLS_TCTI=$SECOND; \(try on.extensions(["sha256"])); tpm2_pcrextend 7:sha1=\(String(repeating: "5", count: 40))
      evidence "$SECOND" '\(on.path)' other.json
      known=(--nonce $N1 --ak "$name")
      judge other-bank-differs --evidence other.json "${known[@]}"
      judge both --evidence other.json "${known[@]}" --banks sha1,sha256
      judge absent --evidence other.json "${known[@]}" --banks sha256,sha384
      policyc check out/how-it-booted.compiled.json --evidence other.json "${known[@]}" --format json >report.json
      """, in: folder)
    #expect(
      run.output
        == "filled 3\nfilled-both 3\nfilled-named 0\nother-bank-differs 0\nboth 3\nabsent 3\n",
      "\(run)\(folder.text("errors"))\(folder.text("reports"))")
    #expect(folder.text("reports").contains("the log does not lead to the quoted values of sha256: PCR 7"))
    #expect(folder.text("reports").contains("the log has no sha384"))
    #expect(folder.text("report.json").contains("in sha256: it is the key that was known before"))
    #expect(folder.text("report.json").contains("the log leads to other values of sha1 than were quoted"))
  }

  @Test(
    "what the system adds to a TPM after boot cannot make it Windows'", .enabled(if: hasSimulator))
  func addedAuthority() throws {
    let folder = try Folder()
    let (healthy, stranger) = (BootLogCase.all[0], BootLogCase.stranger)
    try folder.write("os.build: 10.0.26100.1\nboot.secure_boot: on\n", to: "device.yaml")
    let added = try #require(try stranger.extensions().split(separator: " && ").last)
    let run = try besideTwoTPMs(
      """
      TPM2TOOLS_TCTI=$FIRST; \(try healthy.extensions())
      attest -o healthy.json --nonce $N1 --probe "tpm:$FIRST" --log '\(healthy.path)'
      name=000b$(sed -n 's/.*"attestation_key":"\\([^"]*\\)".*/\\1/p' healthy.json | base64 -d | sha256sum | cut -d ' ' -f 1)
      judge healthy --evidence healthy.json --nonce $N1 --ak "$name"
      \(added)
      attest -o stranger.json --nonce $N2 --probe "tpm:$FIRST" --log '\(stranger.path)'
      judge stranger --evidence stranger.json --nonce $N2 --ak "$name" --probe file:device.yaml
      policyc check out/how-it-booted.compiled.json --evidence stranger.json --nonce $N2 --ak "$name" \\
        --probe file:device.yaml --lang en | head -1
      attest -o older-log.json --nonce $N2 --probe "tpm:$FIRST" --log '\(healthy.path)'
      judge older-log --evidence older-log.json --nonce $N2 --ak "$name" --probe file:device.yaml
      """, in: folder)
    let lines = run.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(run)\(folder.text("errors"))\(folder.text("reports"))")
    #expect([lines[0], lines[1], lines[3]] == ["healthy 0", "stranger 3", "older-log 3"], "\(run)")
    #expect(lines[2].contains("the evidence is refused: event ") && lines[2].contains("CN=My own key"))
  }

  @Test(
    "the logs of the starts before a resume are given in any order, and tell how the kernel was started",
    .enabled(if: hasSimulator))
  func earlierLogs() throws {
    let folder = try Folder()
    func path(_ name: String) -> String { "\(Checkout.root.path)/Tests/Corpus/bootlogs/\(name)" }
    let resume = BootLogCase(name: "resume", path: path("resume-9.log"), otherPath: path("windows.log"))
    let run = try besideTwoTPMs(
      """
      probe() { # FILE: what is said of test signing
        name=000b$(value attestation_key $1 | base64 -d | sha256sum | cut -d ' ' -f 1)
        policyc probe "evidence:$1" --nonce $N1 --ak "$name" | grep -e 'boot.test_signing  ' | tr -s ' '
      }
      TPM2TOOLS_TCTI=$FIRST; \(try resume.extensions())
      options=(--nonce $N1 --probe "tpm:$FIRST" --key ecc)
      attest -o all.json "${options[@]}" --log '\(path("start-7.log"))' --log '\(resume.path)' --log '\(path("resume-8.log"))'
      probe all.json
      attest -o gap.json "${options[@]}" --log '\(resume.path)' --log - <'\(path("start-7.log"))'
      probe gap.json
      attest -o cut.json "${options[@]}" --log '\(resume.path)' --log '\(path("cut.log"))'
      probe cut.json
      """, in: folder)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 3, "\(run)\(folder.text("errors"))")
    #expect(lines[0] == "boot.test_signing false evidence:all.json, reported")
    #expect(lines[1].contains("the log of start 8 is missing"))
    #expect(lines[2].contains("boot log 2 of 2 is damaged"))
    #expect(
      folder.text("errors").contains("cut.log' is sent along, but it is not a boot log, or a damaged one"))
  }

  @Test(
    "each kind of key attests, and with no room in the TPM nothing is written", .enabled(if: hasSimulator))
  func kinds() throws {
    let folder = try Folder()
    let log = BootLogCase.all[0]
    let run = try besideTwoTPMs(
      """
      TPM2TOOLS_TCTI=$FIRST; \(try log.extensions())
      for key in rsa rsapss ecc; do
        options=(--probe "tpm:$FIRST" --log '\(log.path)' --key $key)
        attest -o - --nonce $N1 "${options[@]}" >first.json
        policyc challenge first.json -o challenge.json --secret secret.json
        attest -o evidence.json --nonce $N2 "${options[@]}" --challenge challenge.json
        judge $key --evidence evidence.json --nonce $N2 --ek-roots "$ROOTS" --secret secret.json
      done
      for _ in 1 2 3; do tpm2_createprimary -C o -G ecc >/dev/null; done
      attest -o full.json --nonce $N1 --probe "tpm:$FIRST"
      echo "full $?"
      [ ! -e full.json ] || echo "evidence was written"
      """, in: folder)
    #expect(
      run.output == "rsa 0\nrsapss 0\necc 0\nfull 4\n",
      "\(run)\(folder.text("errors"))\(folder.text("reports"))")
    #expect(folder.text("errors").contains("tpm2_flushcontext -t"))
  }

  @Test(
    "a nonce of another length, or that is none, is a mistake of the command line",
    arguments: [
      "12", "a1a1a1a1a1a1a1", String(repeating: "a", count: 130), "x1a1a1a1a1a1a1a1", "a1a1a1a1a1a1a1a1a",
    ])
  func nonces(nonce: String) throws {
    let run = try policyc("attest", "-o", "evidence.json", "--nonce=\(nonce)", "--probe", "tpm:nosuch")
    #expect(run.status == 2)
    #expect(
      run.errors.hasPrefix(
        "Error: --nonce takes 8 to 64 bytes, as 16 to 128 hexadecimal digits; openssl rand -hex 32 makes one")
    )
  }

  @Test("two TPMs, a TPM that is not there, and a log that is not there are told apart")
  func mistakes() throws {
    let nonce = Self.nonces.0
    let two = try policyc(
      "attest", "-o", "-", "--nonce", nonce, "--probe", "tpm:a", "--probe", "tpm:b")
    #expect(two.status == 2 && two.errors.contains("names two TPMs"))
    let absent = try policyc("attest", "-o", "-", "--nonce", nonce, "--probe", "tpm:device:/dev/tpm-none")
    #expect(absent.status == 4)
    #expect(absent.output == "" && absent.errors == "error: there is no device /dev/tpm-none\n")
    let log = try policyc("attest", "-o", "-", "--nonce", nonce, "--probe", "tpm:nosuch", "--log", "none.log")
    #expect(log.status == 4 && log.errors.contains("'none.log' does not exist"))
    let twice = try policyc(
      "attest", "-o", "-", "--nonce", nonce, "--probe", "tpm:nosuch", "--log", "-", "--log", "-")
    #expect(twice.status == 2 && twice.errors.contains("standard input can be read only once"))
    let challenge = try policyc(
      "attest", "-o", "-", "--nonce", nonce, "--probe", "tpm:nosuch", "--challenge", "-")
    #expect(challenge.status == 4 && challenge.errors.contains("not JSON"))
  }
}
