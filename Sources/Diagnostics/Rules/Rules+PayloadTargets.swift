extension DiagnosticCatalog {
  /// SM19xx: whether the devices that a payload is for have its nodes.
  static let payloadTargets: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1901", .error, "no target has a node",
      cause: """
        The payload is meant for branches of Windows of which none has the node, so that every device answers 404. Branches are \
        compared one by one: what was brought to an older branch by an update needs that update there.
        """,
      example: "policyc validate --targets 'windows 10 1809' …/LAPS/Policies/BackupDirectory",
      cure: "Leave the node out, or target the Windows that has it.",
      corrected: "policyc validate --targets 'windows 11 22H2' …/LAPS/Policies/BackupDirectory"),
    DiagnosticRule(
      "SM1902", .warning, "some targets lack a node",
      cause: "Devices of the branches that the message names answer 404; the others take the setting.",
      example: "policyc validate --targets 'windows 10 22H2, windows 11' …/Config/Start/ConfigureStartPins",
      cure:
        "Send the setting to the other devices alone. Without --targets, every branch in service is meant: name those that you have.",
      corrected: "policyc validate --targets 'windows 11' …/Config/Start/ConfigureStartPins"),
    DiagnosticRule(
      "SM1903", .note, "a target has a node from a revision on",
      cause: """
        An update brought the node to the branch. Devices of the branch with a lower revision answer 404, and no revision was \
        given that would tell which devices are meant.
        """,
      example: "policyc validate --targets 'windows 11 21H2' …/DeviceStatus/CertAttestation",
      cure: "Name the build that the devices have.",
      corrected: "policyc validate --build 10.0.22000.2713 …/DeviceStatus/CertAttestation"),
    DiagnosticRule(
      "SM1904", .error, "no released Windows has a node",
      cause: """
        The DDF marks the node with a build such as 99.9.99999: when the catalogue was made, no Windows that has it was released. A \
        device answers 404.
        """,
      example: "…/Policy/Config/DeviceGuard/MachineIdentityIsolation",
      cure: "Leave the node out until a catalogue names its build.",
      corrected: "…/Policy/Config/DeviceGuard/LsaCfgFlags"),
    DiagnosticRule(
      "SM1905", .error, "an edition lacks a node",
      cause: """
        The DDF lists the editions that have the node, and those that were named are not among them. It is a warning where one of \
        several editions lacks it.
        """,
      example: "policyc validate --edition home …/Config/DeviceGuard/LsaCfgFlags",
      cure: "Leave the node out, or send it to devices with an edition that has it.",
      corrected: "policyc validate --edition enterprise …/Config/DeviceGuard/LsaCfgFlags"),
  ]
}
