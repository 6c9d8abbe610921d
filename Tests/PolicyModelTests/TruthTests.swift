import PolicyModel
import Testing

@Suite("Truth")
struct TruthTests {
  private static let f = Truth.false
  private static let u = Truth.unknown
  private static let t = Truth.true

  @Test(
    "conjunction is strong Kleene",
    arguments: [
      (f, f, f), (f, u, f), (f, t, f), (u, f, f), (u, u, u), (u, t, u), (t, f, f), (t, u, u), (t, t, t),
    ])
  func conjunction(left: Truth, right: Truth, expected: Truth) {
    #expect(left.and(right) == expected)
  }

  @Test(
    "disjunction is strong Kleene",
    arguments: [
      (f, f, f), (f, u, u), (f, t, t), (u, f, u), (u, u, u), (u, t, t), (t, f, t), (t, u, t), (t, t, t),
    ])
  func disjunction(left: Truth, right: Truth, expected: Truth) {
    #expect(left.or(right) == expected)
  }

  @Test("negation swaps true and false and leaves unknown", arguments: [(f, t), (u, u), (t, f)])
  func negation(truth: Truth, expected: Truth) {
    #expect(truth.negated == expected)
  }

  @Test(
    "a rule's outcome follows from guard and requirement",
    arguments: [
      (f, f, RuleOutcome.notApplicable), (f, u, .notApplicable), (f, t, .notApplicable),
      (u, f, .unknown), (u, u, .unknown), (u, t, .pass),
      (t, f, .fail), (t, u, .unknown), (t, t, .pass),
    ])
  func ruleOutcome(when: Truth, that: Truth, expected: RuleOutcome) {
    #expect(RuleOutcome(when: when, that: that) == expected)
  }

  @Test(
    "every combination of two outcomes and a scope gives the verdict of the order fail, indeterminate, pass")
  func verdicts() {
    for scope in Truth.allCases {
      for first in RuleOutcome.allCases {
        for second in RuleOutcome.allCases {
          let verdict = Verdict(scope: scope, requirements: [(first, false), (second, false)])
          let both = [first, second]
          switch scope {
          case .false: #expect(verdict == .notApplicable)
          case .unknown: #expect(verdict == .indeterminate)
          case .true where both.contains(.fail): #expect(verdict == .fail)
          case .true where both.contains(.unknown): #expect(verdict == .indeterminate)
          case .true where both.contains(.pass): #expect(verdict == .pass)
          case .true: #expect(verdict == .notApplicable)
          }
        }
      }
    }
  }

  @Test("only a requirement that holds makes a pass, whatever may be unknown beside it")
  func passes() {
    typealias Outcomes = [(outcome: RuleOutcome, allowsUnknown: Bool)]
    #expect(Verdict(scope: .true, requirements: [] as Outcomes) == .notApplicable)
    #expect(Verdict(scope: .true, requirements: [(.unknown, true)] as Outcomes) == .indeterminate)
    #expect(
      Verdict(scope: .true, requirements: [(.unknown, true), (.notApplicable, false)] as Outcomes)
        == .indeterminate)
    #expect(Verdict(scope: .true, requirements: [(.unknown, true), (.pass, true)] as Outcomes) == .pass)
    #expect(
      Verdict(scope: .true, requirements: [(.pass, true), (.unknown, false)] as Outcomes) == .indeterminate)
    #expect(Verdict(scope: .true, requirements: [(.unknown, false), (.fail, true)] as Outcomes) == .fail)
  }

  @Test("a requirement's outcome counts, but for an unknown that it allows; a warning's never does")
  func counting() {
    for outcome in RuleOutcome.allCases {
      for allows in [false, true] {
        let requirement = Rule(name: "r", kind: .require, that: Condition(steps: []), allowsUnknown: allows)
        #expect(requirement.counts(outcome) == !(allows && outcome == .unknown))
        let warning = Rule(name: "w", kind: .warn, that: Condition(steps: []), allowsUnknown: allows)
        #expect(!warning.counts(outcome))
      }
    }
  }
}
