/// CSPs that Windows has, or had, and that Microsoft's DDF v2 files do not describe (they have DDF v1 at most).
enum UncataloguedCSP {
  /// Whether the name is one of them, in any case.
  static func contains(_ name: some StringProtocol) -> Bool { names.contains(name.lowercased()) }

  private static let names: Set<String> = [
    "accounts", "alljoynmanagement", "cellularsettings", "cleanpc", "cmpolicy", "cmpolicyenterprise",
    "customdeviceui", "deviceinstanceservice", "devicelock", "developersetup", "dmsessionactions",
    "dynamicmanagement", "enrollmentstatustracking", "enterpriseapn", "enterpriseappmanagement",
    "enterpriseappvmanagement", "enterpriseassignedaccess", "enterprisedataprotection", "enterpriseext",
    "enterpriseextfilesystem", "hotspot", "maps", "messaging", "multisim", "proxy", "registry", "remotefind",
    "remotering", "reporting", "securitypolicy", "storage", "supl", "surfacehub", "tenantlockdown",
    "tpmpolicy", "uefi", "unifiedwritefilter", "update", "vpn", "win32appinventory",
    "win32compatibilityappraiser", "windowsadvancedthreatprotection", "windowsautopilot",
    "windowssecurityauditing",
  ]
}
