/// Intune's device action 'Attest device', as Microsoft Graph has it.
///
/// Sources: Microsoft Graph's reference, managedDevice: initiateMobileDeviceManagementKeyRecovery (beta; version 1.0 has no such action), and
/// 'Combine multiple HTTP requests using JSON batching'; Intune's documentation of Windows enrollment attestation for the limits of the action.
package enum AttestAction {
  /// The action's name.
  package static let name = "initiateMobileDeviceManagementKeyRecovery"
  /// The root that the URLs of single requests are relative to.
  package static let root = "https://graph.microsoft.com/beta"
  /// Where a JSON batch is sent to, with POST.
  package static let batchURL = root + "/$batch"
  /// The least permission that lets an application, or a user through one, ask for the action.
  package static let permission = "DeviceManagementManagedDevices.PrivilegedOperations.All"
  /// The permissions, of the category 'Remote tasks', that the role in Intune of whoever asks needs: that of this action, and the one that Intune
  /// documents for 'Attest device'.
  package static let rolePermissions = [
    "Remote tasks/Recover MDM Key",
    "Remote tasks/Indicates remote device action to initiate Mobile Device Management (MDM) attestation if device is capable for it",
  ]
  /// The most devices that Intune takes at once.
  package static let devicesPerBatch = 100
  /// The least time in seconds from one batch to the next.
  package static let secondsBetweenBatches = 60
  /// The most requests that Graph takes in one JSON batch.
  package static let requestsPerCall = 20
  /// The time in seconds within which a device is expected to have attested. Most take a few minutes.
  package static let secondsOfAttestation = 15 * 60

  /// The URL of the request for a device, relative to ``root``.
  package static func path(of device: ManagedDeviceID) -> String {
    "/deviceManagement/managedDevices/\(device)/\(name)"
  }
}
