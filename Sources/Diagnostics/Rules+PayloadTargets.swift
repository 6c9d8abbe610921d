extension DiagnosticCatalog {
  /// SM19xx: whether the devices that a payload is for have its nodes.
  static let payloadTargets: [DiagnosticRule] = []
}
