/// A file that a command was given, and how it went: what machine formats say beside the findings.
public struct CheckedFile: Hashable, Sendable {
  /// How many findings there are.
  public struct Counts: Hashable, Sendable {
    /// All errors.
    public var errors: Int
    /// All warnings.
    public var warnings: Int
    /// All notes.
    public var notes: Int

    /// Numbers of findings.
    public init(errors: Int = 0, warnings: Int = 0, notes: Int = 0) {
      self.errors = errors
      self.warnings = warnings
      self.notes = notes
    }

    init(_ diagnostics: [Diagnostic]) {
      self.init()
      for diagnostic in diagnostics {
        switch diagnostic.severity {
        case .error: errors += 1
        case .warning: warnings += 1
        case .note: notes += 1
        }
      }
    }

    static func + (left: Counts, right: Counts) -> Counts {
      Counts(
        errors: left.errors + right.errors, warnings: left.warnings + right.warnings,
        notes: left.notes + right.notes)
    }
  }

  /// How it went.
  public enum Outcome: Hashable, Sendable {
    /// The file was judged. `shape` is what it begins with (`message`, `body`, `commands`), `unlisted` the number of
    /// findings that are counted and not among the diagnostics.
    case judged(shape: String?, commands: Int, counts: Counts, unlisted: Int)
    /// It could not be read, and this says why.
    case unreadable(Diagnostic)
  }

  /// The name that findings show.
  public let name: String
  /// How it went.
  public let outcome: Outcome

  /// A file and how it went.
  public init(name: String, _ outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }

  var counts: Counts {
    if case .judged(_, _, let counts, _) = outcome { counts } else { Counts() }
  }

  /// Why it could not be read, or nil when it could.
  var problem: Diagnostic? {
    if case .unreadable(let problem) = outcome { problem } else { nil }
  }

  /// A sentence about findings that are not listed, or nil when all are.
  var omission: String? {
    guard case .judged(_, _, _, let unlisted) = outcome, unlisted > 0 else { return nil }
    return "\(name) has \(unlisted) more findings that are counted and not listed"
  }
}
