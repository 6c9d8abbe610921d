extension DiagnosticCatalog {
  /// SM16xx: commands against the nodes of the CSP catalogue.
  static let payloadNodes: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1601", .error, "a node does not exist",
      cause: """
        The CSP catalogue has no node of this path; a device answers 404. Where an earlier release had the node, the message says what \
        became of it: it moved, it was for phones only, or it is gone. What is gone is a warning, as older devices may have it still.
        """,
      example: "./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinPasswordLength",
      cure: "Check the spelling: policyc catalog show PATH prints a node, or the near ones.",
      corrected: "./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinDevicePasswordLength"),
    DiagnosticRule(
      "SM1602", .warning, "a CSP is not in the catalogue",
      cause: """
        Microsoft has described this CSP in none of its DDF files, or the path belongs to a template that was brought in with ADMXInstall. Whether \
        the device has the node cannot be told. Where only an old description (DDF v1) is known, it is a note.
        """,
      example: "./Device/Vendor/MSFT/CellularSettings/DataRoam",
      cure: "Check the path against the documentation of the CSP.",
      corrected: "(the same path, once its CSP's documentation confirms it)"),
    DiagnosticRule(
      "SM1603", .error, "a node exists only in the other scope",
      cause: """
        The path is right but for ./User or ./Device: the node exists for users only, or for the device only. It is a warning where \
        that is known from DDF v1 alone, which often names one scope of two.
        """,
      example: "./User/Vendor/MSFT/Reboot/RebootNow",
      cure: "Write the scope that has the node.",
      corrected: "./Device/Vendor/MSFT/Reboot/RebootNow"),
    DiagnosticRule(
      "SM1604", .warning, "a path differs from the node's in case",
      cause:
        """
        Most CSPs overlook case, but not all do, and servers that compare paths take the two for different settings. Where the DDF \
        says that case matters it is an error, where it says that case is ignored a note.
        """,
      example: "./Vendor/MSFT/HealthAttestation/CorrelationId",
      cure: "Write the path as the catalogue has it.",
      corrected: "./Vendor/MSFT/HealthAttestation/CorrelationID"),
    DiagnosticRule(
      "SM1605", .error, "a node does not accept the command",
      cause: "The node's access types do not include this command; a device answers 405.",
      example: "<Replace> … ./Vendor/MSFT/DeviceStatus/OS/Edition … </Replace>",
      cure: "Write a command that the node accepts; a node that only accepts Get can only be read.",
      corrected: "<Get> … ./Vendor/MSFT/DeviceStatus/OS/Edition … </Get>"),
    DiagnosticRule(
      "SM1606", .error, "a value has another format than its node",
      cause: "The Format of the item is not the node's; a device answers 415 or 500.",
      example: "<Format xmlns=\"syncml:metinf\">chr</Format> … <Data>8</Data>",
      cure: "Write the node's format.",
      corrected: "<Format xmlns=\"syncml:metinf\">int</Format> … <Data>8</Data>"),
    DiagnosticRule(
      "SM1607", .warning, "a value states no format",
      cause:
        "Without Meta/Format a device assumes chr, which is not this node's format. Many nodes convert it, some refuse it.",
      example: "<Item><Target> … /MinDevicePasswordLength … </Target><Data>8</Data></Item>",
      cure: "Add Meta with the node's Format.",
      corrected: """
        <Item><Target> … /MinDevicePasswordLength … </Target>
          <Meta><Format xmlns="syncml:metinf">int</Format></Meta><Data>8</Data></Item>
        """),
    DiagnosticRule(
      "SM1608", .warning, "a node must be written in an Atomic",
      cause: "Its CSP takes the settings of the node together, and asks for an Atomic around them.",
      example: "<Replace> … LAPS/Policies/BackupDirectory … </Replace>",
      cure: "Put the node and its settings into one Atomic.",
      corrected:
        "<Atomic><CmdID>1</CmdID><Replace> … LAPS/Policies/BackupDirectory … </Replace></Atomic>"),
    DiagnosticRule(
      "SM1609", .warning, "a payload adds what the device names itself",
      cause: """
        The DDF says that the device lists these nodes from what it has (ClientInventory). It accepts Add, but a name that the device \
        does not have may be refused.
        """,
      example:
        "<Add> … EnterpriseModernAppManagement/AppManagement/AppStore/Contoso.App_8wekyb3d8bbwe … </Add>",
      cure: "Get the parent to see which there are, and use the node of the CSP that installs.",
      corrected: "<Add> … EnterpriseModernAppManagement/AppInstallation/Contoso.App_8wekyb3d8bbwe … </Add>"),
    DiagnosticRule(
      "SM1610", .warning, "a node is deprecated",
      cause: """
        Microsoft's DDF marks the node, or one above it, as no longer recommended, from the build that the message names on. It may \
        still work, do nothing, or be gone with a later Windows. Where only older Windows is targeted, nothing is said.
        """,
      example: "./Device/Vendor/MSFT/Policy/Config/Experience/AllowVoiceRecording",
      cure: "Use what replaces it, or target only Windows on which it is not deprecated.",
      corrected: "./Device/Vendor/MSFT/Policy/Config/Privacy/LetAppsAccessMicrophone"),
    DiagnosticRule(
      "SM1611", .note, "a change restarts the device",
      cause:
        "The DDF says that the device restarts by itself when the node changes, or that the change waits for a restart.",
      example: "./Device/Vendor/MSFT/AppLocker/ApplicationLaunchRestrictions/Apps/EXE/Policy",
      cure: "Send it when people can spare their devices.",
      corrected: "the same, in a maintenance window"),
    DiagnosticRule(
      "SM1612", .warning, "more instances of a node than its parent holds",
      cause:
        "The DDF says that the node occurs once below its parent, and the payload adds two of different names.",
      example: "<Add> … NodeCache/ServerA … </Add> <Add> … NodeCache/ServerB … </Add>",
      cure: "Keep one of the two.",
      corrected: "<Add> … NodeCache/ServerA … </Add>"),
  ]
}
