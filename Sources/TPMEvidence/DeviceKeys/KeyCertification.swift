/// A key of the device, and what the attestation key certified of it, as it lies in evidence. Nothing in it is trusted; ``DeviceKey`` is what holds.
package struct KeyCertification: Hashable, Sendable {
  /// How many keys evidence may have.
  package static let countLimit = 8

  /// What the device says that it has the key for; nil when it does not say.
  package var role: DeviceKeyRole?
  /// The public area of the key, TPMT_PUBLIC.
  package var key: [UInt8]
  /// The signed statement, TPMS_ATTEST.
  package var statement: [UInt8]
  /// Its signature by the attestation key, TPMT_SIGNATURE.
  package var signature: [UInt8]

  /// A key and its certification.
  package init(role: DeviceKeyRole? = nil, key: [UInt8], statement: [UInt8], signature: [UInt8]) {
    self.role = role
    self.key = key
    self.statement = statement
    self.signature = signature
  }
}

/// What a device has a key for.
package enum DeviceKeyRole: String, Hashable, Sendable, CaseIterable {
  /// The key of the certificate by which device management knows the device.
  case mdm
  /// The key by which Entra ID knows the device.
  case entra
  /// A user's key of Windows Hello.
  case hello

  /// `MDM key`
  package var keyName: String {
    switch self {
    case .mdm: "MDM key"
    case .entra: "Entra key"
    case .hello: "Windows Hello key"
    }
  }
}
