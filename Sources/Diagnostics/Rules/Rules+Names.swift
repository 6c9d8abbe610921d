extension DiagnosticCatalog {
  /// AP20xx: names, types and conditions.
  static let names: [DiagnosticRule] = [
    DiagnosticRule(
      "AP2001", .error, "a fact is not known",
      cause: #"""
        The policy names a property of the device that the fact catalogue does not have. Facts have \#
        dotted names, such as tpm.version.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.biuld >= 10.0.22621 }
        }
        """#,
      cure: #"""
        Write the fact's name as the catalogue has it. A fact that is missing can be added to the \#
        catalogue as one entry.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build >= 10.0.22621 }
        }
        """#),
    DiagnosticRule(
      "AP2002", .error, "a name is not declared",
      cause: #"""
        A list, param, alias, rules group or device is used that neither the policy nor its imports \#
        declare, or one is used where another kind is needed.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build meets suported }
          builds supported {
            windows 11 23H2 10.0.22631.2792
          }
        }
        """#,
      cure: "Correct the spelling, declare the name, or import the file that declares it.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build meets supported }
          builds supported {
            windows 11 23H2 10.0.22631.2792
          }
        }
        """#),
    DiagnosticRule(
      "AP2003", .error, "a name is declared twice",
      cause: #"""
        Lists, params, aliases, groups and devices share one name space in which nothing shadows \#
        anything. Rules and tests of one policy have different names too.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          require ready { that tpm.present }
        }
        """#,
      cure: "Rename one of the two.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require ready { that tpm.ready }
          require present { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2004", .error, "two types cannot be compared",
      cause: #"""
        Values of different types never compare, and nothing is converted: a version is not a number, a \#
        build is not a version, a text is not a symbol.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.present and tpm.version >= 2 }
        }
        """#,
      cure: "Write the value in the type of the fact, or compare another fact.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.present and tpm.version >= 2.0 }
        }
        """#),
    DiagnosticRule(
      "AP2005", .error, "a symbol is not one of the values",
      cause: #"""
        A fact of an enum type has a closed set of values, and the policy compares it with a word \#
        outside the set. Such a comparison could never hold.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that boot.secure_boot == enabled }
        }
        """#,
      cure: "Use one of the values that the message lists.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that boot.secure_boot == on }
        }
        """#),
    DiagnosticRule(
      "AP2006", .error, "values without an order are compared by size",
      cause: #"""
        Only numbers, versions and builds have an order. For the others only == and != say something.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that boot.secure_boot >= on }
        }
        """#,
      cure: "Compare with == or !=, or use: in [a, b].",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that boot.secure_boot == on }
        }
        """#),
    DiagnosticRule(
      "AP2007", .error, "something stands where a condition is needed",
      cause: #"""
        A condition is true or false. A fact that is not Boolean has to be compared with a value, and a \#
        comparison has to name a fact.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build }
        }
        """#,
      cure: "Compare the fact with a value.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that os.build >= 10.0.22621 }
        }
        """#),
    DiagnosticRule(
      "AP2008", .error, "a unit is missing or wrong",
      cause: #"""
        A quantity such as a size or a time is compared only with a value in a unit of the same kind, \#
        and a plain number only with a plain number.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that memory.size >= 4 }
        }
        """#,
      cure: #"""
        Write the value with a unit: seconds, minutes, hours, days; bytes, KiB, MiB, GiB, TiB; MHz, GHz.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that memory.size >= 4 GiB }
        }
        """#),
    DiagnosticRule(
      "AP2009", .error, "a param's value is not allowed",
      cause: #"""
        The default or the value given with --set lies outside what the param's own declaration allows, \#
        or the declaration allows nothing.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int = 1 between 2 and 64
          require r { that cpu.cores >= cores }
        }
        """#,
      cure: "Change the value or the bounds.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int = 2 between 2 and 64
          require r { that cpu.cores >= cores }
        }
        """#),
    DiagnosticRule(
      "AP2010", .error, "a param has no value",
      cause: "The param has no default, so every build has to set it.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int
          require r { that cpu.cores >= cores }
        }
        """#,
      cure: "Set it on the command line with --set NAME=VALUE, or give it a default.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int = 2
          require r { that cpu.cores >= cores }
        }
        """#),
    DiagnosticRule(
      "AP2011", .error, "a setting names no param",
      cause: #"""
        --set gives a value to a param that no policy of the build has. A mistyped name would otherwise \#
        leave the default in force without a word.
        """#,
      example: #"policyc build Policies --set minimum_tmp=2.0"#,
      cure: "Correct the name; the message lists the params.",
      corrected: #"policyc build Policies --set minimum_tpm=2.0"#),
    DiagnosticRule(
      "AP2012", .warning, "a declaration is never used",
      cause: #"""
        A param, list, alias, group or device of the policy's own file is declared and nothing refers to \#
        it. Most often a rule that should use it is missing or names another.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int = 2
          require r { that cpu.cores >= 2 }
        }
        """#,
      cure: "Use it or remove it.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          param cores: int = 2
          require r { that cpu.cores >= cores }
        }
        """#),
    DiagnosticRule(
      "AP2014", .error, "a condition can never be true",
      cause: #"""
        Two parts of one 'and' exclude each other, or a list of values is empty, so that no device can \#
        ever satisfy the rule.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that cpu.cores > 5 and cpu.cores < 3 }
        }
        """#,
      cure: "Change one of the two parts; where either is enough, join them with 'or'.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that cpu.cores > 3 and cpu.cores < 5 }
        }
        """#),
    DiagnosticRule(
      "AP2015", .warning, "a condition is always the same",
      cause: "The condition is a fixed true or false and looks at no fact.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that true }
        }
        """#,
      cure: "Write a condition over facts, or leave the rule out.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP2016", .warning, "two rules ask the same",
      cause: #"""
        Two rules of the policy have the same condition and the same guard. The second one says nothing \#
        new, and one of them may be a copy that was never adapted.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.ready }
          require b { that tpm.ready }
        }
        """#,
      cure: "Remove one of them, or change its condition.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require a { that tpm.ready }
          require b { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2017", .error, "imports or groups go round in a circle",
      cause: #"""
        A file imports itself by way of others, or rules groups include one another, so that none of \#
        them could come first.
        """#,
      example: #"""
        // a.attpolicy
        import "b.attpolicy"
        // b.attpolicy
        import "a.attpolicy"
        """#,
      cure: "Move what both need into a third file or group.",
      corrected: #"""
        // a.attpolicy and b.attpolicy
        import "shared.attpolicy"
        """#),
    DiagnosticRule(
      "AP2018", .error, "an import cannot be read",
      cause: #"""
        The imported file does not exist or cannot be read, or the policy imports more files than \#
        policyc takes.
        """#,
      example: #"import "shared/biulds.attpolicy""#,
      cure: "Check the path: it is relative to the importing file.",
      corrected: #"import "shared/builds.attpolicy""#),
    DiagnosticRule(
      "AP2019", .error, "an import leaves the policy folder",
      cause: #"""
        Imports stay inside the folder that is built, so that a policy cannot read other files of the \#
        machine that builds it.
        """#,
      example: #"import "../../etc/builds.attpolicy""#,
      cure: "Move the shared file into the policy folder, or name a higher folder with --root.",
      corrected: #"import "shared/builds.attpolicy""#),
    DiagnosticRule(
      "AP2020", .error, "an imported file holds a policy",
      cause: #"""
        Lists, params, aliases, devices and rules groups can be shared, a whole policy cannot.
        """#,
      example: #"import "other-policy.attpolicy""#,
      cure: "Move the shared declarations into a file of their own and import that.",
      corrected: #"import "shared/builds.attpolicy""#),
    DiagnosticRule(
      "AP2021", .warning, "a waiver waives nothing",
      cause: #"""
        The clause no longer has the finding that the waiver accepts. A waiver that stays behind would \#
        hide the finding when it comes back.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready allow AP2014 because "checked by hand" }
        }
        """#,
      cure: "Remove the waiver.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP2022", .error, "a waiver cannot be used",
      cause: #"""
        The waiver names a code that does not exist or one without which the policy would have no \#
        meaning, or it gives no reason.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready allow AP2001 because "we know" }
        }
        """#,
      cure: "Name a finding that an author may accept, and say why.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP2023", .error, "a message has an unknown placeholder",
      cause: "Braces in a message stand for a fact or a param, and this name is neither.",
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready message en "TPM {tpm.vendor} is not ready." }
        }
        """#,
      cure: "Correct the name, or write a plain brace as \\{.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready message en "TPM {tpm.manufacturer} is not ready." }
          require p { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP2024", .warning, "a rule has no English message",
      cause: #"""
        A language without a message of its own falls back to English. This rule has messages, but none \#
        in English.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready message ja "TPM の準備ができていません。" }
        }
        """#,
      cure: "Add: message en \"…\".",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready message en "The TPM is not ready." message ja "TPM の準備ができていません。" }
        }
        """#),
    DiagnosticRule(
      "AP2025", .error, "a word of a closed list is not known",
      cause: #"""
        A status, remedy, severity, language tag or expected result is one of a fixed list, and this \#
        word is not on it.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready status tpm_unready }
        }
        """#,
      cure: "Use one of the words that the message lists.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that tpm.ready status tpm_not_ready }
        }
        """#),
    DiagnosticRule(
      "AP2026", .error, "a fact cannot be attested",
      cause: #"""
        'attested' asks for evidence that the TPM signed. No source of this fact gives such evidence, so \#
        the condition could never hold.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that attested bitlocker.compliant }
        }
        """#,
      cure: "Leave out 'attested', or use a fact that a boot log proves.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that attested boot.secure_boot == on }
        }
        """#),
    DiagnosticRule(
      "AP2027", .error, "a policy's name cannot name its files",
      cause: #"""
        The policy's name becomes the name of its outputs, so it has to be usable as a file name, also on Windows: \#
        not CON, COM1 or another device there, not beginning with '-' and not ending with '.'. No output may have the \#
        name of another policy's, where Windows takes 'A' for 'a': the payload of the first guard of 'a' is \#
        a.1.syncml.xml, and so is the payload of a policy 'a.1'.
        """#,
      example: #"policy "a/b" version 1.0.0 { require r { that tpm.ready } }"#,
      cure: "Use letters, digits, '-', '_' and '.', and give each policy a name of its own.",
      corrected: #"policy a-b version 1.0.0 { require r { that tpm.ready } }"#),
    DiagnosticRule(
      "AP2028", .error, "a warning allows unknown",
      cause: #"""
        'unknown allowed' says that a device complies of which a requirement could not be told. A warn \#
        rule never keeps a device from complying, so there it would say nothing.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          warn r { that attestation.token_has_device unknown allowed }
        }
        """#,
      cure: "Remove 'unknown allowed', or make the rule a requirement.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          require r { that attestation.token_has_device unknown allowed }
          require tpm { that tpm.present }
        }
        """#),
  ]
}
