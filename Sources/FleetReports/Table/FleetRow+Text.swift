import DeviceReports
import Diagnostics
import PolicyModel

extension FleetRow {
  /// What a column shows of the device in a language, or nil where there is nothing to show.
  ///
  /// Rules and remedies are shown by name, since commands and policies take those; several are divided by `; `.
  func text(in column: ReportColumn, of policy: CompiledPolicy, _ language: ReportLanguage) -> String? {
    switch column {
    case .told(let column): texts[column]
    case .attestationStatus: state.title[language]
    case .statusDetail: statuses.first?.text(in: language)
    case .otherStatuses: joined(statuses.dropFirst().map { $0.text(in: language) })
    case .verdict: verdict.text(in: language)
    case .branch: branch?.name
    case .failedRules: joined(policy.ruleNames(failed))
    case .unknownRules: joined(policy.ruleNames(unknown))
    case .warnings: joined(policy.ruleNames(warned))
    case .remedies: joined(remedies.map(\.rawValue))
    case .line: "\(line)"
    }
  }

  private func joined(_ names: [String]) -> String? { names.isEmpty ? nil : names.joined(separator: "; ") }
}

extension CompiledPolicy {
  /// The names of rules by their indices.
  func ruleNames(_ indices: [Int]) -> [String] { indices.map { rules[$0].name } }
}
