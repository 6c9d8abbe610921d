extension DiagnosticCatalog {
  /// AP40xx: test cases of policies.
  static let tests: [DiagnosticRule] = [
    DiagnosticRule(
      "AP4001", .error, "a test names the wrong rule",
      cause: #"""
        A test expects something of a rule that the policy does not have, of a rule of another kind, or \#
        names rules where none belong.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { tpm.ready = false }
            expect fail raedy
          }
        }
        """#,
      cure: "Name the rules that the test is about.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = false }
            expect fail ready
          }
        }
        """#),
    DiagnosticRule(
      "AP4002", .error, "a test gives a fact twice",
      cause: "A device has one value for each fact; two would leave open which one counts.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { tpm.ready = false tpm.ready = true }
            expect fail ready
          }
        }
        """#,
      cure: "Keep one of the two.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = false }
            expect fail ready
          }
        }
        """#),
    DiagnosticRule(
      "AP4003", .error, "a test expects nothing",
      cause: "Without an expectation a test can never fail.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" { given { tpm.ready = false } }
        }
        """#,
      cure: "Say what must come out: expect pass, expect fail RULE, expect indeterminate RULE.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = false }
            expect fail ready
          }
        }
        """#),
    DiagnosticRule(
      "AP4004", .error, "a test failed",
      cause: #"""
        What the policy says of the given device is not what the test expects. The message shows both, \#
        with the rules and facts that decided.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = true }
            expect fail ready
          }
        }
        """#,
      cure: "Decide which of the two is right, the policy or the test, and change the other.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = true }
            expect pass
          }
        }
        """#),
    DiagnosticRule(
      "AP4005", .note, "no test exercises a rule",
      cause: "A rule is tested when one test makes it hold and another makes it fail.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = true }
            expect pass
          }
        }
        """#,
      cure: "Add a test on the other side of the rule's boundary.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          test "t" {
            given { os.build = 10.0.22631 tpm.ready = true }
            expect pass
          }
          test "u" {
            given { os.build = 10.0.22631 tpm.ready = false }
            expect fail ready
          }
        }
        """#),
  ]
}
