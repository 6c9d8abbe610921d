import PolicyModel

extension Verdict {
  /// What `policyc check` ends with: 0 when the device complies or the policy is not meant for it, 1 when it fails,
  /// 3 when a needed fact could not be read.
  public var exitCode: Int32 {
    switch self {
    case .pass, .notApplicable: 0
    case .fail: 1
    case .indeterminate: 3
    }
  }
}
