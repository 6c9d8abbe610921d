import ArgumentParser
import DeviceProbes
import FileAccess
import TPMEvidence

/// `policyc reference`: what devices of a model measure while they start.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Learn what healthy devices of a model measure while they start.",
    subcommands: [ReferenceMakeCommand.self])
}

/// `policyc reference make`: learns reference values from the evidence of golden devices.
struct ReferenceMakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Learn reference values from the evidence of golden devices of one model.",
    discussion: """
      The evidence is of devices that you know to be healthy, as policyc attest writes it. Learnt is what their firmware measured and started, what \
      verified it, and the keys of Secure Boot. policyc check --reference accepts what the file lists, and names what differs.

      Each quote has to hold over the nonce in its own file, and the boot log to lead to the quoted values, with Secure Boot on. Whose the devices \
      are, and that nobody changed them, is your word.

      Ends with 0 when the file is written, 1 when nothing is to be learnt from a device, and 4 when a file cannot be used.
      """)

  @Argument(help: "Evidence of each golden device.")
  var evidence: [String]

  @Option(name: [.customShort("o"), .long], help: "The file that is written, or - for standard output.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "The PCR banks to learn digests in, separated by commas. sha256 unless given.", valueName: "NAMES"))
  var banks: String?

  @Option(
    help: ArgumentHelp(
      "Learn a certificate that verified something beside Windows, by its SHA-1 or SHA-256 digest; may be given several times.",
      valueName: "HEX"))
  var acceptAuthority: [String] = []

  @Option(
    help: ArgumentHelp(
      "What a device must not differ in: firmware, images, authorities or keys; may be given several times.",
      valueName: "PART"))
  var require: [ReferencePart] = []

  @OptionGroup var consoleOptions: ConsoleOptions

  func validate() throws {
    if evidence.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read only once")
    }
  }

  func run() throws {
    let console = Console(color: consoleOptions.color)
    try console.run {
      let banks = try banks.map(EvidenceJudgement.algorithms) ?? EvidenceTerms().banks
      let accepted = Set(try acceptAuthority.map(EvidenceJudgement.authority))
      let devices = try evidence.map { try device($0, banks, accepted, console) }
      let learning = ReferenceLearning(devices, requiring: Set(require.map(\.section)))
      let bytes = learning.values.encode()
      do throws(EvidenceFormatError) {
        _ = try ReferenceValues.decode(bytes, name: output)
      } catch {
        console.say("error: more was learnt than is read again: \(error)")
        throw ExitStatus.no.code
      }
      try writeAtomically(output, bytes)
      for note in learning.notes { console.say("note: \(note)") }
      let digest = hexadecimal(HashAlgorithm.sha256.digest(of: bytes) ?? [])
      console.say("learnt from \(devices.count) device\(devices.count == 1 ? "" : "s"); SHA-256 \(digest)")
    }
  }

  private func device(
    _ path: String, _ banks: [HashAlgorithm], _ accepted: Set<[UInt8]>, _ console: Console
  ) throws -> GoldenDevice {
    let bytes = try readFile(path, limit: EvidenceFile.byteLimit)
    let name = path == "-" ? standardInputName : path
    let evidence: Evidence
    do throws(EvidenceFormatError) {
      evidence = try EvidenceFile.decode(bytes).evidence
    } catch {
      console.say("error: \(name): \(error)")
      throw ExitStatus.inaccessible.code
    }
    do throws(GoldenDevice.Refusal) {
      return try GoldenDevice(evidence, name: name, banks: banks, accepting: accepted)
    } catch {
      console.say("error: \(name): nothing is learnt from this device: \(error)")
      throw ExitStatus.no.code
    }
  }
}

/// A part of reference values, as an argument.
enum ReferencePart: String, CaseIterable, ExpressibleByArgument {
  case firmware, images, authorities, keys

  var section: ReferenceValues.Section {
    switch self {
    case .firmware: .firmware
    case .images: .images
    case .authorities: .authorities
    case .keys: .keys
    }
  }
}
