extension DiagnosticCatalog {
  /// AP22xx: what a device must have: a TPM 2.0, a ready TPM, hardware for VBS.
  static let tpm: [DiagnosticRule] = []
}
