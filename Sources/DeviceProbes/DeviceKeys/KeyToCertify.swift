import TPMEvidence

/// A key in the TPM that the attestation key is to certify, as the command line names it: `mdm=0x81010010`, or the handle alone.
package struct KeyToCertify: Hashable, Sendable {
  /// What the device has the key for; nil when nobody says.
  package let role: DeviceKeyRole?
  /// Its handle in the TPM (TPM_HANDLE): one that the TPM keeps, or one that is loaded.
  package let handle: UInt32

  /// Why a text names no key: one plain sentence without a full stop.
  package struct Problem: Error, Hashable, Sendable {
    /// The sentence.
    package let text: String
  }

  /// The form that is read.
  package static let form = "[mdm=|entra=|hello=]HANDLE"

  /// Reads a text of the command line.
  package init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      guard let role = DeviceKeyRole(rawValue: String(parts[0])) else {
        let names = DeviceKeyRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(text: "'\(parts[0])' in '\(text)' is not a role of a key; the roles are \(names)")
      }
      self.role = role
    } else {
      role = nil
    }
    guard let handle = Self.handle(parts.last ?? "") else {
      throw Problem(text: "'\(text)' has no handle in hexadecimal, such as 0x81010010")
    }
    if let other = Self.kind(of: handle) {
      throw Problem(
        text:
          "\(Self.text(of: handle)) is \(other); a key that the TPM keeps has a handle from 0x81000000 to 0x81ffffff, one "
          + "that is merely loaded from 0x80000000 to 0x80ffffff")
    }
    self.handle = handle
  }

  /// `the MDM key at 0x81010010`
  var name: String { "the \(role?.keyName ?? "key") at \(Self.text(of: handle))" }

  static func text(of handle: UInt32) -> String { "0x" + String(handle, radix: 16) }

  private static func handle(_ text: Substring) -> UInt32? {
    guard text.hasPrefix("0x") || text.hasPrefix("0X"), text.utf8.dropFirst(2).first != UInt8(ascii: "+")
    else { return nil }
    return UInt32(text.dropFirst(2), radix: 16)
  }

  /// What other than a key has such a handle; nil for that of a key (TPM 2.0 Library, part 2, 7.2, TPM_HT).
  private static func kind(of handle: UInt32) -> String? {
    switch handle >> 24 {
    case 0x80, 0x81: nil
    case 0x00: "the handle of a PCR"
    case 0x01: "the handle of an NV index"
    case 0x02, 0x03: "the handle of a session"
    case 0x40: "the handle of a hierarchy, or another permanent one"
    default: "not the handle of a key"
    }
  }
}
