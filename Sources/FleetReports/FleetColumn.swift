import DeviceReports
import Diagnostics

/// A column of the fleet's report that the input tells of a device: shown as it is told, whatever the verdict.
///
/// Together with the status and its detail these are the columns of Intune's device attestation report.
package enum FleetColumn: String, Hashable, Sendable, CaseIterable {
  case deviceName = "device_name"
  case deviceID = "device_id"
  case upn
  case os
  case osVersion = "os_version"
  case ownership
  case lastCheckIn = "last_check_in"
  case enrollmentDate = "enrollment_date"
  case tpmVersion = "tpm_version"
  case tpmManufacturer = "tpm_manufacturer"
  case model

  /// The heading of the column.
  package var title: LocalizedText {
    switch self {
    case .deviceName: LocalizedText("Device name", "デバイス名")
    case .deviceID: LocalizedText("Device ID", "デバイス ID")
    case .upn: LocalizedText("UPN", "UPN")
    case .os: LocalizedText("OS", "OS")
    case .osVersion: LocalizedText("OS version", "OS バージョン")
    case .ownership: LocalizedText("Ownership", "所有権")
    case .lastCheckIn: LocalizedText("Last check-in", "最終チェックイン")
    case .enrollmentDate: LocalizedText("Enrollment date", "登録日")
    case .tpmVersion: LocalizedText("TPM version", "TPM バージョン")
    case .tpmManufacturer: LocalizedText("TPM manufacturer", "TPM の製造元")
    case .model: LocalizedText("Model", "モデル")
    }
  }
}

/// The texts of a device's columns.
package struct FleetTexts: Hashable, Sendable {
  private var texts: [String?]

  /// No text in any column.
  package init() { texts = Array(repeating: nil, count: FleetColumn.allCases.count) }

  /// The text of a column, or nil where the input has none; never empty.
  package subscript(column: FleetColumn) -> String? {
    get { texts[column.place] }
    set { texts[column.place] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
  }
}

extension FleetColumn {
  /// The place in the order of the columns, without hashing a name: every cell of an input asks for it.
  fileprivate var place: Int {
    switch self {
    case .deviceName: 0
    case .deviceID: 1
    case .upn: 2
    case .os: 3
    case .osVersion: 4
    case .ownership: 5
    case .lastCheckIn: 6
    case .enrollmentDate: 7
    case .tpmVersion: 8
    case .tpmManufacturer: 9
    case .model: 10
    }
  }
}
