import PolicyModel

/// The tools whose output can be read.
package enum ToolOutput: CaseIterable, Sendable {
  case dsregcmd, getTpm, endorsementKey, win32Tpm, tpmtool, manageBde, tpm2Capabilities

  /// Its parser.
  var parser: any ToolParser.Type {
    switch self {
    case .dsregcmd: DsregcmdStatus.self
    case .getTpm: GetTpm.self
    case .endorsementKey: EndorsementKeyInformation.self
    case .win32Tpm: Win32Tpm.self
    case .tpmtool: TpmtoolInformation.self
    case .manageBde: ManageBdeStatus.self
    case .tpm2Capabilities: TPM2Capabilities.self
    }
  }

  /// The facts that it can tell.
  package var names: [String] { parser.names }

  /// What the bytes that it printed say of them.
  package func findings(in bytes: [UInt8]) -> [String: Observation.Content] {
    parser.findings(in: ToolText(bytes)).contents
  }
}
