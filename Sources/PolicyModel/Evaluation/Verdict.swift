/// What an evaluation says of a device as a whole.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// The policy applies, a requirement holds, and every other holds too, is not applicable, or is unknown and allows that.
  case pass
  /// The policy applies and a requirement is false.
  case fail
  /// No requirement is known to be false, but one that does not allow that, or whether the policy applies, cannot be
  /// determined. So too where every requirement that is asked allows unknown and is unknown.
  case indeterminate
  /// The policy is not meant for this device, or asks nothing of it.
  case notApplicable = "not_applicable"
}

/// What an evaluation says of one rule.
public enum RuleOutcome: String, Hashable, Sendable, CaseIterable {
  case pass
  case fail
  /// A fact that would decide it is unknown.
  case unknown
  /// The rule's `when` is false.
  case notApplicable = "not_applicable"

  /// The outcome from the truth of `when` (true for a rule without one) and of `that`.
  ///
  /// An unknown guard leaves a rule unknown unless `that` holds either way; a false `that` fails only under a guard
  /// that is known to be true.
  public init(when: Truth, that: Truth) {
    switch (when, that) {
    case (.false, _): self = .notApplicable
    case (_, .true): self = .pass
    case (.true, .false): self = .fail
    case (.true, .unknown), (.unknown, .false), (.unknown, .unknown): self = .unknown
    }
  }
}

extension Rule {
  /// Whether an outcome of the rule has a say in the verdict: no outcome of a warning has, and not knowing has none
  /// where the rule allows it.
  public func counts(_ outcome: RuleOutcome) -> Bool {
    kind == .require && !(allowsUnknown && outcome == .unknown)
  }
}

extension Verdict {
  /// The verdict from the truth of the policy's scope and the outcomes of its requirements, each with whether it may
  /// be unknown.
  ///
  /// Fail beats indeterminate beats pass. A scope that cannot be determined makes the verdict indeterminate whatever the
  /// rules say, since the policy may not be meant for the device. Only a requirement that holds makes a pass: where none
  /// is asked, the policy says nothing of the device.
  public init(scope: Truth, requirements: some Sequence<(outcome: RuleOutcome, allowsUnknown: Bool)>) {
    switch scope {
    case .false: self = .notApplicable
    case .unknown: self = .indeterminate
    case .true:
      var isOpen = false
      var holds = false
      var isUnknown = false
      for (outcome, allowsUnknown) in requirements {
        switch outcome {
        case .fail:
          self = .fail
          return
        case .unknown:
          isUnknown = true
          if !allowsUnknown { isOpen = true }
        case .pass: holds = true
        case .notApplicable: break
        }
      }
      if isOpen {
        self = .indeterminate
      } else if holds {
        self = .pass
      } else {
        self = isUnknown ? .indeterminate : .notApplicable
      }
    }
  }
}
