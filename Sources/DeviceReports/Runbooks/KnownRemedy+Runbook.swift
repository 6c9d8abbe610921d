import PolicyModel

extension KnownRemedy {
  /// How to carry it out. Only the runbooks that are asked for are made.
  package var runbook: Runbook {
    switch self {
    case .rebootAndRetry: .rebootAndRetry
    case .retryAttestation: .retryAttestation
    case .checkNetwork: .checkNetwork
    case .updateWindows: .updateWindows
    case .updateFirmware: .updateFirmware
    case .enableTPM: .enableTPM
    case .prepareTPM: .prepareTPM
    case .clearTPM: .clearTPM
    case .registerDevice: .registerDevice
    case .enableSecureBoot: .enableSecureBoot
    case .enableVBS: .enableVBS
    case .enableHVCI: .enableHVCI
    case .enableCredentialGuard: .enableCredentialGuard
    case .enableDMAProtection: .enableDMAProtection
    case .enableBitLocker: .enableBitLocker
    case .usePhysicalDevice: .usePhysicalDevice
    case .replaceDevice: .replaceDevice
    case .contactManufacturer: .contactManufacturer
    }
  }
}
