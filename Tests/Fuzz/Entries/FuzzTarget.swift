/// A reader of bytes that strangers may have written. Each is fuzzed by itself and replays its own regressions.
///
/// Running one must end: without a trap, in bounded memory, and in time about linear in the input.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Versions and builds, from snapshots, programs and policies.
  case versions
  /// The text of a policy, cut into tokens.
  case lexer
  /// The text of a policy and its tree.
  case parser
  /// The findings about the text of a policy, as shown to people and machines.
  case renderer
  /// The text of a policy, up to its outputs and its test cases.
  case compiler
  /// JSON: compiled policies, snapshots, the output of programs.
  case json
  /// A compiled policy, up to its evaluation and the report.
  case compiled
  /// YAML: snapshots and the fact catalogue.
  case yaml
  /// XML, as payloads and DDF files have it.
  case xml
  /// DDF files, for `catalog import`.
  case ddf
  /// Zip archives, of which `catalog import` reads DDF files.
  case zip
  /// SyncML payloads, as `validate` reads them.
  case syncml
  /// Boot logs of the TCG, up to what is concluded from them.
  case eventlog
  /// What tools of Windows print; the first byte picks the tool.
  case tools
  /// Certificates in the NV memory of a TPM, and the keys that they are for.
  case storedcertificates
  /// Certificates in DER and PEM, up to the verdict on a chain.
  case der
  /// Challenges, their secrets, and the public areas of keys that take a challenge.
  case challenge
  /// The files of a recording, JSON, lists and reports of Windows.
  case windowsjson
  /// The files of a Linux machine, one input cut into many.
  case linuxfiles
  /// Tables of osquery.
  case osquery
  /// What a device answered to Gets, up to its facts.
  case syncmlanswers
  /// Reports of Device Health Attestation, up to their facts.
  case dha
  /// Tokens of Azure Attestation and the keys for them, up to their facts.
  case jwt
  /// Structures of a TPM: public keys, quotes and signatures.
  case quote
  /// Files of evidence, up to what is concluded from them.
  case evidence
  /// Files of reference values.
  case reference
  /// Tables of devices, by the mappings that are shipped; the first byte picks one.
  case fleetcsv
  /// Devices in JSON, by the mappings that are shipped; the first byte picks one.
  case fleetjson
  /// Mappings of the columns of a fleet's input.
  case fleetmapping
  /// The report over a fleet, in every format.
  case fleetformats
  /// A project's settings, policyc.yaml.
  case settings
  /// The text of a catalogue, as `--catalog` opens it.
  case catalogtext
  /// What `--targets`, `--build` and `--edition` take.
  case targets
  /// Several policy files that import each other.
  case imports
  /// Tables of devices in UTF-16 and in code page 932.
  case fleettext
  /// The plan whom of a fleet to ask to attest.
  case attestplan
  /// Runbooks for the device that a snapshot describes; the first byte picks one.
  case runbooks
  /// Several snapshots of one device, merged.
  case probesets
  /// Histories of an output folder; each byte is a decision.
  case outputs

  /// Reads the bytes, and traps when a property of the reader does not hold.
  package func run(_ bytes: [UInt8]) {
    switch self {
    case .versions: fuzzVersions(bytes)
    case .lexer: fuzzLexer(bytes)
    case .parser: fuzzParser(bytes)
    case .renderer: fuzzRenderer(bytes)
    case .compiler: fuzzCompiler(bytes)
    case .json: fuzzJSON(bytes)
    case .compiled: fuzzCompiled(bytes)
    case .yaml: fuzzYAML(bytes)
    case .xml: fuzzXML(bytes)
    case .ddf: fuzzDDF(bytes)
    case .zip: fuzzZip(bytes)
    case .syncml: fuzzSyncML(bytes)
    case .eventlog: fuzzEventLog(bytes)
    case .tools: fuzzTools(bytes)
    case .storedcertificates: fuzzStoredCertificates(bytes)
    case .der: fuzzDER(bytes)
    case .challenge: fuzzChallenge(bytes)
    case .windowsjson: fuzzRecording(bytes)
    case .linuxfiles: fuzzLinuxFiles(bytes)
    case .osquery: fuzzOsquery(bytes)
    case .syncmlanswers: fuzzSyncMLAnswers(bytes)
    case .dha: fuzzHealthReport(bytes)
    case .jwt: fuzzToken(bytes)
    case .quote: fuzzQuote(bytes)
    case .evidence: fuzzEvidence(bytes)
    case .reference: fuzzReference(bytes)
    case .fleetcsv: fuzzFleetTable(bytes)
    case .fleetjson: fuzzFleetJSON(bytes)
    case .fleetmapping: fuzzFleetMapping(bytes)
    case .fleetformats: fuzzFleetFormats(bytes)
    case .settings: fuzzSettings(bytes)
    case .catalogtext: fuzzCatalogText(bytes)
    case .targets: fuzzTargets(bytes)
    case .imports: fuzzImports(bytes)
    case .fleettext: fuzzFleetText(bytes)
    case .attestplan: fuzzAttestPlan(bytes)
    case .runbooks: fuzzRunbook(bytes)
    case .probesets: fuzzProbeSet(bytes)
    case .outputs: fuzzOutputs(bytes)
    }
  }
}
