import ArgumentParser
import CSPCatalog
import DeviceProbes
import DeviceReports
import FileAccess
import PolicyModel
import TPMEvidence

/// `policyc attest`: has a TPM vouch for how this machine booted.
struct AttestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attest", abstract: "Have a TPM vouch for how this machine booted.",
    discussion: """
      Writes a file of evidence: a quote of the TPM over the nonce, the keys and certificates that say whose it is, the boot log, and what the \
      probes find out. Whoever chose the nonce checks the file on any machine with policyc check --evidence.

      Ends with 0 when the evidence is written, 1 when the challenge is for another TPM or key or a key is not certified, and 4 when the TPM or a \
      file cannot be used.
      """)

  @Option(name: [.customShort("o"), .long], help: "The file that is written, or - for standard output.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "What the verifier chose for this quote and for no other: 8 to 64 bytes.", valueName: "HEX"))
  var nonce: String

  @Option(
    help: ArgumentHelp(
      "The TPM as tpm:TCTI, by default the kernel's; and other probes, for what is reported.",
      valueName: "PROBE"))
  var probe: [String] = []

  @Option(
    help: ArgumentHelp(
      "The boot log. Without it: the kernel's, of a TPM of the kernel. Several times, in any order: the logs since Windows was started, where it was resumed from hibernation since.",
      valueName: "FILE"))
  var log: [String] = []

  @Option(
    help: ArgumentHelp("A challenge that the TPM is to answer, by policyc challenge.", valueName: "FILE"))
  var challenge: String?

  @Option(help: "The kind of attestation key.")
  var key: AttestationKey = .rsa

  @Option(
    help: ArgumentHelp(
      "A key of the TPM that the attestation key is to certify, by its handle, and whose key it is; may be given several times.",
      valueName: KeyToCertify.form))
  var certify: [String] = []

  @Option(help: "How long the TPM may take, in seconds.")
  var timeout = 120

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    guard DeviceCheck.timeouts.contains(timeout) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds")
    }
    _ = try nonceBytes()
    _ = try tcti()
    _ = try keysToCertify()
    if log.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once") }
    guard log.count <= EvidenceFile.earlierLogLimit + 1 else {
      throw ValidationError(
        "--log may be given \(EvidenceFile.earlierLogLimit + 1) times, and not \(log.count) times")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let tcti = try tcti()
      let nonce = try nonceBytes()
      let keys = try keysToCertify()
      let given = try logs(console)
      let challenge = try challenge.map { try decodedChallenge($0, console) }
      let probes = try DeviceCheck.probeSet(
        reporting(), ProbeOptions(limits: ProgramLimits(seconds: timeout)))
      let attester = TPMAttester(tcti: tcti, seconds: timeout, key: key)
      var result: TPMAttester.Result
      do throws(AttestationError) {
        result = try attester.attest(nonce: nonce, challenge: challenge, certifying: keys)
      } catch {
        switch error {
        case .unusable:
          console.say("error: \(error)")
          throw ExitStatus.inaccessible.code
        case .challenge:
          console.say("error: \(error)")
          throw ExitStatus.no.code
        case .certification:
          console.say("error: \(error); no evidence is written")
          throw ExitStatus.no.code
        }
      }
      let sent = given.isEmpty ? kernelLog(of: tcti, &result.warnings).map { [$0] } ?? [] : given
      for (index, log) in sent.enumerated() {
        guard let defect = KernelBootLog.defect(of: log) else { continue }
        let name = sent.count == 1 ? "the boot log" : "'\(self.log[index])'"
        result.warnings.append("\(name) is sent along, but \(defect)")
      }
      result.evidence.add(sent)
      let facts = try reported(by: probes, console)
      try writeAtomically(output, EvidenceFile(result.evidence, facts: facts).encode())
      for warning in result.warnings { console.say("warning: \(warning)") }
    }
  }

  private func nonceBytes() throws -> [UInt8] {
    guard let bytes = bytes(hexadecimal: nonce.utf8), TPMAttester.nonceByteCounts.contains(bytes.count) else {
      throw ValidationError(
        "--nonce takes 8 to 64 bytes, as 16 to 128 hexadecimal digits; openssl rand -hex 32 makes one")
    }
    return bytes
  }

  private func keysToCertify() throws -> [KeyToCertify] {
    guard certify.count <= KeyCertification.countLimit else {
      throw ValidationError(
        "--certify names \(certify.count) keys, and evidence has at most \(KeyCertification.countLimit)")
    }
    var keys: [KeyToCertify] = []
    for text in certify {
      let key: KeyToCertify
      do throws(KeyToCertify.Problem) { key = try KeyToCertify(text) } catch {
        throw ValidationError("--certify: \(error.text)")
      }
      guard !keys.contains(where: { $0.handle == key.handle }) else {
        throw ValidationError("--certify names the key of '\(text)' twice")
      }
      if let role = key.role, keys.contains(where: { $0.role == role }) {
        throw ValidationError("--certify names two keys for '\(role.rawValue)'")
      }
      keys.append(key)
    }
    return keys
  }

  /// The boot logs that were named.
  private func logs(_ console: Console) throws -> [[UInt8]] {
    var left = EventLogLimits().bytes
    return try log.map { path in
      let bytes = try KernelBootLog.read(path)
      left -= bytes.count
      guard left >= 0 else {
        console.say(
          "error: '\(path)': all boot logs together have more than \(EventLogLimits().bytes) bytes, the most that is read"
        )
        throw ExitStatus.inaccessible.code
      }
      return bytes
    }
  }

  /// The TPM among the probes.
  private func tcti() throws -> String {
    var found: [String] = []
    for text in probe {
      do throws(ProbeSpecError) {
        let spec = try ProbeSpec(text)
        if spec.kind == .tpm { found += spec.words }
      } catch {
        throw ValidationError(error.description)
      }
    }
    guard found.count < 2 else { throw ValidationError("--probe names two TPMs; one of them attests") }
    return found.first ?? TPMProbe.defaultTCTI
  }

  /// The probes whose facts are sent along: where none is named but the TPM, those of this machine too.
  private func reporting() -> [String] {
    guard probe.allSatisfy({ $0.hasPrefix(ProbeKind.tpm.rawValue) }) else { return probe }
    return (probe.isEmpty ? [ProbeKind.tpm.rawValue] : probe)
      + ProbeKind.ofThisMachine.filter { $0 != .tpm }.map(\.rawValue)
  }

  private func decodedChallenge(_ path: String, _ console: Console) throws -> Challenge {
    let bytes = try readFile(path, limit: Challenge.byteLimit)
    do throws(EvidenceFormatError) {
      return try Challenge.decode(bytes)
    } catch {
      console.say("error: \(path): \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  private func kernelLog(of tcti: String, _ warnings: inout [String]) -> [UInt8]? {
    guard let path = KernelBootLog.path(ofTCTI: tcti) else {
      warnings.append("the evidence has no boot log, since the TPM is not the kernel's; --log adds one")
      return nil
    }
    do throws(FileError) {
      return try KernelBootLog.read(path)
    } catch {
      warnings.append("the evidence has no boot log: \(error); --log adds one")
      return nil
    }
  }

  /// What the probes find out, as a snapshot of the facts that they give.
  private func reported(by probes: ProbeSet, _ console: Console) throws -> JSONValue {
    let facts = FactCatalog.embedded.entries.map(\.declaration)
    let snapshot = try DeviceCheck.observe(facts, by: probes, console)
    return FactReport(facts.filter { snapshot[$0.name] != nil }, in: snapshot, language: .english).snapshot
  }
}

extension AttestationKey: ExpressibleByArgument {}
