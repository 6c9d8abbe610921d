import SyncML

/// Messages that a device takes, made of nodes that every catalogue has.
enum ValidMessage {
  static let sizeLimit = "./Device/Vendor/MSFT/Policy/Config/DeviceLock/MinimumPasswordAge"
  static let credentialGuard = "./Device/Vendor/MSFT/Policy/Config/DeviceGuard/LsaCfgFlags"
  static let appVirtualization = "./Device/Vendor/MSFT/Policy/Config/AppVirtualization/AllowAppVClient"
  static let screenTimeout = "./Device/Vendor/MSFT/Policy/Config/DeviceLock/ScreenTimeoutWhileLocked"
  static let wifiProfile = "./Device/Vendor/MSFT/WiFi/Profile/Home"
  static let reboot = "./Device/Vendor/MSFT/Reboot/RebootNow"
  static let edition = "./Device/Vendor/MSFT/DeviceStatus/OS/Edition"

  /// One command of each kind, an Atomic among them.
  static let message = SyncMLMessage(
    sessionID: "1A", messageID: "3", target: "device-1", source: "https://mdm.example/sync",
    commands: [
      .atomic([
        SyncMLCommand(.replace, sizeLimit, format: .int, type: "text/plain", data: "15"),
        SyncMLCommand(.replace, credentialGuard, format: .int, data: "1"),
      ]),
      SyncMLCommand(.replace, appVirtualization, format: .chr, data: "<enabled/>"),
      SyncMLCommand(.add, wifiProfile, format: .node),
      SyncMLCommand(.delete, screenTimeout),
      SyncMLCommand(.exec, reboot),
      SyncMLCommand(.get, edition),
    ])

  /// The message as text.
  static func text() throws -> String {
    String(decoding: try SyncMLWriter().write(message).bytes, as: UTF8.self)
  }
}
