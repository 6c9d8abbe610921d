import Diagnostics

/// Collects findings up to a bound: beyond it a broken file says nothing new and memory must not grow with it.
public struct DiagnosticSink: Sendable {
  /// How many findings of one file are kept.
  public static let limit = 1000

  public private(set) var items: [Diagnostic] = []

  public init() {}

  /// Adds a finding unless the bound is reached.
  public mutating func add(_ diagnostic: Diagnostic) {
    if items.count < Self.limit { items.append(diagnostic) }
  }

  /// Adds a finding with one label.
  public mutating func report(
    _ code: DiagnosticCode, _ severity: Severity, _ message: String, at span: Span, _ label: String,
    secondary: [Label] = [], help: [String] = [], fixIts: [FixIt] = []
  ) {
    add(
      Diagnostic(
        code, severity, message, at: Label(span, label), secondary: secondary, help: help, fixIts: fixIts))
  }
}
