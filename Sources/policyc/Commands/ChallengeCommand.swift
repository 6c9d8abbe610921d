import ArgumentParser
import DeviceProbes
import Endorsement
import FileAccess
import TPMEvidence

#if canImport(Glibc)
  import Glibc
#endif

/// `policyc challenge`: makes a challenge that only the TPM of some evidence can answer.
struct ChallengeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "challenge", abstract: "Make a challenge that only one TPM can answer.",
    discussion: """
      A quote is signed by an attestation key, and a certificate says whose endorsement key it is; that both are in one TPM shows only when the \
      TPM answers a challenge. The device takes the challenge to policyc attest --challenge. Whoever judges keeps the secret and gives it to \
      policyc check --secret.

      Ends with 0 when both files are written, 1 when no challenge is made for such keys, and 4 when a file cannot be used.
      """)

  @Argument(help: "Evidence of the device, as policyc attest writes it.")
  var evidence: String

  @Option(
    name: [.customShort("o"), .long],
    help: "The challenge for the device, or - for standard output.")
  var output: String

  @Option(help: ArgumentHelp("The file to keep; only its owner can read it.", valueName: "FILE"))
  var secret: String

  @Option(
    help: ArgumentHelp(
      "Refuse a TPM whose endorsement key certificate does not lead to a root in this folder.",
      valueName: "DIR"))
  var ekRoots: String?

  @OptionGroup var consoleOptions: ConsoleOptions

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let roots = try ekRoots.map { try readRoots($0, console) }
      let made = try challenge(to: try readEvidence(console), roots: roots, console)
      do throws(FileError) {
        try writeAtomically(
          OutputFile(secret, made.secret.encode(), isPrivate: true),
          OutputFile(output, made.challenge.encode()))
      } catch {
        throw error.problem == .sameOutput ? Self.sameFile : error as any Error
      }
    }
  }

  func validate() throws {
    if output == secret { throw Self.sameFile }
  }

  private static let sameFile: any Error = ValidationError(
    "--output and --secret name the same file; the secret is kept, the challenge goes to the device")

  private func readEvidence(_ console: Console) throws -> Evidence {
    let bytes = try readFile(evidence, limit: EvidenceFile.byteLimit)
    do throws(EvidenceFormatError) {
      return try EvidenceFile.decode(bytes).evidence
    } catch {
      console.say("error: \(evidence): \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  private func challenge(
    to evidence: Evidence, roots: EndorsementRoots?, _ console: Console
  ) throws -> (challenge: Challenge, secret: ChallengeSecret) {
    var random = SystemRandomNumberGenerator()
    do throws(ChallengeRefusal) {
      return try evidence.challenge(roots: roots, at: Int64(time(nil)), random: &random)
    } catch {
      console.say("error: \(self.evidence): \(error)")
      throw ExitStatus.no.code
    }
  }
}
