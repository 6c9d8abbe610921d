extension DiagnosticCatalog {
  /// AP30xx: CSP nodes and their values.
  static let csp: [DiagnosticRule] = [
    DiagnosticRule(
      "AP3001", .error, "a node is not in the catalogue",
      cause: #"""
        The path leads to no node that Microsoft's DDF files describe, so a device would answer 404.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootStat
        }
        """#,
      cure: "Correct the path. A CSP that the catalogue lacks can be used with a waiver.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootState
        }
        """#),
    DiagnosticRule(
      "AP3002", .error, "a node does not allow the command",
      cause: #"""
        Each node has a set of commands that it accepts. A device answers any other with 405.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          set ./Device/Vendor/MSFT/DeviceStatus/SecureBootState = 1
        }
        """#,
      cure: "Use a command that the message lists, or another node.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootState
        }
        """#),
    DiagnosticRule(
      "AP3003", .error, "a value is not of the node's format",
      cause: #"""
        A node takes a number, a text, true or false, a list, or a group policy's enabled and disabled, \#
        and the value is of another kind. A device would answer 415.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = "on"
        }
        """#,
      cure: "Write the value in the format that the message names.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP3004", .error, "a node is addressed in the wrong scope",
      cause: #"""
        The node exists below ./Device or below ./User only, and the path names the other one.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./User/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#,
      cure: "Address the node in the scope that it has.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP3005", .error, "a placeholder cannot be filled",
      cause: #"""
        A name in braces inside a path is filled from the param of that name; there is none, or its \#
        value cannot name a node.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DMClient/Provider/{provider}/EntDMID
        }
        """#,
      cure: "Declare the param, or correct the name.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param provider: string = "MS DM Server"
          collect ./Device/Vendor/MSFT/DMClient/Provider/{provider}/EntDMID
        }
        """#),
    DiagnosticRule(
      "AP3007", .error, "value is outside the node's allowed values",
      cause: #"""
        The node lists the values, ranges or flags that it takes, and the value is none of them.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 3
        }
        """#,
      cure: "Use an allowed value; the message lists them.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP3008", .warning, "a node asks for an Atomic",
      cause: #"""
        The DDF says that the settings of this node belong together and have to be sent inside one \#
        Atomic.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11 24H2 or newer
          set ./Device/Vendor/MSFT/LAPS/Policies/PasswordAgeDays = 30
        }
        """#,
      cure: "Put the settings of the node into one atomic group.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11 24H2 or newer
          atomic { set ./Device/Vendor/MSFT/LAPS/Policies/PasswordAgeDays = 30 }
        }
        """#),
    DiagnosticRule(
      "AP3009", .warning, "an atomic group mixes unrelated nodes",
      cause: #"""
        An Atomic is undone as a whole when one of its commands is refused, so that one setting a device \#
        lacks takes unrelated ones with it.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          atomic {
            set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
            set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0
          }
        }
        """#,
      cure: "Use one group for each CSP, or none.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          atomic { set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1 }
          set ./Device/Vendor/MSFT/Policy/Config/DmaGuard/DeviceEnumerationPolicy = 0
        }
        """#),
    DiagnosticRule(
      "AP3010", .error, "a node is addressed twice",
      cause: #"""
        Two commands of the policy write one node. With different values the last one wins on the \#
        device, whatever the author meant.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 2
        }
        """#,
      cure: "Keep one of the two, or guard them so that no device gets both.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP3011", .error, "a CSP path is malformed",
      cause: #"""
        A path begins with ./, separates its segments with single slashes, and holds no white space, \#
        backslash or '..'.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect "/Device/Vendor/MSFT/DeviceStatus/SecureBootState"
        }
        """#,
      cure: "Write the whole path from ./ on.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootState
        }
        """#),
    DiagnosticRule(
      "AP3012", .error, "an atomic group collects",
      cause: #"""
        Windows answers a Get inside an Atomic with status 500, and the whole Atomic with 507.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          atomic { collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootState }
        }
        """#,
      cure: "Move the collect out of the group.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          collect ./Device/Vendor/MSFT/DeviceStatus/SecureBootState
        }
        """#),
    DiagnosticRule(
      "AP3013", .warning, "a text is none that a fact has",
      cause: #"""
        A fact is compared with a text, or a device of a test has one, that no device is known to have. \#
        The maker of a TPM is its id of the TCG's registry, such as IFX or INTC, and not its name. A rule \#
        with such a guard is asked of nobody, and passes everywhere.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { that tpm.present }
          require r { when tpm.manufacturer == "Infineon"  that tpm.firmware >= 7.62 }
        }
        """#,
      cure: #"""
        Write the text as the fact has it. The list may grow: where the text is meant, waive the finding \#
        in the rule.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { that tpm.present }
          require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= 7.62 }
        }
        """#),
    DiagnosticRule(
      "AP3014", .warning, "a firmware version is in Infineon's notation",
      cause: #"""
        tpm.firmware is what the TPM answers, four words of 16 bits. Windows and Infineon also show the \#
        last two as a count of builds and a rest: 5.63.3353.0 is 5.63.13.6400, since 3353 is 13 times 256 \#
        and 25, and 6400 is 25 times 256. Beside tpm.manufacturer == "IFX", the version is converted; \#
        elsewhere it is compared as it is written.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { that tpm.present }
          require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= 5.63.3353.0 }
        }
        """#,
      cure: "Write the version in the form of the fact.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require tpm { that tpm.present }
          require r { when tpm.manufacturer == "IFX"  that tpm.firmware >= 5.63.13.6400 }
        }
        """#),
  ]
}
