/// The TPM, as the cmdlet and the CIM class tell it. Their parsers read lists, so that the objects are printed for them.
///
/// `OwnerAuth`, which may hold a secret, is not asked for.
enum TrustedModuleQuestions {
  static let all = [cmdlet, instance]

  static let cmdlet = WindowsQuestion(
    "Get-Tpm", needsAdministrator: true, parser: GetTpm.self,
    expression: """
      Get-Tpm | Select-Object TpmPresent, TpmReady, TpmEnabled, TpmActivated, TpmOwned, ManufacturerId,
        ManufacturerIdTxt, ManufacturerVersion, ManufacturerVersionFull20, LockedOut, LockoutCount, LockoutMax
      """)

  static let instance = WindowsQuestion(
    "Win32_Tpm", needsAdministrator: true, parser: Win32Tpm.self,
    expression: """
      Get-CimInstance Win32_Tpm -Namespace root/cimv2/Security/MicrosoftTpm |
        Select-Object SpecVersion, ManufacturerId, ManufacturerIdTxt, ManufacturerVersion,
          ManufacturerVersionFull20, IsEnabled_InitialValue, IsActivated_InitialValue, IsOwned_InitialValue
      """)
}
