extension DiagnosticCatalog {
  /// AP10xx: the text of a policy cannot be read as the language.
  static let syntax: [DiagnosticRule] = [
    DiagnosticRule(
      "AP1001", .error, "a character has no meaning in the language",
      cause: #"""
        Outside texts and comments a policy is written in ASCII: names of letters, digits, _ and -, numbers, \#
        and a few signs. Anything else is reported here: a letter of another script that looks like a Latin \#
        one, a typographic quotation mark, a no-break space from a web page, a semicolon, or a comment of \#
        another language.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready; }
        }
        """#,
      cure: #"""
        Take the character away, or retype the word. Texts stand in straight double quotation marks, \#
        comments begin with //, and clauses need nothing between them.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1002", .error, "a text is not closed",
      cause: #"""
        A text begins and ends with a quotation mark on the same line. This one has no second mark before \#
        its line ends.
        """#,
      example: #"""
        policy p version 1.0.0 {
          title "What we ask of a laptop
        }
        """#,
      cure: #"""
        Add the mark at the end. A line break inside a text is written \n, a quotation mark \".
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          title "What we ask of a laptop"
        }
        """#),
    DiagnosticRule(
      "AP1003", .error, "a text has an escape that the language does not know",
      cause: #"""
        A backslash in a text begins an escape, and the escapes are \" \\ \n \t \{ and \u{…} with the \#
        hexadecimal number of a Unicode character.
        """#,
      example: #"""
        policy p version 1.0.0 {
          title "C:\Windows"
        }
        """#,
      cure: #"""
        Write a backslash itself as \\. In a message, \{ is a brace that begins no placeholder.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          title "C:\\Windows"
        }
        """#),
    DiagnosticRule(
      "AP1004", .error, "a number or version cannot be read",
      cause: #"""
        A whole number fits 64 bits with its sign and may be hexadecimal, such as 0x1F. A version has two to \#
        four numbers joined by dots, each up to 4294967295, and no sign. There are no fractions: 2.0 is a \#
        version.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require build { that os.build >= 10.0.22621.2792.1 }
        }
        """#,
      cure: "Correct the number. A build has four numbers: 10.0.BRANCH.REVISION.",
      corrected: #"""
        policy p version 1.0.0 {
          require build { that os.build >= 10.0.22621.2792 }
        }
        """#),
    DiagnosticRule(
      "AP1005", .error, "something else is needed here",
      cause: #"""
        The clause is not complete, or has a word where another kind is needed. The message says what is \#
        expected and what stands there. When the rest of a clause is missing, the place is the end of its \#
        line.
        """#,
      example: #"""
        policy p version 1.0.0 {
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags 1
        }
        """#,
      cure: "Write what is expected. Grammar/REFERENCE.md shows each clause with an example.",
      corrected: #"""
        policy p version 1.0.0 {
          set ./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags = 1
        }
        """#),
    DiagnosticRule(
      "AP1006", .error, "a brace or parenthesis has no partner",
      cause: #"""
        Every { needs a } and every ( a ). In a file where braces are missing the indentation says where: a \#
        block ends before a declaration that is indented no further than the line that began it.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready {
            that tpm.ready

          require present { that tpm.present }
        }
        """#,
      cure: #"""
        Add the missing brace at the end of the block that the message names, or remove the one that closes \#
        nothing.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          require ready {
            that tpm.ready
          }

          require present { that tpm.present }
        }
        """#),
    DiagnosticRule(
      "AP1007", .error, "a word begins no clause here",
      cause: #"""
        Each clause begins with a word of the language, and this one is none of those that can stand here. \#
        Most often it is misspelt; 'did you mean' names the nearest.
        """#,
      example: #"""
        policy p version 1.0.0 {
          reqiure ready { that tpm.ready }
        }
        """#,
      cure: "Correct the word. The help lists all words that can stand at this place.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1008", .error, "a clause stands where it does not belong",
      cause: #"""
        The clause is one of the language, but of another place: 'that' belongs in a rule, 'expect' in a \#
        test, 'import' at the top of a file.
        """#,
      example: #"""
        policy p version 1.0.0 {
          status tpm_not_ready
          require ready { that tpm.ready }
        }
        """#,
      cure: "Move the clause to where the help says that it belongs.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready  status tpm_not_ready }
        }
        """#),
    DiagnosticRule(
      "AP1009", .error, "the nesting is too deep",
      cause: #"""
        Parentheses, 'not' and when groups nest at most 200 deep, so that every tool can read every policy \#
        in little memory.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready {
            that \#(String(repeating: "not ", count: 201))tpm.ready
          }
        }
        """#,
      cure: "Split the condition into several rules, or take needless parentheses away.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that not tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1010", .error, "an operator of another language",
      cause: #"""
        Conditions are joined with the words 'and', 'or' and 'not'. == compares and = gives a value. \#
        Comparisons are not chained.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready { that tpm.present && tpm.ready }
        }
        """#,
      cure: #"""
        Write the operator of this language; the fix-it does so. Instead of a < x < b write a < x and x < b.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.present and tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1011", .error, "a clause stands twice",
      cause: #"""
        A rule has one 'when', 'that', 'unknown allowed', 'status', 'severity' and 'remedy' each, and a \#
        command or a param one of each of its parts. A second one would leave open which counts.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready {
            that tpm.present
            that tpm.ready
          }
        }
        """#,
      cure: "Keep one. Two conditions are joined with 'and', or become two rules.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready {
            that tpm.present and tpm.ready
          }
        }
        """#),
    DiagnosticRule(
      "AP1012", .error, "a rule has no condition",
      cause: #"""
        A rule without 'that' asks nothing of a device, and would say of every one that it complies.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require ready { status tpm_not_ready }
        }
        """#,
      cure: "Add what the rule asks: that CONDITION.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready  status tpm_not_ready }
        }
        """#),
    DiagnosticRule(
      "AP1013", .warning, "an invisible mark changes the direction of text",
      cause: #"""
        A mark such as U+202E makes editors show the text after it in another order than the compiler reads \#
        it, so that a policy can say something else than it seems to (CVE-2021-42574).
        """#,
      example: #"""
        policy p version 1.0.0 {
          // \#u{202E}reads the other way round
          require ready { that tpm.ready }
        }
        """#,
      cure: #"""
        Delete the mark. Where a text needs one, as some do in Arabic or Hebrew, write it visibly: \u{200F}.
        """#,
      corrected: #"""
        policy p version 1.0.0 {
          // reads as it is written
          require ready { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1014", .error, "a bare CSP path cannot be read",
      cause: #"""
        A path that begins with ./ needs no quotation marks as long as it is ASCII without blanks and \#
        without any of = , ( ) [ ]. Its placeholders are names of params between braces.
        """#,
      example: #"""
        policy p version 1.0.0 {
          param provider: string = "Contoso"
          collect ./Device/Vendor/MSFT/DMClient/Provider/{provider/EntDMID
        }
        """#,
      cure: "Close the placeholder, or put the path in quotation marks.",
      corrected: #"""
        policy p version 1.0.0 {
          param provider: string = "Contoso"
          collect ./Device/Vendor/MSFT/DMClient/Provider/{provider}/EntDMID
        }
        """#),
    DiagnosticRule(
      "AP1015", .error, "a name is a word that begins clauses",
      cause: #"""
        A rule, param, list or group cannot be named after a word that begins clauses: where the name is \#
        used it would be taken for the clause.
        """#,
      example: #"""
        policy p version 1.0.0 {
          require status { that tpm.ready }
        }
        """#,
      cure: "Choose another name.",
      corrected: #"""
        policy p version 1.0.0 {
          require tpm_status { that tpm.ready }
        }
        """#),
    DiagnosticRule(
      "AP1016", .error, "a file declares nothing",
      cause: #"""
        The file is empty or has nothing but comments. Most often it was saved before it was written, or \#
        another was meant.
        """#,
      example: "// To be written.",
      cure: "Begin with a policy, or with the lists, params and groups that other files import.",
      corrected: #"""
        policy p version 1.0.0 {
          require ready { that tpm.ready }
        }
        """#),
  ]
}
