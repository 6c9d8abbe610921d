extension DiagnosticCatalog {
  /// SM18xx: what the commands of a payload mean together.
  static let payloadMeaning: [DiagnosticRule] = []
}
