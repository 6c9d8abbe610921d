extension DiagnosticCatalog {
  /// AP30xx: nodes of the CSP catalogue, their verbs, formats and values.
  static let csp: [DiagnosticRule] = []
}
