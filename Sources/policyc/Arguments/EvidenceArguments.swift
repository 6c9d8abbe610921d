import ArgumentParser
import DeviceProbes
import Endorsement
import FileAccess
import TPMEvidence

#if canImport(Glibc)
  import Glibc
#endif

/// What a command line says for judging evidence: what was asked of the device, and what is known of it.
struct EvidenceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("What the device was asked to have quoted, in hexadecimal.", valueName: "HEX"))
  var nonce: String?

  @Option(
    help: ArgumentHelp("The name of the device's attestation key, known from before.", valueName: "HEX"))
  var ak: String?

  @Option(
    help: ArgumentHelp("The roots that endorsement key certificates may lead to.", valueName: "DIR"))
  var ekRoots: String?

  @Option(
    help: ArgumentHelp(
      "The secret of a challenge that the device answered, from policyc challenge.", valueName: "FILE"))
  var secret: String?

  @Option(
    help: ArgumentHelp(
      "The PCR banks that count, separated by commas; the quote and the boot log must have each of them. sha256 unless given.",
      valueName: "NAMES"))
  var banks: String?

  @Flag(help: "Trust keys of RSA below 2048 bits, and signatures over SHA-1, like any other.")
  var allowWeakSignatures = false

  @Option(
    help: ArgumentHelp(
      "A certificate that may have verified something beside Windows, by its SHA-1 or SHA-256 digest; may be given several times.",
      valueName: "HEX"))
  var acceptAuthority: [String] = []

  @Option(
    help: ArgumentHelp(
      "The device's MDM key as the service knows it: a file with its certificate or public key, or its name in the TPM.",
      valueName: "FILE|HEX"))
  var mdmKey: String?

  @Option(help: ArgumentHelp("The device's Entra key, in the same way.", valueName: "FILE|HEX"))
  var entraKey: String?

  @Option(
    help: ArgumentHelp(
      "What devices of a model measure, from policyc reference make; what it lists is accepted, and one of several has to explain the device.",
      valueName: "FILE"))
  var reference: [String] = []

  /// The options as values.
  var judgement: EvidenceJudgement {
    EvidenceJudgement(
      nonce: nonce, ak: ak, ekRoots: ekRoots, secret: secret, banks: banks,
      allowsWeakSignatures: allowWeakSignatures, acceptAuthority: acceptAuthority,
      mdmKey: mdmKey, entraKey: entraKey, reference: reference)
  }
}

/// How evidence is to be judged, as the command line has it.
struct EvidenceJudgement: Equatable {
  var nonce: String?
  var ak: String?
  var ekRoots: String?
  var secret: String?
  var banks: String?
  var allowsWeakSignatures = false
  var acceptAuthority: [String] = []
  var mdmKey: String?
  var entraKey: String?
  var reference: [String] = []

  /// The options with what these probes need to judge evidence.
  ///
  /// - Throws: A validation error for options that are missing, wrong or in vain; ends the command when a file is not what it should be.
  func complete(_ options: ProbeOptions, for probes: [String], _ console: Console) throws -> ProbeOptions {
    let kinds = probes.compactMap { try? ProbeSpec($0).kind }
    var options = options
    guard kinds.contains(.evidence) else {
      let given = [
        ("--nonce", nonce), ("--ak", ak), ("--ek-roots", ekRoots),
        ("--secret", secret), ("--banks", banks),
        ("--allow-weak-signatures", allowsWeakSignatures ? "" : nil),
        ("--accept-authority", acceptAuthority.first),
        ("--mdm-key", mdmKey), ("--entra-key", entraKey), ("--reference", reference.first),
      ]
      guard let vain = given.first(where: { $0.1 != nil }) else { return options }
      throw ValidationError("\(vain.0) is for judging evidence; name it with --evidence FILE")
    }
    guard let nonce else {
      throw ValidationError(
        "evidence cannot be judged without the nonce that the device was asked to have quoted; give it in hexadecimal with --nonce"
      )
    }
    var evidence = EvidenceOptions(
      nonce: try nonceBytes(nonce), attestationKeyName: try ak.map(keyName),
      secret: try secret.map { try read($0, console) })
    evidence.terms = EvidenceTerms(
      banks: try banks.map(Self.algorithms) ?? EvidenceTerms().banks,
      acceptsWeakSignatures: allowsWeakSignatures)
    evidence.acceptedAuthorities = Set(try acceptAuthority.map(Self.authority))
    evidence.deviceKeys = KnownDeviceKeys(
      mdm: try mdmKey.map { try knownKey($0, console) }, entra: try entraKey.map { try knownKey($0, console) }
    )
    evidence.references = try reference.map { try readReference($0, console) }
    if let ekRoots {
      let roots = try readRoots(ekRoots, console)
      evidence.endorsement = { $0.endorsement(under: roots, at: Int64(time(nil))) }
    }
    options.evidence = evidence
    return options
  }

  private func nonceBytes(_ text: String) throws -> [UInt8] {
    guard let nonce = bytes(hexadecimal: text.utf8), Evidence.nonceByteCounts.contains(nonce.count) else {
      throw ValidationError("--nonce takes 8 to 64 bytes in hexadecimal, and not '\(text)'")
    }
    return nonce
  }

  /// The banks of `--banks`.
  static func algorithms(_ text: String) throws -> [HashAlgorithm] {
    var banks: [HashAlgorithm] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let bank = HashAlgorithm(name: name), !banks.contains(bank) else {
        let names = HashAlgorithm.computable.map(\.name).joined(separator: ", ")
        throw ValidationError(
          "--banks takes names of \(names), each once, separated by commas, and not '\(text)'")
      }
      banks.append(bank)
    }
    return banks
  }

  /// A digest as people copy it: colons and blanks between its bytes, as tools print them, are left out.
  static func authority(_ text: String) throws -> [UInt8] {
    guard
      let digest = bytes(
        hexadecimal: text.utf8.filter { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: " ") }),
      digest.count == 20 || digest.count == 32
    else {
      throw ValidationError(
        "--accept-authority takes the SHA-1 or SHA-256 digest of a certificate in hexadecimal, and not '\(text)'"
      )
    }
    return digest
  }

  private func keyName(_ text: String) throws -> [UInt8] {
    guard let name = bytes(hexadecimal: text.utf8), TPMPublic.isName(name) else {
      throw ValidationError(
        "--ak takes the name of a TPM's key in hexadecimal, such as 000b and the SHA-256 digest of its public area, and not "
          + "'\(text)'")
    }
    return name
  }

  /// A key by its name, or by what is in a file.
  private func knownKey(_ text: String, _ console: Console) throws -> KnownKey {
    if let key = KnownKey(hexadecimal: text) { return key }
    let bytes = try readFile(text, limit: KnownKey.byteLimit)
    do throws(KnownKey.Problem) {
      return try KnownKey(file: bytes)
    } catch {
      console.say("error: '\(text)' holds no key of a device: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }

  private func read(_ path: String, _ console: Console) throws -> ChallengeSecret {
    let bytes = try readFile(path, limit: ChallengeSecret.byteLimit)
    do throws(EvidenceFormatError) {
      return try ChallengeSecret.decode(bytes)
    } catch {
      console.say("error: '\(path)' is not the secret of a challenge: \(error)")
      throw ExitStatus.inaccessible.code
    }
  }
}
