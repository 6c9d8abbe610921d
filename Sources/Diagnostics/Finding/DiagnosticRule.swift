/// A row of the table of diagnostics: what a code means. `explain`, SARIF and the docs are made from it.
public struct DiagnosticRule: Hashable, Sendable {
  /// The code, unique in the table.
  public let code: DiagnosticCode
  /// The severity that it has unless the compiler says otherwise.
  public let severity: Severity
  /// A short title without a full stop: `node is not supported on every build that can comply`.
  public let title: String
  /// Why it is reported, in a few sentences.
  public let cause: String
  /// The shortest source (or payload) that brings it about.
  public let example: String
  /// What to do, in a few sentences.
  public let cure: String
  /// The example mended.
  public let corrected: String

  /// A row.
  public init(
    _ code: DiagnosticCode, _ severity: Severity, _ title: String, cause: String, example: String,
    cure: String,
    corrected: String
  ) {
    self.code = code
    self.severity = severity
    self.title = title
    self.cause = cause
    self.example = example
    self.cure = cure
    self.corrected = corrected
  }
}
