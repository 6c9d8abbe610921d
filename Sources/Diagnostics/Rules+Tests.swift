extension DiagnosticCatalog {
  /// AP40xx: the test cases of a policy.
  static let tests: [DiagnosticRule] = []
}
