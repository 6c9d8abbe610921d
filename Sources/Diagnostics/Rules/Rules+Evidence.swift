extension DiagnosticCatalog {
  /// AP2035: what a policy asks of the evidence by which devices are judged.
  static let evidence: [DiagnosticRule] = [
    DiagnosticRule(
      "AP2035", .error, "a reference file is not named by its digest",
      cause: #"""
        'evidence reference' names files of reference values by what they contain, so that whoever judges cannot use another file \#
        by mistake. The text is not a SHA-256 digest: 64 hexadecimal digits.
        """#,
      example: #"""
        policy p version 1.0.0 {
          applies to windows 11
          evidence reference "latitude-7520.reference.json"
          require r { that attested boot.secure_boot == on }
        }
        """#,
      cure: "Write the SHA-256 digest of the file, as sha256sum prints it.",
      corrected: #"""
        policy p version 1.0.0 {
          applies to windows 11
          evidence reference "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
          require r { that attested boot.secure_boot == on }
        }
        """#)
  ]
}
