import Diagnostics
import PolicyModel

/// Which probe a command line asks for: `file:PATH`, `exec:PROGRAM`, `tpm`, `tpm:TCTI` or `eventlog:FILE`.
public enum ProbeSpec: Hashable, Sendable {
  /// A snapshot file; `-` is standard input.
  case file(path: String)
  /// A program and its arguments.
  case exec([String])
  /// A TPM behind a TCTI.
  case tpm(tcti: String)
  /// A boot log; `-` is standard input.
  case eventlog(path: String)

  /// Reads what follows `--probe`.
  ///
  /// A program with arguments is given as a JSON array: `exec:["probe.py","--fast"]`.
  public init(_ text: String) throws(ProbeSpecError) {
    let colon = text.firstIndex(of: ":")
    let kind = String(text[..<(colon ?? text.endIndex)])
    let rest = colon.map { String(text[text.index(after: $0)...]) }
    switch (kind, rest) {
    case ("file", let path?) where !path.isEmpty: self = .file(path: path)
    case ("file", _):
      throw ProbeSpecError("the probe 'file' needs a path", help: "write --probe file:snapshot.yaml")
    case ("exec", let command?) where !command.isEmpty: self = .exec(try Self.arguments(command))
    case ("exec", _):
      throw ProbeSpecError("the probe 'exec' needs a program", help: "write --probe exec:./probe.sh")
    case ("tpm", nil): self = .tpm(tcti: TPMProbe.defaultTCTI)
    case ("tpm", let tcti?) where !tcti.isEmpty: self = .tpm(tcti: tcti)
    case ("tpm", _):
      throw ProbeSpecError(
        "the probe 'tpm:' has no TCTI behind its colon",
        help: "write --probe tpm for \(TPMProbe.defaultTCTI), or --probe tpm:swtpm:host=127.0.0.1,port=2321")
    case ("eventlog", let path?) where !path.isEmpty: self = .eventlog(path: path)
    case ("eventlog", _):
      throw ProbeSpecError("the probe 'eventlog' needs a path", help: "write --probe eventlog:boot.log")
    default:
      throw ProbeSpecError("there is no probe '\(kind)' (in '\(text)')", help: Self.advice(kind, text))
    }
    if text.utf8.contains(0) { throw ProbeSpecError("a probe's name holds the character NUL", help: nil) }
  }

  private static func advice(_ kind: String, _ text: String) -> String {
    if let near = closest(to: kind, in: ["file", "exec", "tpm", "eventlog"]) {
      return "did you mean '\(near)\(text.dropFirst(kind.count))'?"
    }
    if ["device", "swtpm", "mssim", "tabrmd", "cmd"].contains(kind) { return "did you mean 'tpm:\(text)'?" }
    if text.hasSuffix(".log") || text.hasSuffix("binary_bios_measurements") {
      return "did you mean 'eventlog:\(text)'?"
    }
    if text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") || text.hasSuffix(".json") {
      return "did you mean 'file:\(text)'?"
    }
    return "the probes are file:PATH, exec:PROGRAM, tpm, tpm:TCTI and eventlog:FILE"
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

  /// The probe.
  public func probe(limits: ProgramLimits = ProgramLimits()) -> any DeviceProbe {
    switch self {
    case .file(let path): FileProbe(path: path)
    case .exec(let arguments): ExecProbe(arguments: arguments, limits: limits)
    case .tpm(let tcti): TPMProbe(tcti: tcti, seconds: limits.seconds)
    case .eventlog(let path): EventLogProbe(path: path)
    }
  }
}

/// Why a text names no probe.
public struct ProbeSpecError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One plain sentence.
  public let message: String
  /// What to write instead, or nil.
  public let help: String?

  init(_ message: String, help: String?) {
    self.message = message
    self.help = help
  }

  /// The sentence, then what to write instead.
  public var description: String { help.map { "\(message); \($0)" } ?? message }
}
