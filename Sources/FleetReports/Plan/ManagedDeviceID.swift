/// The ID under which Intune manages a device: a GUID, in lower case. Not the ID of the device in Entra ID.
package struct ManagedDeviceID: Hashable, Sendable, CustomStringConvertible {
  /// The GUID as 8-4-4-4-12 hexadecimal digits in lower case, and nothing else: safe as a segment of a URL.
  package let description: String

  /// The ID that a text is, or nil when it is no GUID of that form, or the GUID of zeros that stands for none.
  package init?(_ text: String) {
    let bytes = Array(text.utf8.prefix(37))
    guard bytes.count == 36 else { return nil }
    for (place, byte) in bytes.enumerated() {
      switch place {
      case 8, 13, 18, 23: guard byte == UInt8(ascii: "-") else { return nil }
      default: guard Self.isHexadecimal(byte) else { return nil }
      }
    }
    guard bytes.contains(where: { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: "-") }) else { return nil }
    description = text.lowercased()
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
