extension DiagnosticCatalog {
  /// AP20xx: names, types and conditions.
  static let names: [DiagnosticRule] = []
}
