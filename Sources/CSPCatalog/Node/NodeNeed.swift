/// What hardware a node needs to do anything, which no DDF says. Each claim names where it comes from.
package struct NodeNeed: Hashable, Sendable {
  /// The node, or the node above all that are meant, as the catalogue spells it.
  package let path: String
  /// What the device must have.
  package let need: HardwareNeed
  /// Where it is documented.
  package let source: String

  /// Every claim. The longest path that is a node or one above it counts.
  ///
  /// Nodes that only report are left out where they answer without the hardware too, such as
  /// `DeviceStatus/TPM/SpecificationVersion` (`Not available`) or `DMClient/…/RecoveryStatus` (`TPM not available`).
  package static let all: [NodeNeed] = [
    NodeNeed(
      "\(health)/TriggerAttestation", .tpm20,
      "HealthAttestation CSP: attestation of the TPM by Azure Attestation"),
    NodeNeed("\(health)/GetAttestReport", .tpm20, "HealthAttestation CSP: the report of TriggerAttestation"),
    NodeNeed(
      "\(health)/VerifyHealth", .tpm, "HealthAttestation CSP: device health attestation, TPM 1.2 or 2.0"),
    NodeNeed(
      "\(health)/Certificate", .tpm, "HealthAttestation CSP: the certificate that VerifyHealth obtains"),
    NodeNeed(
      "\(provider)/Recovery/InitiateRecovery", .tpmReady,
      "DMClient CSP: recovery into the TPM starts if the TPM is ready for attestation"),
    NodeNeed(
      "\(status)/CertAttestation", .tpm20, "Windows enrollment attestation: minimum TPM 2.0 on devices"),
    NodeNeed("\(status)/TPM/ManufacturerId", .tpm, "DeviceStatus CSP: a property of the TPM"),
    NodeNeed("\(status)/TPM/ManufacturerIdTxt", .tpm, "DeviceStatus CSP: a property of the TPM"),
    NodeNeed("\(status)/TPM/ManufacturerVersion", .tpm, "DeviceStatus CSP: a property of the TPM"),
    NodeNeed(
      "\(config)/DeviceGuard", .vbsHardware,
      "Policy CSP, DeviceGuard: settings of virtualization-based security"),
    NodeNeed(
      "\(config)/VirtualizationBasedTechnology", .vbsHardware,
      "Policy CSP, VirtualizationBasedTechnology: hypervisor-protected code integrity"),
    NodeNeed("\(config)/ADMX_TPM", .tpm, "TPM.admx: how the TPM is provisioned and locked out"),
    NodeNeed(
      "\(config)/ADMX_TPM/UseLegacyDAP_Name", .tpm20, "TPM.admx: dictionary attack parameters of a TPM 2.0"),
    NodeNeed(
      "\(config)/Security/ClearTPMIfNotReady", .tpm,
      "Policy CSP, Security: asks to clear a TPM that is not ready"),
    NodeNeed(
      "\(config)/Security/RequireRetrieveHealthCertificateOnBoot", .tpm,
      "Policy CSP, Security: boot logs of the TPM for health attestation"),
    NodeNeed("\(bitLocker)/SystemDrivesMinimumPINLength", .tpm, "BitLocker CSP: the startup PIN of a TPM"),
    NodeNeed("\(bitLocker)/SystemDrivesEnhancedPIN", .tpm, "BitLocker CSP: the startup PIN of a TPM"),
    NodeNeed(
      "\(bitLocker)/SystemDrivesDisallowStandardUsersCanChangePIN", .tpm,
      "BitLocker CSP: the startup PIN of a TPM"),
    NodeNeed(
      "\(hello(.user))/RequireSecurityDevice", .tpm, "PassportForWork CSP: Windows Hello only with a TPM"),
    NodeNeed(
      "\(hello(.device))/RequireSecurityDevice", .tpm, "PassportForWork CSP: Windows Hello only with a TPM"),
    NodeNeed(
      "\(hello(.device))/ExcludeSecurityDevices/TPM12", .tpm20,
      "PassportForWork CSP: a TPM 1.2 does not count"),
  ]

  /// The claim about a node, or nil when there is none.
  package static func of(locURI: String) -> NodeNeed? {
    all.filter { locURI == $0.path || locURI.hasPrefix($0.path + "/") }.max {
      $0.path.utf8.count < $1.path.utf8.count
    }
  }

  private static let vendor = "./Device/Vendor/MSFT"
  private static let health = "\(vendor)/HealthAttestation"
  private static let status = "\(vendor)/DeviceStatus"
  private static let provider = "\(vendor)/DMClient/Provider/{ProviderID}"
  private static let config = "\(vendor)/Policy/Config"
  private static let bitLocker = "\(vendor)/BitLocker"

  private static func hello(_ scope: CSPScope) -> String {
    "./\(scope == .user ? "User" : "Device")/Vendor/MSFT/PassportForWork/{TenantId}/Policies"
  }

  private init(_ path: String, _ need: HardwareNeed, _ source: String) {
    self.path = path
    self.need = need
    self.source = source
  }
}

extension CSPCatalog {
  /// What hardware a node needs to do anything, or nil when none is known. ``NodeNeed`` has the source.
  package func needs(of node: CSPNode) -> HardwareNeed? { NodeNeed.of(locURI: node.locURI)?.need }
}
