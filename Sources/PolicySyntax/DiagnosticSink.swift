import Diagnostics

/// Collects findings up to a bound: beyond it a broken file says nothing new and memory must not grow with it.
public struct DiagnosticSink: Sendable {
  /// How many errors of one file are kept, and how many other findings.
  public static let limit = 1000

  /// The findings, in the order in which they were added.
  public private(set) var items: [Diagnostic] = []
  /// How many errors there were, those beyond the bound included.
  public private(set) var errorCount = 0

  /// An empty sink.
  public init() {}

  /// Adds a finding unless the bound is reached. Other findings take no room from errors.
  public mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error {
      errorCount += 1
      if errorCount <= Self.limit { items.append(diagnostic) }
    } else if items.count - min(errorCount, Self.limit) < Self.limit {
      items.append(diagnostic)
    }
  }

  /// Whether no further error is kept, so that none need be worded.
  public var isFull: Bool { errorCount >= Self.limit }

  /// Counts an error that is not kept.
  public mutating func countError() { errorCount += 1 }

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
