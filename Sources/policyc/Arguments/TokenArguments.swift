import ArgumentParser
import DeviceProbes
import TPMEvidence

/// What a command line says for judging tokens of Azure Attestation.
struct TokenArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The keys by which Azure Attestation signs, as the instance has them at /certs.", valueName: "FILE"))
  var maaKeys: String?

  @Option(
    help: ArgumentHelp("The instance of Azure Attestation whose policy is trusted.", valueName: "URL"))
  var maaIssuer: String?

  @Option(
    help: ArgumentHelp("The nonce that Azure Attestation was to bind the token to.", valueName: "HEX"))
  var maaNonce: String?

  func validate() throws {
    guard let maaNonce else { return }
    let least = Evidence.nonceByteCounts.lowerBound
    guard let nonce = bytes(hexadecimal: maaNonce.utf8), nonce.count >= least else {
      throw ValidationError("--maa-nonce takes at least \(least) bytes in hexadecimal, and not '\(maaNonce)'")
    }
  }

  /// The options as values.
  var judgement: TokenJudgement {
    TokenJudgement(
      keys: maaKeys, issuer: maaIssuer, nonce: maaNonce.flatMap { bytes(hexadecimal: $0.utf8) })
  }
}

/// How tokens are to be judged, as the command line has it.
struct TokenJudgement: Equatable {
  var keys: String?
  var issuer: String?
  var nonce: [UInt8]?
}

extension ProbeOptions {
  /// The same options with what a command line says for tokens.
  func with(_ tokens: TokenJudgement) -> ProbeOptions {
    var options = self
    options.maaKeys = tokens.keys
    options.maaIssuer = tokens.issuer
    options.maaNonce = tokens.nonce
    return options
  }
}
