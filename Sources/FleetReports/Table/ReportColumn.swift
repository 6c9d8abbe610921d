import DeviceReports
import Diagnostics

/// A column of the report: those that the input tells, and those that the policy adds.
package enum ReportColumn: Hashable, Sendable, CaseIterable {
  case told(FleetColumn)
  case attestationStatus
  case statusDetail
  case otherStatuses
  case verdict
  case branch
  case failedRules
  case unknownRules
  case warnings
  case remedies
  case line

  /// Every column, in the order of the report: first as Intune's has them, then what there is more.
  package static let allCases: [ReportColumn] =
    [.told(.deviceName), .told(.deviceID), .told(.upn), .attestationStatus, .statusDetail]
    + FleetColumn.allCases.dropFirst(3).map { .told($0) }
    + [.verdict, .otherStatuses, .branch, .failedRules, .unknownRules, .warnings, .remedies, .line]

  /// The column of an id; nil for any other text.
  package init?(id: String) {
    guard let column = Self.allCases.first(where: { $0.id == id }) else { return nil }
    self = column
  }

  /// The column's name in options and files, the same in every language.
  package var id: String {
    switch self {
    case .told(let column): column.rawValue
    case .attestationStatus: "attestation_status"
    case .statusDetail: "status_detail"
    case .otherStatuses: "other_statuses"
    case .verdict: "verdict"
    case .branch: "branch"
    case .failedRules: "failed_rules"
    case .unknownRules: "unknown_rules"
    case .warnings: "warnings"
    case .remedies: "remedies"
    case .line: "line"
    }
  }

  /// The heading of the column.
  package var title: LocalizedText {
    switch self {
    case .told(let column): column.title
    case .attestationStatus: LocalizedText("Attestation status", "構成証明の状態")
    case .statusDetail: LocalizedText("Status detail", "状態の詳細")
    case .otherStatuses: LocalizedText("Other statuses", "その他の状態")
    case .verdict: LocalizedText("Verdict", "判定")
    case .branch: LocalizedText("Windows branch", "Windows のブランチ")
    case .failedRules: LocalizedText("Failed rules", "不適合のルール")
    case .unknownRules: LocalizedText("Unknown rules", "判定できないルール")
    case .warnings: LocalizedText("Warnings", "警告")
    case .remedies: LocalizedText("Remedies", "対処")
    case .line: LocalizedText("Line", "行")
    }
  }
}
