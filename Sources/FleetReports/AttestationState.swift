import DeviceReports
import Diagnostics
import PolicyModel

/// Where a device stands with its attestation, as the report's column "attestation status" has it.
package enum AttestationState: String, Hashable, Sendable, CaseIterable {
  case notStarted = "not_started"
  case inProgress = "in_progress"
  case completed
  case failed
  /// Neither the facts nor the policy tell.
  case unknown

  /// The state of a device.
  ///
  /// - Parameters:
  ///   - verdict: what the policy says of the device.
  ///   - status: the most fundamental status among its failed rules.
  ///   - recovery: the fact `attestation.recovery_status`, nil when it is not known.
  package init(verdict: Verdict, status: KnownStatus?, recovery: String?) {
    switch verdict {
    case .fail: self = status == .attestationInProcess ? .inProgress : .failed
    case .notApplicable: self = .unknown
    case .pass, .indeterminate:
      switch recovery {
      case "finished": self = verdict == .pass ? .completed : .unknown
      case "in_progress": self = .inProgress
      case "not_started": self = .notStarted
      default: self = .unknown
      }
    }
  }

  /// The state for people.
  package var title: LocalizedText {
    switch self {
    case .notStarted: LocalizedText("Not started", "未開始")
    case .inProgress: LocalizedText("In progress", "処理中")
    case .completed: LocalizedText("Completed", "完了")
    case .failed: LocalizedText("Failed", "失敗")
    case .unknown: LocalizedText("Unknown", "不明")
    }
  }
}
