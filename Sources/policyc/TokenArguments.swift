import ArgumentParser
import DeviceProbes

/// What a command line says for judging tokens of Azure Attestation.
struct TokenArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The keys by which Azure Attestation signs, as the instance has them at /certs.", valueName: "FILE"))
  var maaKeys: String?

  @Option(
    help: ArgumentHelp("The instance of Azure Attestation whose policy is trusted.", valueName: "URL"))
  var maaIssuer: String?

  /// The options as values.
  var judgement: TokenJudgement { TokenJudgement(keys: maaKeys, issuer: maaIssuer) }
}

/// How tokens are to be judged, as the command line has it.
struct TokenJudgement: Equatable {
  var keys: String?
  var issuer: String?
}

extension ProbeOptions {
  /// The same options with what a command line says for tokens.
  func with(_ tokens: TokenJudgement) -> ProbeOptions {
    var options = self
    options.maaKeys = tokens.keys
    options.maaIssuer = tokens.issuer
    return options
  }
}
