extension DiagnosticCatalog {
  /// AP2029 to AP2034: policies that grow without bound, and policies that bind nobody.
  static let emptiness: [DiagnosticRule] = [
    DiagnosticRule(
      "AP2029", .error, "groups or conditions multiply beyond a limit",
      cause: #"""
        Rules groups that are included more than once, under different guards, and that include one another \#
        double with every level. A policy may have 10,000 clauses from such groups, and groups may include one \#
        another 64 deep. Conditions that name thousands of builds and thousands of revisions multiply too.
        """#,
      example: #"""
        rules a { require tpm { that tpm.present } }
        rules b { include a when boot.uefi  include a when os.s_mode }
        rules c { include b when os.build < 10.0.22000  include b when os.build >= 10.0.22000 }
        // … and so on for 14 levels
        """#,
      cure: #"""
        Include each group once, and put the guards into its rules. Compare builds with '<' and '>=' instead of \#
        naming each.
        """#,
      corrected: #"""
        rules a { require tpm { when boot.uefi or os.s_mode  that tpm.present } }
        """#),
    DiagnosticRule(
      "AP2030", .warning, "a policy asks nothing and sets nothing",
      cause: "The policy has neither a rule nor a command, so it says nothing of any device.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
        }
        """#,
      cure: "Add what devices must show, or what the MDM sends; include the rules group that was meant.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2031", .warning, "no device receives a policy",
      cause: #"""
        The clauses of 'applies' exclude one another: they must all be true of a device, and no Windows build, or \#
        no value of some fact, allows that. The policy is not applicable everywhere, which looks like a pass in reports that count \#
        failures.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11 23H2
          applies when os.build < 10.0.22000
          require tpm { that tpm.present }
        }
        """#,
      cure: #"""
        Remove one of the clauses, or join their conditions with 'or' in one 'applies when'.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11 23H2
          applies when os.build >= 10.0.22631.2792
          require tpm { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2032", .warning, "a guarded clause concerns no device",
      cause: #"""
        The guard of a rule or command can be true on no device that receives the policy: it lies outside of 'applies', it \#
        contradicts a guard around it, or a param fixes it to false. The rule is asked of nobody, and the command is sent to \#
        nobody.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { when os.product == windows_10 that tpm.present }
        }
        """#,
      cure: #"""
        Correct the guard, or remove the clause. A rule that a param switches off on purpose can say so with a waiver.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { when os.build >= 10.0.22621 that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2033", .warning, "a rule that no device can fail",
      cause: #"""
        The condition of the rule is never false on a device of which it is asked: it is true whatever the value \#
        of its facts, or 'applies' or the guard say the same already. At most a fact that cannot be read makes it unknown.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm    { that tpm.present }
          require modern { that os.build >= 10.0.22000 }
        }
        """#,
      cure: "Ask what was meant, or remove the rule.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm    { that tpm.present }
          require modern { that os.build >= 10.0.22621 }
        }
        """#),
    DiagnosticRule(
      "AP2034", .warning, "every requirement allows unknown",
      cause: #"""
        All 'require' rules of the policy say 'unknown allowed', so a device of which nothing is known complies. \#
        Whoever keeps the facts from being read passes.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require named { that attestation.token_has_device unknown allowed }
        }
        """#,
      cure: "Require something that devices tell of themselves, too.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm   { that tpm.present }
          require named { that attestation.token_has_device unknown allowed }
        }
        """#),
  ]
}
