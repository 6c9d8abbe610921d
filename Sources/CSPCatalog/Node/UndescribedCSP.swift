/// CSPs that Windows has, or had, and that Microsoft's DDF files do not describe, or describe for phones only.
///
/// The source is Microsoft's configuration service provider reference: of the edition tables those that say no for every
/// edition of Windows and stand in none of the lists of other devices, and what left the reference together with
/// Windows 10 Mobile.
package enum UndescribedCSP {
  /// Whether the name, in any case, is that of a CSP whose nodes no catalogue knows.
  package static func contains(_ name: some StringProtocol) -> Bool { names.contains(name.lowercased()) }

  /// CSPs that only phones had, as they are spelled.
  static let phoneOnly = [
    "BrowserFavorite", "CMPolicyEnterprise", "DeviceInstanceService", "DeviceLock",
    "EnterpriseAssignedAccess",
    "EnterpriseExt", "EnterpriseExtFileSystem", "FileSystem", "HotSpot", "Maps", "Messaging", "PolicyManager",
    "RemoteRing", "VPN", "WindowsSecurityAuditing",
  ]

  /// Whether devices have the CSP, in any case of letters, although the newest DDF files are silent about it.
  static func isStillThere(_ name: some StringProtocol) -> Bool { others.contains(name.lowercased()) }

  private static let names = others.union(phoneOnly.map { $0.lowercased() })

  /// Surface Hubs have theirs still; its DDF was last published in 2022. That of Registry describes no more than the
  /// roots of the registry, and profiles for computers use it although Microsoft's reference dropped it.
  private static let others: Set<String> = [
    "application", "bootstrap", "cellularsettings", "cm_cellularentries", "cm_proxyentries", "cmpolicy",
    "enterpriseappmanagement", "nap", "napdef", "provisioning", "proxy", "pxlogical", "registry",
    "securitypolicy",
    "surfacehub", "windowsautopilot",
  ]
}
