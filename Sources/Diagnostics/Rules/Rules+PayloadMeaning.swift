extension DiagnosticCatalog {
  /// SM18xx: what the commands of a payload mean together.
  static let payloadMeaning: [DiagnosticRule] = [
    DiagnosticRule(
      "SM1801", .warning, "two commands write one node differently",
      cause: """
        The payload gives a node two values, or sets it and deletes it. A device carries the commands out in order, so that the last \
        one counts. ./Vendor and ./Device/Vendor are the same; numbers and bools are compared by what they mean.
        """,
      example: "<Replace> … AllowTelemetry … 1 </Replace> <Replace> … AllowTelemetry … 0 </Replace>",
      cure: "Remove the one that is not meant.",
      corrected: "<Replace> … AllowTelemetry … 0 </Replace>"),
    DiagnosticRule(
      "SM1802", .note, "a node is written twice with the same value",
      cause: "The second command changes nothing. It may have been meant for another node.",
      example: "<Replace> … AllowTelemetry … 1 </Replace> <Replace> … AllowTelemetry … 1 </Replace>",
      cure: "Remove one of the two.",
      corrected: "<Replace> … AllowTelemetry … 1 </Replace>"),
    DiagnosticRule(
      "SM1803", .error, "a setting contradicts what it depends on",
      cause: """
        The DDF says that the setting needs another node to have certain values (DependsOn), or not to have them, and the payload \
        itself gives that node another one.
        """,
      example: "EnableFirewall false, DefaultInboundAction 1",
      cure: "Give the other node the value that is needed, or leave the setting out.",
      corrected: "EnableFirewall true, DefaultInboundAction 1"),
    DiagnosticRule(
      "SM1804", .warning, "a setting depends on one that the payload does not set",
      cause: """
        The setting works only while another node has certain values, and the payload leaves that node as it is. It is a note where \
        the value that the node has by default is one of them. Told once for each node that is depended on.
        """,
      example: "LAPS/Policies/ADPasswordEncryptionEnabled true",
      cure: "Set the other node in the same payload.",
      corrected: "LAPS/Policies/BackupDirectory 2, LAPS/Policies/ADPasswordEncryptionEnabled true"),
    DiagnosticRule(
      "SM1805", .note, "a value leaves other settings without effect",
      cause:
        "The value switches a feature off, or to another way of working, while the payload sets what depends on it.",
      example: "EnableFirewall false, DefaultInboundAction 1, LogMaxFileSize 1024",
      cure: "Switch the feature on, or leave the settings out that depend on it.",
      corrected: "EnableFirewall true, DefaultInboundAction 1, LogMaxFileSize 1024"),
    DiagnosticRule(
      "SM1806", .error, "a value is not allowed beside another setting",
      cause: """
        While another node has the value that the payload gives it, the DDF lists other values for this one \
        (DependencyChangedAllowedValues) than it takes otherwise.
        """,
      example: "LAPS/Policies/BackupDirectory 1, LAPS/Policies/PasswordAgeDays 3",
      cure: "Write a value that the message names.",
      corrected: "LAPS/Policies/BackupDirectory 1, LAPS/Policies/PasswordAgeDays 7"),
    DiagnosticRule(
      "SM1807", .note, "a payload is too large to be compared with itself as a whole",
      cause:
        "A bounded number of nodes is remembered; those behind are judged each for itself and not against the others.",
      example: "(a payload that writes 100,000 different nodes)",
      cure: "Split the payload.",
      corrected: "(two payloads of 50,000 nodes)"),
  ]
}
