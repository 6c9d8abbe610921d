extension DiagnosticCatalog {
  /// AP21xx: Windows versions and minimum builds.
  static let builds: [DiagnosticRule] = []
}
