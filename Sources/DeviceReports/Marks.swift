import Diagnostics
import PolicyModel

/// The signs before verdicts and rules.
package struct Marks {
  package let pass: String
  package let fail: String
  package let unknown = "?"
  package let notApplicable: String
  package let warning: String

  package init(_ repertoire: TextRepertoire) {
    switch repertoire {
    case .unicode: (pass, fail, notApplicable, warning) = ("✓", "✗", "–", "!")
    case .ascii: (pass, fail, notApplicable, warning) = ("+", "x", "-", "!")
    }
  }

  package func mark(of verdict: Verdict) -> String {
    switch verdict {
    case .pass: pass
    case .fail: fail
    case .indeterminate: unknown
    case .notApplicable: notApplicable
    }
  }

  package func mark(of outcome: RuleOutcome, isWarning: Bool) -> String {
    switch outcome {
    case .pass: pass
    case .fail: isWarning ? warning : fail
    case .unknown: unknown
    case .notApplicable: notApplicable
    }
  }
}
