import DeviceReports
import Diagnostics
import PolicyModel

/// Why the plan asks a row's device for nothing.
package enum AttestPlanOmission: Hashable, Sendable {
  /// It complies, and nothing says that it has yet to attest.
  case complies
  /// The policy is not meant for it.
  case notApplicable
  /// What would decide is unknown.
  case unknown
  /// It has a status that another attempt does not change.
  case retryCannotHelp(KnownStatus)
  /// It fails requirements that have no status.
  case noStatus
  /// The row has no device ID.
  case noDeviceID
  /// What the row has as device ID is no GUID, as the ID of a managed device is.
  case notAGUID
  /// The device is asked for the row on another line.
  case sameDevice(line: Int)
  /// Another row of the same device, on this line, says that it is not to be asked.
  case contradicted(line: Int)

  /// The name in JSON.
  package var name: String {
    switch self {
    case .complies: "complies"
    case .notApplicable: "not_applicable"
    case .unknown: "unknown"
    case .retryCannotHelp: "retry_cannot_help"
    case .noStatus: "no_status"
    case .noDeviceID: "no_device_id"
    case .notAGUID: "device_id_is_no_guid"
    case .sameDevice: "same_device"
    case .contradicted: "contradicted"
    }
  }

  /// All names, in the order in which they are counted.
  package static let names = [
    "complies", "not_applicable", "retry_cannot_help", "no_status", "unknown", "no_device_id",
    "device_id_is_no_guid", "same_device", "contradicted",
  ]

  /// What a name means.
  static func title(_ name: String) -> LocalizedText? {
    switch name {
    case "complies": LocalizedText("they comply", "適合しています")
    case "not_applicable": LocalizedText("the policy is not meant for them", "ポリシーの対象外です")
    case "retry_cannot_help":
      LocalizedText("their status does not change by a retry", "再試行で変わらない状態です")
    case "no_status":
      LocalizedText("they fail, and no status says why", "不適合ですが、理由を示す状態がありません")
    case "unknown": LocalizedText("it cannot be told where they stand", "状況を判定できません")
    case "no_device_id": LocalizedText("they have no device ID", "デバイス ID がありません")
    case "device_id_is_no_guid":
      LocalizedText("their device ID is no GUID", "デバイス ID が GUID ではありません")
    case "same_device":
      LocalizedText("the device is asked already, for another row", "別の行で対象になっています")
    case "contradicted":
      LocalizedText("another row of the device speaks against it", "同じデバイスの別の行と矛盾します")
    default: nil
    }
  }
}
