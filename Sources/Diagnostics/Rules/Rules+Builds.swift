extension DiagnosticCatalog {
  /// AP21xx: Windows versions and minimum builds.
  static let builds: [DiagnosticRule] = [
    DiagnosticRule(
      "AP2101", .error, "a builds list names a branch twice",
      cause: "Each branch of Windows has one minimum in a list.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 23H2 10.0.22631.2792
            windows 11 23H2 10.0.22631.3007
          }
          require r { that os.build meets supported }
        }
        """#,
      cure: "Keep one of the two lines.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 23H2 10.0.22631.3007
          }
          require r { that os.build meets supported }
        }
        """#),
    DiagnosticRule(
      "AP2102", .error, "a branch stands under the wrong Windows version",
      cause: #"""
        The number of the branch and the version in front of it belong to different releases, so one of \#
        them is a slip.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 22H2 10.0.22631.2792
          }
          require r { that os.build meets supported }
        }
        """#,
      cure: #"""
        Write the version that the branch shipped as, or the build of the version that was meant.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 23H2 10.0.22631.2792
          }
          require r { that os.build meets supported }
        }
        """#),
    DiagnosticRule(
      "AP2103", .error, "a builds list names a branch that Windows never shipped",
      cause: #"""
        No release of Windows 10 or 11 for clients has this branch number, so no device could ever \#
        report it.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 23H2 10.0.22361.2792
          }
          require r { that os.build meets supported }
        }
        """#,
      cure: #"""
        Correct the number; the message names the branch of the version that stands in front.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 11 23H2 10.0.22631.2792
          }
          require r { that os.build meets supported }
        }
        """#),
    DiagnosticRule(
      "AP2104", .error, "node is not supported on every build that can comply",
      cause: #"""
        A command addresses a node that some build lacks, although a device with that build can satisfy \#
        every requirement. Such a device would answer 404. Nodes have a minimum for each branch, because \#
        they are also serviced to older ones.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          set ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess = 1
        }
        """#,
      cure: #"""
        Narrow the clause with 'when', require builds that have the node, or accept the finding with a \#
        waiver that says why.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          set ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess = 1
            when os.build >= 10.0.22621
        }
        """#),
    DiagnosticRule(
      "AP2105", .warning, "node is missing on devices that receive the policy",
      cause: #"""
        Only devices that cannot comply anyway lack the node. They receive the payload all the same and \#
        will report 404 for the command.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build >= 10.0.22621 }
          set ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess = 1
        }
        """#,
      cure: "Narrow 'applies to', or guard the clause with 'when'.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11 22H2 or newer
          require r { that os.build >= 10.0.22621.2792 }
          set ./Device/Vendor/MSFT/Policy/Config/LocalSecurityAuthority/ConfigureLsaProtectedProcess = 1
        }
        """#),
    DiagnosticRule(
      "AP2106", .error, "no device can meet a builds list",
      cause: #"""
        The list is empty, or all of its branches lie outside the devices that receive the policy.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          builds supported {
            windows 10 22H2 10.0.19045.3996
          }
          require r { that os.build meets supported }
        }
        """#,
      cure: "List the branches that the policy applies to.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 10
          builds supported {
            windows 10 22H2 10.0.19045.3996
          }
          require r { that os.build meets supported }
        }
        """#),
    DiagnosticRule(
      "AP2107", .error, "a node does not exist in every edition that receives the policy",
      cause: #"""
        Nodes are offered in some editions of Windows only. The policy names the editions that it applies to, \#
        and one of them lacks a node that a command addresses.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          applies editions pro, enterprise
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#,
      cure: "Name the editions that have the node, or send the setting with a policy of its own.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          applies editions enterprise
          require vbs { that vbs.hardware }
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP2108", .error, "there is no such Windows version",
      cause: "Windows 10 and 11 have versions such as 22H2. This one was never released.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11 22H3
          require supported { that os.build >= 10.0.22621 }
        }
        """#,
      cure: "Write the version as it was released.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11 22H2
          require supported { that os.build >= 10.0.22621.2792 }
        }
        """#),
    DiagnosticRule(
      "AP2109", .error, "no Windows build can meet all requirements",
      cause: #"""
        Each build that receives the policy is excluded by one of its rules, so that every device would \#
        fail. It is a warning where builds are left of a branch to come, or of one that never shipped and that the \#
        policy names.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build < 10.0.22000 }
        }
        """#,
      cure: "Compare the rules on builds with 'applies to'.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build >= 10.0.22000.2713 }
        }
        """#),
  ]
}
