import PolicyModel

extension Verdict {
  /// What `policyc check` ends with: 0 when the device complies, 1 when it fails, 3 when a needed fact cannot be read, and 5 when
  /// the policy is not meant for the device or asks nothing of it; 0 there when that is allowed.
  package func exitCode(allowingNotApplicable: Bool = false) -> Int32 {
    switch self {
    case .pass: 0
    case .notApplicable: allowingNotApplicable ? 0 : 5
    case .fail: 1
    case .indeterminate: 3
    }
  }
}
