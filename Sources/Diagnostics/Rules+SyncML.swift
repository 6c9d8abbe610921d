extension DiagnosticCatalog {
  /// SM1xxx: payloads, as a DM client would take them.
  static let syncML: [DiagnosticRule] = []
}
