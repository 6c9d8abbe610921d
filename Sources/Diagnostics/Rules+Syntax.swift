extension DiagnosticCatalog {
  /// AP1xxx: the text of a policy cannot be read as the language.
  static let syntax: [DiagnosticRule] = []
}
