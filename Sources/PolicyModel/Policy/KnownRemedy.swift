/// The remedies that a rule may name.
public enum KnownRemedy: String, Hashable, Sendable, CaseIterable {
  case rebootAndRetry = "reboot_and_retry"
  case retryAttestation = "retry_attestation"
  case checkNetwork = "check_network"
  case updateWindows = "update_windows"
  case updateFirmware = "update_firmware"
  case enableTPM = "enable_tpm"
  case prepareTPM = "prepare_tpm"
  /// Loses every key that the TPM holds: a volume that BitLocker locked with one opens with its recovery key alone.
  case clearTPM = "clear_tpm"
  case registerDevice = "register_device"
  case enableSecureBoot = "enable_secure_boot"
  case enableVBS = "enable_vbs"
  case enableHVCI = "enable_hvci"
  case enableCredentialGuard = "enable_credential_guard"
  case enableDMAProtection = "enable_dma_protection"
  case enableBitLocker = "enable_bitlocker"
  case usePhysicalDevice = "use_physical_device"
  case replaceDevice = "replace_device"
  case contactManufacturer = "contact_manufacturer"
}
