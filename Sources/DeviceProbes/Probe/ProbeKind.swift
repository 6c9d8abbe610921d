/// The kinds of probes, as the command line and `policyc.yaml` name them.
package enum ProbeKind: String, Hashable, Sendable, CaseIterable {
  case file, exec, tpm, eventlog, windows, recording, linux, osquery, syncml, dha, maa, evidence

  /// What follows the colon behind the kind.
  enum Subject: Hashable, Sendable {
    /// A path, with an example of one.
    case path(example: String)
    /// A program, or a JSON array of a program and its arguments.
    case program
    /// A TCTI of tpm2-tss, which may be left out.
    case tcti
    /// Nothing at all.
    case none
  }

  /// What follows the colon.
  var subject: Subject {
    switch self {
    case .file: .path(example: "snapshot.yaml")
    case .exec: .program
    case .tpm: .tcti
    case .eventlog: .path(example: "boot.log")
    case .windows: .none
    case .recording: .path(example: "laptop")
    case .linux: .none
    case .osquery: .path(example: "tables.json")
    case .syncml: .path(example: "answer.xml")
    case .dha: .path(example: "report.xml")
    case .maa: .path(example: "token.jwt")
    case .evidence: .path(example: "evidence.json")
    }
  }

  /// How the probe is written, such as `eventlog:FILE`.
  package var form: String {
    switch self {
    case .file: "file:PATH"
    case .exec: "exec:PATH"
    case .tpm: "tpm[:TCTI]"
    case .eventlog: "eventlog:FILE"
    case .windows: "windows"
    case .recording: "recording:DIR"
    case .linux: "linux"
    case .osquery: "osquery:FILE"
    case .syncml: "syncml:FILE"
    case .dha: "dha:FILE"
    case .maa: "maa:FILE"
    case .evidence: "evidence:FILE"
    }
  }

  /// What it reads, in a few words without a full stop.
  package var summary: String {
    switch self {
    case .file: "a snapshot of facts in YAML or JSON"
    case .exec: "a program that prints facts as JSON; it is run"
    case .tpm: "the TPM, by default the kernel's /dev/tpmrm0; a TCTI such as cmd:… or a path runs code"
    case .eventlog: "a boot log of Windows, or of a Linux firmware"
    case .windows: "the Windows of this machine, also from WSL, through its own tools"
    case .recording: "a folder with the saved output of Windows' tools"
    case .linux: "the Linux that policyc runs on"
    case .osquery: "JSON of osquery's tables"
    case .syncml: "what a device answered to the Gets of a payload"
    case .dha: "a report of Device Health Attestation"
    case .maa: "a token of Azure Attestation; --maa-keys verifies it"
    case .evidence: "what policyc attest wrote; needs --nonce"
    }
  }

  /// The probes that read this machine, for a command line that names none: of Windows when it runs here, WSL's beside it included, and of the
  /// kernel's TPM and Linux elsewhere.
  package static var ofThisMachine: [ProbeKind] {
    WindowsProbe.systemRootOfThisMachine == nil ? [.tpm, .linux] : [.windows]
  }

  /// The kinds in two columns, for help texts.
  package static var table: String {
    let width = allCases.map(\.form.count).max() ?? 0
    return allCases.map { kind in
      "  \(kind.form)\(String(repeating: " ", count: width - kind.form.count))  \(kind.summary)"
    }.joined(separator: "\n")
  }
}
