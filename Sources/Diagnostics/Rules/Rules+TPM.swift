extension DiagnosticCatalog {
  /// AP22xx: requirements on hardware and on each other.
  static let tpm: [DiagnosticRule] = [
    DiagnosticRule(
      "AP2201", .error, "hardware is needed that the policy does not require",
      cause: #"""
        A fact or node means nothing on a device without the TPM or the VBS hardware that it needs, and \#
        no rule is false on such a device. It would get no clear answer, or a command that it cannot \#
        carry out.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.version >= 2.0 }
        }
        """#,
      cure: "Require the hardware first; the message gives the rule to add.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.present and tpm.version >= 2.0 }
        }
        """#),
    DiagnosticRule(
      "AP2202", .error, "two requirements contradict each other",
      cause: #"""
        Two rules without a guard demand of one fact what no device can have at the same time, so that \#
        every device fails one of them.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.present and tpm.version >= 2.0 }
          require b { that tpm.version == 1.2 }
        }
        """#,
      cure: "Change one of the rules, or give each a 'when'.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.present and tpm.version >= 2.0 }
        }
        """#),
    DiagnosticRule(
      "AP2203", .warning, "a requirement is weaker than another",
      cause: #"""
        Another rule already demands more of the same fact, so this one changes nothing. It may be a \#
        threshold that was meant to be raised too.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.present and tpm.version >= 2.0 }
          require b { that tpm.version >= 1.2 }
        }
        """#,
      cure: "Remove the weaker rule or raise it.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.present and tpm.version >= 2.0 }
        }
        """#),
  ]
}
