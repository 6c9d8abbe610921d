import Diagnostics
import PolicyModel

/// Which probe a command line asks for: a kind and what it reads, such as `file:laptop.yaml` or `tpm`.
package struct ProbeSpec: Hashable, Sendable {
  /// The kind of probe.
  package let kind: ProbeKind
  /// What follows the colon, read; `exec` may have several words, and what reads nothing has none.
  package let words: [String]

  /// Reads what follows `--probe`.
  ///
  /// A program with arguments is given as a JSON array: `exec:["probe.py","--fast"]`.
  package init(_ text: String) throws(ProbeSpecError) {
    let colon = text.firstIndex(of: ":")
    let name = String(text[..<(colon ?? text.endIndex)])
    let rest = colon.map { String(text[text.index(after: $0)...]) }
    guard let kind = ProbeKind(rawValue: name) else {
      throw ProbeSpecError("there is no probe '\(name)' (in '\(text)')", help: Self.advice(name, text))
    }
    self.kind = kind
    switch (kind.subject, rest) {
    case (.path, let path?) where !path.isEmpty: words = [path]
    case (.path(let example), _):
      throw ProbeSpecError("the probe '\(name)' needs a path", help: "write --probe \(name):\(example)")
    case (.program, let command?) where !command.isEmpty: words = try Self.arguments(command)
    case (.program, _):
      throw ProbeSpecError("the probe '\(name)' needs a program", help: "write --probe \(name):./probe.sh")
    case (.tcti, nil): words = [TPMProbe.defaultTCTI]
    case (.tcti, let tcti?) where !tcti.isEmpty: words = [tcti]
    case (.tcti, _):
      throw ProbeSpecError(
        "the probe 'tpm:' has no TCTI behind its colon",
        help: "write --probe tpm for \(TPMProbe.defaultTCTI), or --probe tpm:swtpm:host=127.0.0.1,port=2321")
    case (.none, nil): words = []
    case (.none, _):
      throw ProbeSpecError(
        "the probe '\(name)' reads this machine and takes no name behind a colon",
        help: "write --probe \(name)")
    }
    if text.utf8.contains(0) { throw ProbeSpecError("a probe's name holds the character NUL", help: nil) }
  }

  private static func advice(_ name: String, _ text: String) -> String {
    if let near = closest(to: name, in: ProbeKind.allCases.map(\.rawValue)) {
      return "did you mean '\(near)\(text.dropFirst(name.count))'?"
    }
    if ["device", "swtpm", "mssim", "tabrmd", "cmd"].contains(name) { return "did you mean 'tpm:\(text)'?" }
    if text.hasSuffix(".log") || text.hasSuffix("binary_bios_measurements") {
      return "did you mean 'eventlog:\(text)'?"
    }
    if text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") || text.hasSuffix(".json") {
      return "did you mean 'file:\(text)'?"
    }
    return "the probes are \(ProbeKind.allCases.map(\.form).joined(separator: ", "))"
  }

  private static func arguments(_ command: String) throws(ProbeSpecError) -> [String] {
    guard command.hasPrefix("[") else { return [command] }
    let help = #"write --probe 'exec:["./probe.py","--fast"]'"#
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: Array(command.utf8), limits: JSONLimits(bytes: 1 << 17, depth: 2))
    } catch {
      throw ProbeSpecError("the probe 'exec' has arguments that are not JSON: \(error)", help: help)
    }
    guard case .array(let items) = value, !items.isEmpty else {
      throw ProbeSpecError("the probe 'exec' needs a program in its list of arguments", help: help)
    }
    var arguments: [String] = []
    for item in items {
      guard case .string(let text) = item, !text.utf8.contains(0) else {
        throw ProbeSpecError(
          "the probe 'exec' has \(item.kind) among its arguments; all are strings", help: help)
      }
      arguments.append(text)
    }
    guard arguments.first?.isEmpty == false else {
      throw ProbeSpecError("the probe 'exec' has an empty program name", help: help)
    }
    return arguments
  }

  /// The probe; an error when it needs an option that is not there.
  package func probe(_ options: ProbeOptions = ProbeOptions()) throws(ProbeSpecError) -> any DeviceProbe {
    let word = words.first ?? ""
    switch kind {
    case .file: return FileProbe(path: word)
    case .exec: return ExecProbe(arguments: words, limits: options.limits)
    case .tpm: return TPMProbe(tcti: word, seconds: options.limits.seconds)
    case .eventlog: return EventLogProbe(path: word)
    case .windows: return WindowsProbe(limits: options.limits)
    case .recording: return RecordingProbe(path: word)
    case .linux: return LinuxProbe()
    case .osquery: return OsqueryProbe(path: word)
    case .syncml: return SyncMLProbe(path: word)
    case .dha: return HealthReportProbe(path: word)
    case .maa:
      return AttestationTokenProbe(
        path: word, keys: options.maaKeys, issuer: options.maaIssuer, nonce: options.maaNonce)
    case .evidence:
      guard let evidence = options.evidence else {
        throw ProbeSpecError(
          "evidence cannot be judged without the nonce that the device was asked to have quoted",
          help: "give it in hexadecimal with --nonce")
      }
      return EvidenceProbe(path: word, options: evidence)
    }
  }
}

/// What a command line says for all its probes together.
package struct ProbeOptions: Sendable {
  /// What a program or a TPM may take.
  package var limits: ProgramLimits
  /// The nonce that Azure Attestation was to bind its token to.
  package var maaNonce: [UInt8]?
  /// A file with the keys by which Azure Attestation signs its tokens.
  package var maaKeys: String?
  /// The instance of Azure Attestation whose tokens are trusted, by its `iss`.
  package var maaIssuer: String?
  /// What evidence is judged by; nil where no nonce was given.
  package var evidence: EvidenceOptions?

  /// Options with these limits.
  package init(limits: ProgramLimits = ProgramLimits(), evidence: EvidenceOptions? = nil) {
    self.limits = limits
    self.evidence = evidence
  }
}

/// Why a text names no probe.
package struct ProbeSpecError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One plain sentence.
  package let message: String
  /// What to write instead, or nil.
  package let help: String?

  init(_ message: String, help: String?) {
    self.message = message
    self.help = help
  }

  /// The sentence, then what to write instead.
  package var description: String { help.map { "\(message); \($0)" } ?? message }
}
